"""Quotas at every door: by key, else by browser and address."""

import socket
import time

import httpx
import pytest
from starlette.responses import PlainTextResponse

from bot.channels._wechat.crypto import signature
from bot.public.callers import GUESTS, Callers
from bot.public.doors import Doors
from bot.public.gate import LARGEST_BODY, Gate
from settings import Account
from tests.bot.public.conftest import DOORS, QUESTION, opened
from tests.serving import serving

FROM_AFAR = {"X-Forwarded-For": "203.0.113.7"}
PAGE = {"Accept": "text/html"}


def asks(client, times=1, path="/api/ask", **headers):
    return [client.post(path, json=DOORS[path], headers=headers) for _ in range(times)]


def statuses(*args, **headers):
    return [answer.status_code for answer in asks(*args, **headers)]


def test_a_program_on_this_machine_asks_as_much_as_it_likes(town):
    with opened(town(limit_address=1)) as client:
        assert statuses(client, 5) == [200] * 5


def test_an_address_behind_our_proxy_has_its_quota_and_others_have_theirs(town):
    with opened(town(limit_address=2)) as client:
        assert statuses(client, 3, **FROM_AFAR) == [200, 200, 429]
        assert statuses(client, **{"X-Forwarded-For": "203.0.113.8"}) == [200]


def test_a_forwarding_header_that_no_trusted_proxy_wrote_names_nobody(town):
    with opened(town(limit_address=2), proxies=()) as client:
        invented = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(3)]
        assert [statuses(client, **one)[0] for one in invented] == [200, 200, 429]


def test_what_a_caller_adds_to_the_forwarding_header_does_not_count(town):
    with opened(town(limit_address=2)) as client:
        forged = [{"X-Forwarded-For": f"{first}, 203.0.113.7"} for first in ("127.0.0.1", "10.1.1.1", "8.8.8.8")]
        assert [statuses(client, **one)[0] for one in forged] == [200, 200, 429]


def test_a_forwarding_header_that_names_no_address_is_counted_as_it_is(town):
    with opened(town(limit_address=2)) as client:
        assert statuses(client, 3, **{"X-Forwarded-For": "unknown"}) == [200, 200, 429]


def test_all_addresses_of_a_household_count_as_one(town):
    with opened(town(limit_address=2)) as client:
        devices = [{"X-Forwarded-For": f"2001:db8:1:2::{n}"} for n in range(3)]
        assert [statuses(client, **one)[0] for one in devices] == [200, 200, 429]


@pytest.mark.parametrize("page", ["/h5"])
def test_a_browser_gets_a_session_and_is_counted_by_it(town, page):
    with opened(town(limit_session=2)) as client:
        given = client.get(page, headers=PAGE).headers["set-cookie"]
        assert "HttpOnly" in given
        assert "SameSite=Lax" in given
        assert "set-cookie" not in client.get(page, headers=PAGE).headers, "one is enough"
        assert statuses(client, 3) == [200, 200, 429]
        client.cookies.clear()
        client.get(page, headers=PAGE)
        assert statuses(client) == [200]


def test_who_drops_the_cookie_is_counted_with_all_guests_of_the_address(town):
    with opened(town(limit_session=1)) as client:
        assert statuses(client, GUESTS, **FROM_AFAR) == [200] * GUESTS
        assert 429 in statuses(client, 2 * GUESTS, **FROM_AFAR)
        assert 429 in statuses(client, 2 * GUESTS, **FROM_AFAR, Cookie="certguide=made.up")
        assert statuses(client, **{"X-Forwarded-For": "203.0.113.8"}) == [200], "another address"
        client.get("/h5", headers=PAGE)
        assert statuses(client, **FROM_AFAR) == [200], "a browser at the same address"


def test_a_new_token_of_the_widget_for_each_question_gains_nothing(town):
    site = {"Origin": "https://www.example.cn", **FROM_AFAR}
    with opened(town(limit_session=2, widget_origins=(site["Origin"],)), **site) as client:
        answers = []
        for _ in range(4 * GUESTS):
            token = client.post("/widget/token").json().get("token", "none")
            headers = {"Authorization": f"Bearer {token}"}
            answers.append(client.post("/widget/ask", json=QUESTION, headers=headers).status_code)
    assert answers[0] == 200
    assert 429 in answers


def test_a_session_that_we_did_not_sign_counts_as_none(town):
    with opened(town(limit_session=1)) as client:
        assert statuses(client, 3, Cookie="certguide=made.up") == [200] * 3


def test_looking_things_up_is_not_counted_by_session_but_by_address(town):
    with opened(town(limit_session=1, limit_address=3)) as client:
        client.get("/h5", headers=PAGE)
        seen = [client.get("/api/documents", headers=FROM_AFAR).status_code for _ in range(4)]
        assert seen == [200, 200, 200, 429]


@pytest.mark.parametrize("path", DOORS)
def test_whoever_is_refused_learns_when_to_come_back_in_the_doors_own_form(town, path):
    with opened(town(limit_address=1), **FROM_AFAR) as client:
        answer = asks(client, 2, path)[1]
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    told = answer.json()["error"] if path.startswith("/v1") else answer.json()
    assert told["message"]
    assert "too_many_requests" in str(answer.json())


