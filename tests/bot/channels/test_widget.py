"""The widget's side of the server: who gets a token, what it opens, for how long."""

import pytest
from fastapi.testclient import TestClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from bot.secret import secret
from bot.server import api

SITE, OTHER = "https://www.example.cn", "https://evil.example"
LARGEST_SCRIPT = 30_000


@pytest.fixture(scope="module")
def site_desk(another_desk):
    return another_desk(widget_origins=(SITE,))


@pytest.fixture(scope="module")
def site(site_desk):
    """A client of a server that SITE may show the widget of."""
    return TestClient(api(site_desk))


@pytest.fixture
def token(site):
    return site.post("/widget/token", headers={"Origin": SITE}).json()["token"]


def ask(site, token, origin=SITE, door="ask", **body):
    headers = {"Origin": origin, "Authorization": f"Bearer {token}"}
    return site.post(f"/widget/{door}", json={"question": "首次通过绿色产品认证奖多少", **body}, headers=headers)


def test_the_script_is_one_small_file_that_holds_words_and_style(site):
    script = site.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert len(script.content) < LARGEST_SCRIPT
    assert "自动问答程序" in script.text
    assert "http://" not in script.text.replace("http://www.w3.org/2000/svg", "")


def test_a_site_on_the_list_asks_with_its_token(site, token):
    answer = ask(site, token, region="德清")
    assert answer.headers["access-control-allow-origin"] == SITE
    told = answer.json()
    assert "20万元" in told["html"]
    assert '<details class="source"' in told["html"]
    assert "自动生成" in told["html"]
    assert "<form" not in told["html"]
    assert site.get(told["whole"]).status_code == 200


def test_a_session_carries_the_conversation(site, token):
    first = ask(site, token, region="德清").json()
    assert "5年" in ask(site, token, question="证书有效期几年", session=first["session"]).json()["html"]


def test_it_streams(site, token):
    told = ask(site, token, door="stream").text
    assert told.startswith("event: piece")
    assert "event: answer" in told
    assert '"html"' in told


@pytest.mark.parametrize("path", ["/api/documents", "/api/answers/x", "/v1/chat/completions", "/h5", "/widget.json"])
def test_a_site_that_may_show_it_may_call_nothing_else(site, path):
    told = {"Origin": SITE, "Access-Control-Request-Method": "DELETE"}
    assert "access-control-allow-origin" not in site.options(path, headers=told).headers
    assert "access-control-allow-origin" not in site.get(path, headers={"Origin": SITE}).headers
    before = site.options("/widget/ask", headers=told | {"Access-Control-Request-Method": "POST"})
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, SITE)


def test_a_site_that_may_call_the_api_may_not_call_it(another_desk):
    client = TestClient(api(another_desk(widget_origins=(SITE,), cors_origins=(OTHER,))))
    told = {"Origin": OTHER, "Access-Control-Request-Method": "POST"}
    assert client.options("/api/ask", headers=told).status_code == 200
    assert client.options("/widget/ask", headers=told).status_code == 400


@pytest.mark.parametrize("origin", [OTHER, "null", "", f"{SITE}.evil.example", f"{SITE}:8443", "http://www.example.cn"])
def test_any_other_site_gets_nothing(site, token, origin):
    refused = site.post("/widget/token", headers={"Origin": origin})
    assert refused.status_code == 403
    assert "token" not in refused.json()
    assert "access-control-allow-origin" not in refused.headers
    stolen = ask(site, token, origin)
    assert stolen.status_code == 403
    assert "access-control-allow-origin" not in stolen.headers


@pytest.mark.parametrize("door", ["ask", "stream"])
def test_without_a_sound_token_nothing_is_answered(site, token, door):
    for bad in ("", "x", token[:-2], token.replace(token[0], "x", 1)):
        assert ask(site, bad, door=door).status_code == 401


class Yesterday(TimestampSigner):
    """Signs as if it were the day before."""

    def get_timestamp(self):
        return super().get_timestamp() - 24 * 3600


def test_a_token_runs_out(site, site_desk):
    key = secret(site_desk.settings)
    old = URLSafeTimedSerializer(key, salt="widget", signer=Yesterday).dumps({"site": SITE, "id": "somebody"})
    refused = ask(site, old)
    assert refused.status_code == 401
    assert "/widget/token" in refused.json()["message"]


def test_a_token_of_another_secret_is_none(another_desk, token):
    elsewhere = TestClient(api(another_desk(widget_origins=(SITE,), secret="another secret of ours")))
    assert ask(elsewhere, token).status_code == 401


def test_our_own_pages_may_always_show_it(web):
    assert web.post("/widget/token", headers={"Origin": "http://testserver"}).status_code == 200


def test_where_our_address_is_known_a_caller_does_not_say_which_pages_are_ours(another_desk):
    client = TestClient(api(another_desk(public="https://cert.example.cn/certguide")))
    assert client.post("/widget/token", headers={"Origin": "https://cert.example.cn"}).status_code == 200
    rebound = {"Host": "rebind.example", "Origin": "http://rebind.example"}
    assert client.post("/widget/token", headers=rebound).status_code == 403


def test_the_questions_of_one_visitor_count_together(another_desk):
    client = TestClient(api(another_desk(widget_origins=(SITE,), limit_session=2)))
    first, second = (client.post("/widget/token", headers={"Origin": SITE}).json()["token"] for _ in range(2))
    assert [ask(client, first).status_code for _ in range(3)] == [200, 200, 429]
    assert ask(client, second).status_code == 200
