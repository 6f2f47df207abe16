"""Pages of other sites get nothing that they were not named for, from Gradio's pages no more than from our doors."""

import httpx
import pytest

from tests.serving import serving
from ui import application

EVIL, NAMED = "https://evil.example", "https://www.example.cn"
HOST = "certguide.example"
"""As a browser names us that reached us by name: Gradio is stricter where the name is that of this machine."""
BEFORE = {"Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "content-type"}
PATHS = ["/", "/config", "/gradio_api/info", "/gradio_api/call/ask", "/knowledge/config", "/api/ask", "/api/answers/x", "/api/health", "/h5", "/nothing"]  # fmt: skip


@pytest.fixture(scope="module", params=["no site is named", "another site is named"])
def site(request, desk, another_desk):
    """A client of the whole product, pages and all."""
    named = request.param == "another site is named"
    with (
        serving(application(another_desk(cors_origins=(NAMED,)) if named else desk)) as address,
        httpx.Client(base_url=address, headers={"Host": HOST, "Origin": EVIL}) as client,
    ):
        yield client


def leave(answer):
    return {name: value for name, value in answer.headers.items() if name.startswith("access-control-allow")}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_another_site_may_neither_read_nor_send_anything(site, path):
    assert leave(site.get(path)) == {}
    assert leave(site.post(path, json={"data": ["3C是什么", "", None]})) == {}
    before = site.options(path, headers=BEFORE)
    assert before.status_code == 400
    assert "access-control-allow-origin" not in before.headers
    assert "access-control-allow-credentials" not in before.headers
