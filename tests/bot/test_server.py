"""The server: state, and errors in one form that says what to do."""

import json
import socket

import pytest
from fastapi.testclient import TestClient

from bot.conversation import Claim
from bot.guard import LONGEST_QUESTION
from bot.public.gate import LARGEST_BODY
from bot.server import api
from tests.serving import serving


class Broken:
    """A writer that fails after its first sentence, or at once."""

    def __init__(self, says=None):
        self._says = says

    def write(self, reading, evidence):
        if self._says:
            yield Claim(self._says)
        raise RuntimeError("secret path /etc")


SESSION = {"version": 1, "profile": {}, "turns": [{"question": 7}]}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": "  "}, 422, "unusable_question"),
        ({"question": "\u200b"}, 422, "unusable_question"),
        ({"question": "问" * (LONGEST_QUESTION + 1)}, 413, "question_too_long"),
        ({"question": "3C是什么", "on": "2026-02-30"}, 422, "invalid_day"),
        ({"question": "3C是什么", "profile": {"region": "亚特兰蒂斯"}}, 422, "unknown_region"),
        ({"question": "3C是什么", "profile": {"region": "鼓楼区"}}, 422, "ambiguous_region"),
        ({"question": "3C是什么", "session": SESSION}, 422, "invalid_session"),
        ({"question": "3C是什么", "session": {"version": 1, "x": "y" * 20_000}}, 422, "invalid_session"),
        ({}, 422, "invalid_request"),
        ({"question": 7}, 422, "invalid_request"),
        ({"question": "3C是什么", "profile": {"certificates": ["长" * 1000]}}, 422, "invalid_request"),
    ],
)
@pytest.mark.parametrize("door", ["/api/ask", "/api/stream"])
def test_a_request_that_cannot_be_used_gets_a_code_and_advice(web, door, body, status, code):
    answer = web.post(door, json=body)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert answer.json()["message"]


@pytest.mark.parametrize("key", ["region", "industry", "size", "certificates"])
def test_half_a_character_in_a_profile_is_refused(web, key):
    half = [r"\ud800"] if key == "certificates" else r"\ud800"
    told = json.dumps({"question": "3C是什么", "profile": {key: half}}).replace("\\\\", "\\")
    answer = web.post("/api/ask", content=told, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid_request")


def test_what_is_larger_than_any_question_is_refused_unread(web):
    answer = web.post("/api/ask", content=b" " * (LARGEST_BODY + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_a_body_of_unsaid_length_is_refused(web):
    answer = web.post("/api/ask", content=iter([b"{}"]))
    assert (answer.status_code, answer.json()["error"]) == (411, "length_required")


@pytest.mark.parametrize("length", ["0" * 5000 + "2", "Content-Length: 2\r\nTransfer-Encoding: chunked"])
@pytest.mark.parametrize("http", ["h11", "auto"])
def test_a_length_that_is_none_or_does_not_count_is_refused(desk, http, length):
    """Where a body comes in chunks, its length is not what was told."""
    told = length if ":" in length else f"Content-Length: {length}"
    request = (
        f"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{told}\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n"
    )
    with serving(api(desk), http=http) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(request.encode())
            assert line.recv(12) in (b"HTTP/1.1 411", b"HTTP/1.1 400")


@pytest.mark.parametrize("path", ["/api/passages/nowhere", "/api/answers/nowhere", "/api/nothing"])
def test_what_is_not_there_is_a_404_with_advice(web, path):
    answer = web.get(path)
    assert answer.status_code == 404
    assert answer.json()["message"]


def test_alive_and_ready(web):
    assert web.get("/api/health").status_code == 200
    assert web.get("/api/ready").json() == {"ready": True}


def test_the_contract_is_described(web):
    paths = web.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/stream", "/api/feedback", "/api/health", "/api/ready"} <= set(paths)


def test_pages_that_would_load_scripts_from_elsewhere_are_off(web):
    assert web.get("/docs").status_code == web.get("/redoc").status_code == 404


def test_a_failure_inside_shows_no_trace(another_desk):
    web = TestClient(api(another_desk(writer=Broken())), raise_server_exceptions=False)
    answer = web.post("/api/ask", json={"question": "3C是什么"})
    assert (answer.status_code, answer.json()["error"]) == (500, "internal_error")
    assert "secret" not in answer.text


def test_a_stream_that_fails_midway_ends_with_an_error_event(another_desk):
    web = TestClient(api(another_desk(writer=Broken("先说一句。"))), raise_server_exceptions=False)
    told = web.post("/api/stream", json={"question": "3C是什么"}).text
    assert "先说一句" in told
    assert told.strip().split("\n\n")[-1].startswith("event: error")
    assert "secret" not in told


@pytest.mark.parametrize("path", ["/api/health", "/api/answers/nowhere", "/nothing"])
def test_every_answer_has_an_id_for_the_log(web, path):
    first, second = (web.get(path).headers["x-request-id"] for _ in range(2))
    assert first != second


def test_an_id_that_a_caller_gives_comes_back_unless_it_could_spoil_a_log(web):
    given = "trace-7f3a:0001"
    assert web.get("/api/health", headers={"X-Request-Id": given}).headers["x-request-id"] == given
    for bad in ("x", "a" * 65, "spaces in it", '{"forged": 1}'):
        assert web.get("/api/health", headers={"X-Request-Id": bad}).headers["x-request-id"] != bad


def test_a_failure_has_its_id_too_and_the_log_names_it(another_desk, caplog):
    web = TestClient(api(another_desk(writer=Broken())), raise_server_exceptions=False)
    answer = web.post("/api/ask", json={"question": "3C是什么"}, headers={"X-Request-Id": "trace-0002"})
    assert answer.headers["x-request-id"] == "trace-0002"
    assert "request trace-0002 failed" in caplog.text


SITE = "https://www.example.cn"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


def test_pages_of_other_sites_read_nothing_until_a_setting_names_them(web, another_desk):
    named = TestClient(api(another_desk(cors_origins=(SITE,))))
    for client, origin, allowed in ((named, SITE, SITE), (named, "https://evil.example", None), (web, SITE, None)):
        asked = client.get("/api/health", headers={"Origin": origin})
        before = client.options("/api/ask", headers={"Origin": origin, **PREFLIGHT})
        assert asked.headers.get("access-control-allow-origin") == allowed
        assert before.headers.get("access-control-allow-origin") == allowed
        assert (before.status_code == 200) is bool(allowed)


def test_under_a_path_of_a_proxy_links_begin_with_it_and_limits_hold(desk):
    web = TestClient(api(desk), root_path="/certguide", base_url="http://testserver/certguide")
    assert 'action="/certguide/h5"' in web.get("/h5").text
    assert web.post("/api/ask", content=b" " * (LARGEST_BODY + 1)).json()["error"] == "too_large"
    assert "没有这条回答" in web.get("/h5/answers/nowhere").text
