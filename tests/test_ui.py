"""The product as it is started: programs that come by Gradio's client, and how it stops."""

import signal
import socket
import stat
import time
from contextlib import suppress

import gradio
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from bot import maintenance
from corpus import registry
from settings import CHECKOUT, OWNERS_ALONE
from tests.bot.conftest import CONVERSATION, shelf, town
from tests.bot.public.conftest import begun
from tests.browser import started
from tests.serving import serving
from ui import MOST_SESSIONS, application

__all__ = ["begun", "shelf", "town"]  # fixtures

LONGEST_GOODBYE = 10
LARGEST_HEAD = 64 * 1024
"""Bytes of a request before its body."""
HALF = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
"""A request that never ends."""


@pytest.fixture
def client(town):
    with serving(application(town())) as address:
        yield Client(address, verbose=False)


def test_gradios_client_holds_a_conversation(client):
    session = None
    for question, says in CONVERSATION:
        answer = client.predict(question, "", session, api_name="/ask")
        session = answer["session"]
        assert says in answer["answer"]
        assert says in answer["citations"][0]["quote"]
    with pytest.raises(AppError, match="请写全称"):
        client.predict("3C是什么", "鼓楼区", None, api_name="/ask")


def test_it_stops_in_time_though_somebody_hangs_on(tmp_path):
    with started(tmp_path, embedder="hashing") as (process, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as hanging:
            hanging.sendall(HALF)
            time.sleep(0.2)  # the request arrives
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(LONGEST_GOODBYE + 10)
    assert time.monotonic() - asked < LONGEST_GOODBYE


def test_nothing_that_it_writes_can_be_read_by_others_on_the_machine(tmp_path):
    data = tmp_path / "new"
    with started(data, embedder="hashing") as (_, address):
        httpx.post(f"{address}/api/ask", json={"question": "3C是什么"}, timeout=30).raise_for_status()
        written = [data, *data.rglob("*")]
        assert {"records.db", "secret"} <= {path.name for path in written}
        assert [path.name for path in written if stat.S_IMODE(path.stat().st_mode) & OWNERS_ALONE] == []


def test_the_unit_for_systemd_gives_what_is_written_to_nobody_else():
    unit = (CHECKOUT / "examples/deploy/certguide.service").read_text(encoding="utf-8").splitlines()
    assert {f"UMask={OWNERS_ALONE:04o}", "StateDirectoryMode=0700"} <= set(unit)


@pytest.mark.parametrize("head", [b"GET /api/health?", b"GET /api/health HTTP/1.1\r\nHost: x\r\nX: "])
def test_a_head_that_never_ends_is_not_read_on(tmp_path, head):
    with started(tmp_path, embedder="hashing") as (_, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as endless:
            endless.sendall(head + b"x" * LARGEST_HEAD)
            assert endless.recv(12) == b"HTTP/1.1 400"


def test_gradios_client_is_told_when_nothing_is_answered(town):
    desk = town()
    with serving(application(desk)) as address:
        client = Client(address, verbose=False)
        maintenance.close(desk.settings, "今晚八点后再来")
        with pytest.raises(AppError, match="今晚八点后再来"):
            client.predict("3C是什么", "", None, api_name="/ask")
        maintenance.reopen(desk.settings)
        assert client.predict("3C是什么", "", None, api_name="/ask")["answer"]


def test_who_asks_too_fast_by_gradios_pages_is_refused(town):
    desk = town(limit_address=3)
    with serving(application(desk), forwarded_allow_ips=["127.0.0.0/8"]) as address:
        answers = [
            httpx.post(
                f"{address}/gradio_api/call/ask",
                json={"data": ["3C是什么", "", None]},
                headers={"X-Forwarded-For": "203.0.113.7"},
            )
            for _ in range(4)
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["retry-after"]
    assert "太快" in answers[3].json()["detail"]


def test_who_fetches_events_of_gradios_pages_too_fast_is_refused(town):
    with serving(application(town(limit_address=3))) as address:
        headers = {"X-Forwarded-For": "203.0.113.7"}
        answers = [httpx.get(f"{address}/gradio_api/app_id", headers=headers) for _ in range(4)]
        page = httpx.get(address, headers=headers | {"Accept": "text/html"})
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert page.status_code == 200


NOTHING_SUCH = (("GET", "call/ask/nosuch"), ("GET", "queue/data?session_hash=nosuch"), ("POST", "call/v2/nosuch"))


@pytest.mark.parametrize(("method", "path"), NOTHING_SUCH)
def test_what_gradio_stumbles_over_is_told_once_and_in_short(town, begun, method, path):
    told = begun()
    with serving(application(town()), log_config=None) as address, suppress(httpx.RemoteProtocolError):
        httpx.request(method, f"{address}/gradio_api/{path}", json={} if method == "POST" else None)
    assert told.getvalue().count("ERROR") == 1
    assert len(told.getvalue()) < 5_000


def test_a_vote_counts_though_the_server_no_longer_holds_the_conversation(town):
    desk = town()
    answer = desk.ask("3C是什么")["id"]
    said = {"answer": answer, "vote": "down", "reason": "看不懂", "passage": ""}
    with serving(application(desk)) as address:
        handlers = httpx.get(f"{address}/config").json()["dependencies"]
        vote = next(one["id"] for one in handlers if [event for _, event in one["targets"]] == ["like"])
        call = {"fn_index": vote, "session_hash": "new", "data": [None, {"answers": [answer]}]}
        told = httpx.post(f"{address}/gradio_api/run/predict", json={**call, "event_data": {"value": said}})
    assert told.status_code == 200
    assert [(one.vote, one.reason) for one in desk.records.feedback(answer)] == [("down", "看不懂")]


def test_what_the_server_holds_of_open_pages_has_an_end(town):
    desk = town()
    for page in registry.load_all("pages"):
        states = [block for block in page.page(desk).blocks.values() if isinstance(block, gradio.State)]
        assert all(state.time_to_live <= 3600 for state in states)
    mounted = [
        route.app for route in application(desk).routes if isinstance(getattr(route, "app", None), gradio.routes.App)
    ]
    assert len(mounted) == 2
    assert all(app.state_holder.capacity == MOST_SESSIONS for app in mounted)