def test_earlier_questions_that_are_gone_through_again_count_too(town):
    talked = {"messages": [{"role": role, "content": "有效期几年"} for role in ("user", "assistant", "user", "user")]}
    called = {"method": "tools/call", "params": {"name": "ask", "arguments": {"question": "3C", "earlier": ["a", "b"]}}}
    for path, body in (("/v1/chat/completions", talked), ("/mcp", called)):
        with opened(town(limit_address=4), **FROM_AFAR) as client:
            assert client.post(path, json=body).status_code != 429
            assert statuses(client, 2) == [200, 429], path


@pytest.mark.parametrize(
    "body", ["[]", "{", "[" * 10_000, '{"messages": 5}', '{"params": {"arguments": []}}', '"x"', "\xff"]
)
def test_what_the_door_cannot_read_counts_once(town, body):
    for path in ("/v1/chat/completions", "/mcp"):
        with opened(town(limit_address=2), **FROM_AFAR) as client:
            assert client.post(path, content=body.encode("latin-1")).status_code in (400, 406, 422)
            assert statuses(client, 2) == [200, 429]


def test_however_much_a_request_brings_a_quota_that_is_full_lets_it_in(town):
    talked = {"messages": [{"role": "user", "content": "有效期几年"}] * 50}
    with opened(town(limit_address=2), **FROM_AFAR) as client:
        assert client.post("/v1/chat/completions", json=talked).status_code == 200
        assert statuses(client) == [429]


def test_health_is_never_refused(town):
    with opened(town(limit_address=1), **FROM_AFAR) as client:
        assert [client.get("/api/health").status_code for _ in range(3)] == [200] * 3


def test_a_key_raises_the_quota_and_has_one_of_its_own(town):
    desk = town(limit_address=1, limit_key=3)
    key = desk.records.keys.add("a firm")
    with opened(desk, **FROM_AFAR) as client:
        assert statuses(client, 4, Authorization=f"Bearer {key}") == [200, 200, 200, 429]
        assert statuses(client, 2) == [200, 429], "the address has its own quota still"


@pytest.mark.parametrize("value", ["Bearer none", "Bearer cg-unknown", "Basic eDp5", "Bearer", "cg-x"])
def test_no_key_is_needed_and_an_unknown_one_counts_as_none(town, value):
    with opened(town(limit_address=1), **FROM_AFAR) as client:
        assert statuses(client, 2, Authorization=value) == [200, 429]


def test_a_restart_forgives_nothing(town):
    desk = town(limit_address=1)
    for expected in (200, 429):
        with opened(desk) as client:
            assert statuses(client, **FROM_AFAR) == [expected]


def test_five_hundred_conversations_behind_one_address_that_ask_every_half_minute_are_not_refused(town):
    desk = town()
    address = {"address:office": desk.settings.limit_address}
    for second in range(0, 120, 30):
        for person in range(500):
            limits = {f"session:{person}": desk.settings.limit_session} | address
            assert desk.records.quotas.spend(limits, now=1e9 + second) is None


def test_where_quotas_cannot_be_counted_questions_are_answered(town, caplog):
    desk = town(limit_address=1)
    with desk.records._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE quotas")
    with opened(desk, **FROM_AFAR) as client:
        assert statuses(client, 2) == [200, 200]
    assert "could not be counted" in caplog.text


def test_records_hold_no_addresses_and_no_keys(town):
    desk = town()
    key = desk.records.keys.add("a firm")
    with opened(desk, **FROM_AFAR) as client:
        asks(client)
    stored = b"".join(path.read_bytes() for path in desk.settings.data.glob("records.db*"))
    assert b"203.0.113.7" not in stored
    assert key.encode() not in stored
    assert QUESTION["question"].encode() in stored, "we looked at the right files"


def test_of_what_comes_to_wechats_doors_only_what_is_refused_counts(town):
    account = Account(token="t" * 16)
    now = str(int(time.time()))
    signed = {"timestamp": now, "nonce": "n", "signature": signature(account.token, now, "n"), "echostr": "hello"}
    with opened(town(limit_address=2, wechat=account), **FROM_AFAR) as client:
        assert [client.get("/wechat", params=signed).text for _ in range(5)] == ["hello"] * 5
        assert [client.post("/wechat", content=b"<xml/>").status_code for _ in range(3)] == [403, 403, 429]
        assert client.get("/wechat", params=signed).status_code == 429
        others = {"X-Forwarded-For": "203.0.113.8"}
        assert client.get("/wechat", params=signed, headers=others).text == "hello"
        assert statuses(client) == [200], "questions are counted apart"


def test_a_body_at_wechats_doors_is_no_larger_than_at_others(town):
    with opened(town(wechat=Account(token="t" * 16))) as client:
        assert client.post("/wechat", content=b"x" * (LARGEST_BODY + 1)).status_code == 413


def test_a_body_that_does_not_come_is_not_waited_for_for_ever(town):
    desk = town()
    callers = Callers(desk.settings, desk.records.keys, "a secret")
    hasty = Gate(PlainTextResponse("arrived"), desk, callers, Doors({}), patience=0.5)
    begun = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n1"
    with serving(hasty) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as slow:
            slow.sendall(begun)
            told = b"".join(iter(lambda: slow.recv(10_000), b""))
        assert told.startswith(b"HTTP/1.1 408")
        assert httpx.post(address, content=b"123").text == "arrived"
