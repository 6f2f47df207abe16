"""The door to WeChat customer service: it rings, the messages are fetched, each is answered once."""

import asyncio
import json
import time
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.channels._wechat.calls import CustomerService
from bot.channels._wechat.delivery import Clock, Delivery
from bot.channels._wechat.fetching import OLDEST, Fetcher
from bot.channels._wechat.speaking import Speaker
from bot.channels.kf import ringing
from tests.wechat.peer import WECOM, Message, Peer

ACCOUNT = replace(WECOM, secret="secret")
QUESTION, OTHER = "充电宝要不要做3C", "绿色产品认证怎么申请"


class Platform:
    """WeCom's side: what customers wrote, two messages a page, and what is sent to them; `reached`: whether that gets through."""

    def __init__(self):
        self.written, self.sent, self.reached = [], [], True
        self.client = httpx.Client(base_url=CustomerService.ADDRESS, transport=httpx.MockTransport(self))

    def write(self, content=None, user="customer-1", at=None, origin=3, **more):
        told = {"msgtype": "text", "text": {"content": content}} if content else more
        head = {"external_userid": user, "send_time": int(at or time.time()), "origin": origin}
        self.written.append({"msgid": f"msg-{len(self.written)}", **head, **told})

    def come_in(self, code, **more):
        event = {"event_type": "enter_session", "external_userid": "customer-1", "welcome_code": code, **more}
        self.written.append({"msgid": code, "send_time": int(time.time()), "msgtype": "event", "event": event})

    def __call__(self, request):
        body, path = json.loads(request.content or "{}"), request.url.path
        if path.endswith("gettoken"):
            return httpx.Response(200, json={"access_token": "t", "expires_in": 7200})
        if path.endswith("sync_msg"):
            start = int(body["cursor"] or 0)
            page, more = self.written[start : start + 2], int(start + 2 < len(self.written))
            return httpx.Response(200, json={"msg_list": page, "next_cursor": str(start + len(page)), "has_more": more})
        if not self.reached:
            raise httpx.ConnectError("unreachable", request=request)
        self.sent.append((path.rsplit("/", 1)[1], body))
        return httpx.Response(200, json={"errcode": 0})

    def said(self):
        return [(body["touser"], body["text"]["content"][:6]) for _, body in self.sent]


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
def process(desk, platform, request):
    """A fresh process of the server, which hears a ring for an account of the test's own."""
    account, clock = replace(ACCOUNT, token=f"token of {request.node.name}"), Clock().times(0.2)

    def started():
        delivery = Delivery(desk.records.messages, Speaker.of(desk), None, clock)
        interface = CustomerService(account, platform.client)
        fetcher = Fetcher(account.token, interface, desk.records.messages, delivery, clock)
        return lambda: fetcher.rung("wk-1", "ring")

    return started


@pytest.fixture
def ring(process):
    return lambda: asyncio.run(process()())


def test_all_that_was_written_is_answered_to_whoever_wrote_it(platform, ring):
    for number in range(5):
        platform.write((QUESTION, OTHER)[number % 2], f"customer-{number}")
    ring()
    assert sorted(platform.said()) == [(f"customer-{n}", ("要的，充电宝", "绿色产品认证")[n % 2]) for n in range(5)]


def test_what_was_answered_is_not_answered_again(platform, ring):
    platform.write(QUESTION)
    ring()
    ring()
    platform.write(OTHER)
    ring()
    assert [said for _, said in platform.said()] == ["要的，充电宝", "绿色产品认证"]


def test_of_several_processes_that_hear_a_ring_one_answers(platform, process):
    for number in range(4):
        platform.write(QUESTION, f"customer-{number}")

    async def all_hear():
        await asyncio.gather(*(process()() for _ in range(3)))

    asyncio.run(all_hear())
    assert sorted(user for user, _ in platform.said()) == [f"customer-{n}" for n in range(4)]
    assert len({body["msgid"] for _, body in platform.sent}) == 4


def test_what_did_not_get_through_is_sent_at_the_next_ring(platform, ring):
    platform.write(QUESTION)
    platform.reached = False
    ring()
    assert platform.sent == []
    platform.reached = True
    ring()
    assert platform.said() == [("customer-1", "要的，充电宝")]


def test_who_comes_in_is_greeted_and_placed_by_the_links_parameter(platform, ring):
    platform.come_in("code-1", scene="poster", scene_param="330521-莫干山民宿班")
    ring()
    ((interface, body),) = platform.sent
    assert (interface, body["code"]) == ("send_msg_on_event", "code-1")
    assert "莫干山民宿班" in body["text"]["content"]
    assert "德清县" in body["text"]["content"]


def test_of_staff_of_events_and_of_yesterday_nothing_is_answered(platform, ring):
    platform.write(QUESTION, origin=5)
    platform.write(QUESTION, at=time.time() - OLDEST - 5)
    platform.written.append({"msgid": "e", "send_time": int(time.time()), "msgtype": "event", "event": {}})
    ring()
    assert platform.sent == []


def test_what_cannot_be_read_is_told_so(platform, ring, say):
    platform.write(msgtype="image", image={"media_id": "m"})
    platform.write(msgtype="voice", voice={"media_id": "m"})
    ring()
    assert {body["text"]["content"] for _, body in platform.sent} == {say("wechat.unknown"), say("wechat.unheard")}


def test_a_ring_is_answered_at_once_and_a_forged_one_refused(desk, platform):
    peer, app = Peer(WECOM, wecom=True), FastAPI()
    app.include_router(ringing(ACCOUNT, desk, CustomerService(ACCOUNT, platform.client)))
    fields = {"ToUserName": "ww", "CreateTime": int(time.time()), "MsgType": "event", "Event": "kf_msg_or_event"}
    query, body = peer.request(Message({**fields, "Token": "ring", "OpenKfId": "wk-door"}))
    platform.write(QUESTION)
    with TestClient(app) as web:
        assert web.get("/kf", params=peer.check("1616")).text == "1616"
        assert web.post("/kf", params=query | {"msg_signature": "0" * 40}, content=body).status_code == 403
        assert web.post("/kf", params=query, content=body).text == "success"
        late = time.monotonic() + 10
        while not platform.sent and time.monotonic() < late:
            time.sleep(0.01)
    assert platform.said() == [("customer-1", "要的，充电宝")]
