"""Every response forbids what it does not need, and tells nothing of the machine."""

import re
import tempfile
from pathlib import Path

import httpx
import pytest

from bot.public.headers import hashes
from settings import CHECKOUT
from tests.serving import serving
from ui import application


@pytest.fixture(scope="module")
def site(desk):
    with serving(application(desk), server_header=False) as address, httpx.Client(base_url=address) as client:
        yield client


PAGES = ["/", "/knowledge/", "/h5", "/h5/answers/nowhere"]
DATA = ["/api/health", "/api/answers/nowhere", "/api/documents", "/v1/models", "/widget.js", "/nothing", "/metrics"]
GRADIOS = ["/config", "/theme.css", "/gradio_api/info", "/gradio_api/nothing"]
SHUT = [
    "/gradio_api/file=ui.py",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/proxy=http://example.cn",
    "/gradio_api/upload_progress?upload_id=1",
    "/gradio_api/deep_link",
    "/gradio_api/vibe-code/",
    "/gradio_api/stream/1/2/3/playlist.m3u8",
    "/knowledge/gradio_api/file=ui.py",
]


@pytest.mark.parametrize("path", PAGES + DATA + GRADIOS + SHUT)
def test_every_response_has_all_security_headers(site, path):
    headers = site.get(path, headers={"Accept": "text/html"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "'unsafe-inline'" not in re.search(r"script-src[^;]*|$", policy)[0]
    assert "server" not in headers


def test_data_may_load_nothing_and_the_light_page_only_its_own_files(site):
    assert site.get("/api/health").headers["content-security-policy"].startswith("default-src 'none'; base-uri 'none'")
    light = site.get("/h5").headers["content-security-policy"]
    assert "unsafe" not in light
    assert "script-src 'self';" in light


def test_a_page_of_gradios_may_run_its_own_inline_scripts_and_no_others(site):
    page = site.get("/", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    policy = page.headers["content-security-policy"]
    assert "window.gradio_config" in page.text
    assert hashes(page.content)
    assert set(hashes(page.content).split()) <= set(policy.split())
    assert hashes(b"<script>alert(1)</script>") not in policy


ELSEWHERE = {"X-Forwarded-Host": "evil.example", "X-Gradio-Server": "http://evil.example"}


@pytest.mark.parametrize("path", ["/", "/knowledge/", "/config"])
def test_no_caller_can_have_a_page_name_another_host_as_ours(site, path):
    answer = site.get(path, headers={"Accept": "text/html", **ELSEWHERE})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("path", ["/login", "/login/", "/logout", "/token", "/monitoring", "/monitoring/summary", "/knowledge/logout", "/login_check"])  # fmt: skip
def test_accounts_of_gradios_are_shut(site, path):
    answer = site.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
    assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize("name", ["Via", "X-Forwarded-Host", "X-Forwarded-Proto"])
def test_what_was_forwarded_is_no_request_of_this_machine(site, name):
    assert site.get("/metrics").status_code == 200
    assert site.get("/metrics", headers={name: "https"}).status_code == 404


def test_no_answer_is_kept_by_anything_between_us_and_the_asker(site):
    answer = site.post("/api/ask", json={"question": "3C是什么"}, timeout=60)
    identity = answer.json()["id"]
    kept = [
        f"/api/answers/{identity}",
        f"/api/answers/{identity}/trace",
        f"/h5/answers/{identity}",
        f"/h5/turns/{identity}",
    ]
    exported = f"/api/exports/docx?answer={identity}"
    for one in (answer, *(site.get(path) for path in (*kept, exported, "/api/answers/nowhere"))):
        assert one.headers["cache-control"] == "no-store"
    assert "private" in site.get("/", headers={"Accept": "text/html"}).headers["cache-control"]
    assert "max-age" in site.get("/widget.js").headers["cache-control"]


def test_over_https_browsers_are_told_to_stay_there(site):
    assert "strict-transport-security" not in site.get("/api/health").headers
    told = site.get("/api/health", headers={"X-Forwarded-Proto": "https"}).headers
    assert told["strict-transport-security"]


def test_scripts_of_the_page_are_named_by_their_sha_256():
    assert hashes(b"<script>1</script><script src=x>2</script>\n<SCRIPT data-x>1</SCRIPT>") == (
        "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    )


@pytest.mark.parametrize("path", SHUT)
def test_what_gradio_offers_and_we_do_not_is_shut(site, path):
    assert site.get(path).status_code == 404


def test_nothing_can_be_uploaded(site):
    answer = site.post("/gradio_api/upload", files={"files": ("x.txt", b"x" * 100)})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", PAGES + DATA + GRADIOS + SHUT)
def test_no_response_names_a_place_on_the_machine(site, desk, path):
    text = site.get(path, headers={"Accept": "text/html"}).text
    for place in (CHECKOUT, desk.settings.data, tempfile.gettempdir() + "/gradio", Path.home(), "site-packages"):
        assert f"{place}/" not in text
    assert "Traceback" not in text
