"""The door to an Official Account: what is let in, and what is said to whom."""

import sqlite3
import time
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.channels._wechat.envelope import WINDOW
from bot.rendering.wechat import LARGEST, wechat_pages
from bot.server import api
from tests.wechat.peer import PLAIN, SAFE, Message, Peer, document, message, text

QUESTION, OTHER = "充电宝要不要做3C", "3C证书有效期几年"
PUBLIC = "https://cert.example.cn"
PEERS = {"plain": Peer(PLAIN, "plain"), "compatible": Peer(SAFE, "compatible"), "safe": Peer(SAFE)}
MANY = "德清有哪些补贴"


@pytest.fixture(scope="module")
def doors(desk):
    """A client of a server with an account, by the peer's mode."""

    def opened(peer):
        settings = replace(desk.settings, wechat=peer.account, public=PUBLIC)
        return TestClient(api(replace(desk, settings=settings)))

    made = {mode: opened(peer) for mode, peer in PEERS.items()}
    for client in made.values():
        client.__enter__()  # one event loop for all its requests, as a server has
    yield made
    for client in made.values():
        client.__exit__(None, None, None)


@pytest.fixture(params=PEERS)
def mode(request):
    return request.param


@pytest.fixture
def peer(mode):
    return PEERS[mode]


@pytest.fixture
def post(doors, mode, peer):
    """Brings a message; gives the response. `tampered` changes query and body on the way."""

    def posts(sent, at=None, tampered=lambda query, body: (query, body)):
        query, body = tampered(*peer.request(sent, at))
        return doors[mode].post("/wechat", params=query, content=body)

    return posts


@pytest.fixture
def tell(post, peer):
    """Brings a message; gives the text of the reply, as wechatpy reads it."""
    return lambda sent: peer.read(post(sent).content).content


@pytest.fixture
def says(doors):
    """Tells the safe door something as one user; gives the text of the reply."""

    def told(user, content=None, **fields):
        sent = text(user, content) if content else message(user, **fields)
        query, body = PEERS["safe"].request(sent)
        answer = doors["safe"].post("/wechat", params=query, content=body)
        assert answer.status_code == 200
        return "" if answer.text == "success" else PEERS["safe"].read(answer.content).content

    return told


def test_the_check_of_the_address_hears_its_own_words(doors, mode, peer):
    answer = doors[mode].get("/wechat", params=peer.check("8412371293"))
    assert (answer.status_code, answer.text) == (200, "8412371293")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("changed", [{"signature": "0" * 40}, {"nonce": "x"}, {"timestamp": "1"}, {"signature": "é"}])
def test_the_check_of_an_address_by_anybody_else_is_refused(doors, mode, peer, changed):
    assert doors[mode].get("/wechat", params=peer.check("8412371293") | changed).status_code == 403


def test_without_an_account_the_door_is_shut(web):
    assert web.get("/wechat").status_code == 404
    assert web.post("/wechat", content=b"<xml/>").status_code == 404


def test_a_question_is_answered_to_its_sender(post, peer):
    reply = peer.read(post(text("asker-1", QUESTION)).content)
    assert (reply.target, reply.source) == ("asker-1", "gh_0123456789ab")
    assert reply.content.startswith("要的，充电宝必须做3C认证")


def test_an_encrypted_question_gets_an_encrypted_reply(doors):
    for mode in ("compatible", "safe"):
        query, body = PEERS[mode].request(text("asker-2", QUESTION))
        answer = doors[mode].post("/wechat", params=query, content=body)
        assert b"<Encrypt>" in answer.content
        assert "充电宝" not in answer.text


def test_each_attempt_gets_the_same_bytes(post):
    sent = text("asker-3", QUESTION)
    first, second, third = (post(sent).content for _ in range(3))
    assert first == second == third


def test_an_event_has_no_number_and_is_still_answered_once(post):
    event = message("asker-4", "event", Event="CLICK", EventKey=QUESTION)
    assert post(event).content == post(event).content
    later = Message({**event.fields, "CreateTime": event.fields["CreateTime"] + 1})
    assert post(later).content != post(event).content


def test_the_same_number_from_another_sender_is_another_message(tell):
    assert tell(text("asker-5", QUESTION, 77)) != tell(text("asker-6", OTHER, 77))


def forged_body(query, body):
    return query, body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[AAAA").replace(QUESTION.encode(), b"?")


FORGERIES = {
    "signature": lambda query, body: ({**query, "signature": "0" * 40, "msg_signature": "0" * 40}, body),
    "no signature": lambda query, body: ({"timestamp": query["timestamp"], "nonce": query["nonce"]}, body),
    "nonce": lambda query, body: ({**query, "nonce": "1"}, body),
    "timestamp": lambda query, body: ({**query, "timestamp": str(int(query["timestamp"]) + 1)}, body),
    "letters for a timestamp": lambda query, body: ({**query, "timestamp": "now"}, body),
    "no XML": lambda query, body: (query, b"{}"),
    "entities": lambda query, body: (query, b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'),
    "nothing": lambda query, body: (query, b""),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_refused(post, forgery):
    assert post(text("asker-7", QUESTION), tampered=FORGERIES[forgery]).status_code == 403


@pytest.mark.parametrize("mode", ["compatible", "safe"], indirect=True)
def test_what_is_encrypted_cannot_be_changed(post):
    assert post(text("asker-8", QUESTION), tampered=forged_body).status_code == 403


@pytest.mark.parametrize("off", [-WINDOW - 30, WINDOW + 30, -86_400])
def test_a_message_of_another_time_is_a_replay(post, off):
    assert post(text("asker-9", QUESTION), at=time.time() + off).status_code == 403


def test_a_signature_vouches_for_one_message_only(doors):
    """In plain mode it does not cover the body: whoever overheard one may not say something else with it."""
    query, body = PEERS["plain"].request(text("asker-10", QUESTION))
    door = doors["plain"]
    assert door.post("/wechat", params=query, content=body).status_code == 200
    assert door.post("/wechat", params=query, content=body).status_code == 200
    _, other = PEERS["plain"].request(text("asker-10", OTHER))
    assert door.post("/wechat", params=query, content=other).status_code == 403


@pytest.mark.parametrize(
    "overheard", [text("asker-10", QUESTION), message("asker-10", "event", Event="VIEW", EventKey="https://x")]
)
def test_a_signature_that_was_overheard_makes_nobody_forgotten(doors, overheard):
    door, peer = doors["plain"], PEERS["plain"]

    def brought(sent, overheard=None):
        query, body = peer.request(sent)
        return door.post("/wechat", params=overheard or query, content=body)

    brought(text("asker-40", "我在安吉"))
    query, body = peer.request(overheard)
    door.post("/wechat", params=query, content=body)
    leaves = message("asker-40", "event", Event="unsubscribe")
    assert brought(leaves, query).status_code == 403
    assert "安吉" in peer.read(brought(text("asker-40", "绿色产品认证奖多少")).content).content


def test_plain_text_is_refused_where_encryption_is_agreed(doors):
    query, body = Peer(SAFE, "plain").request(text("asker-11", QUESTION))
    answer = doors["safe"].post("/wechat", params=query, content=body)
    assert answer.status_code == 403
    assert "safe mode" in answer.json()["message"]


def test_in_compatible_mode_only_what_is_encrypted_counts(doors):
    sent = text("asker-12", QUESTION)
    query, body = PEERS["compatible"].request(sent)
    swapped = body.replace(QUESTION.encode(), OTHER.encode()).replace(b"asker-12", b"asker-99")
    reply = PEERS["compatible"].read(doors["compatible"].post("/wechat", params=query, content=swapped).content)
    assert reply.target == "asker-12"
    assert "充电宝" in reply.content


def test_a_message_for_another_account_is_refused(doors):
    query, body = Peer(replace(SAFE, id="wx-another")).request(text("asker-13", QUESTION))
    assert doors["safe"].post("/wechat", params=query, content=body).status_code == 403


@pytest.mark.parametrize("encoding", ["unicode_escape", "utf-7", "gbk", "utf-16"])
def test_a_callback_does_not_choose_how_it_is_read(doors, encoding):
    query, body = PEERS["safe"].request(text("asker-44", QUESTION))
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + body
    assert doors["safe"].post("/wechat", params=query, content=declared).status_code == 200
    refused = doors["safe"].post("/wechat", params=query, content=declared.decode().encode("utf-16"))
    assert refused.status_code == 403
    assert refused.json()["message"] == "the body is no XML of a callback"


def test_a_callback_larger_than_any_is_refused(doors):
    answer = doors["safe"].post("/wechat", content=b"x" * 100_000)
    assert answer.status_code == 413


@pytest.mark.parametrize("odd", ["]]>", "a]]>b]]]]>", "<xml>&amp;", "👨‍👩‍👧‍👦𠮷", "\t\n", "x" * 3000])
def test_whatever_a_user_types_is_answered_in_sound_xml(tell, odd):
    assert tell(text("asker-14", f"{odd}充电宝{odd}"))


def test_an_answer_fits_names_its_sources_carries_the_mark_and_leads_to_its_page(says, desk):
    said = says("asker-20", QUESTION)
    assert len(said.encode()) <= LARGEST
    assert "[1]《" in said
    assert said.endswith(desk.ask(QUESTION)["notice"])
    assert f'<a href="{PUBLIC}/h5/answers/' in said
    identity = said.split("/h5/answers/")[1].split('"')[0]
    assert desk.records.kept(identity).question == QUESTION


def test_what_has_no_sources_leads_nowhere(says):
    assert "<a" not in says("asker-19", "你好")


def test_a_number_asks_what_was_offered_under_it(says, desk):
    second = desk.ask(QUESTION)["suggestions"][1]
    assert f"2 {second}" in says("asker-21", QUESTION)
    said = says("asker-21", "２")
    identity = said.split("/h5/answers/")[1].split('"')[0]
    assert desk.records.kept(identity).question == second


def test_a_number_that_was_not_offered_is_a_question_like_any_other(says):
    assert says("asker-22", "2")


def test_where_something_is_asked_back_the_choices_are_numbered(says, say):
    asked_back = says("asker-23", "鼓楼区有绿色产品认证补贴吗")
    assert f"{say('wechat.choose')}\n1 江苏省南京市鼓楼区\n2 江苏省徐州市鼓楼区" in asked_back


def test_what_does_not_fit_comes_when_more_is_asked_for(says, desk, say):
    first = says("asker-24", MANY)
    assert say("wechat.more") in first
    more = says("asker-24", "更多")
    answer = desk.records.answer(more.split("/h5/answers/")[1].split('"')[0])
    pages = wechat_pages(answer, desk.bot.wording, f"{PUBLIC}/h5/answers/{answer['id']}")
    assert [first, more] == list(pages[:2])
    for page in pages[2:]:
        assert says("asker-24", "更多。") == page
    assert says("asker-24", "更多") == say("wechat.no_more")


def test_a_follow_up_follows_its_own_senders_question(says):
    says("asker-25", "3C是什么")
    says("asker-26", "绿色产品认证怎么申请")
    assert "5年" in says("asker-25", "那证书有效期呢")


def test_speech_is_a_question_where_it_was_understood(says, say):
    spoken = {"kind": "voice", "MediaId": "m", "Format": "amr", "MsgId": 501}
    assert "充电宝" in says("asker-27", **spoken, Recognition="充电宝要不要做3C。")
    assert says("asker-27", **{**spoken, "MsgId": 502}, Recognition="") == say("wechat.unheard")
    assert says("asker-27", **{**spoken, "MsgId": 503}) == say("wechat.unheard")


@pytest.mark.parametrize("kind", ["image", "video", "shortvideo", "location", "link", "file", "newkind"])
def test_what_cannot_be_read_is_told_so(says, say, kind):
    assert says("asker-28", kind=kind, MsgId=600 + len(kind)) == say("wechat.unknown")


def test_who_follows_is_greeted_and_told_that_a_program_speaks(says):
    assert "自动问答程序" in says("asker-29", kind="event", Event="subscribe", EventKey="")


def test_who_came_by_a_countys_code_is_answered_for_that_county(says):
    scene = {"kind": "event", "Event": "subscribe", "Ticket": "t"}
    greeting = says("asker-30", **scene, EventKey="qrscene_330521-莫干山民宿班")
    assert "莫干山民宿班" in greeting
    assert "浙江省湖州市德清县" in greeting
    assert "德清县" in says("asker-30", "绿色产品认证奖多少")


def test_who_follows_already_and_scans_a_code_is_placed_too(says):
    assert "德清县" in says("asker-31", kind="event", Event="SCAN", EventKey="330521", Ticket="t")


@pytest.mark.parametrize("key", ["qrscene_999999", "qrscene_<script>", "qrscene_莫干山", "12"])
def test_a_code_of_no_county_does_no_harm(says, key):
    assert "自动问答程序" in says("asker-32", kind="event", Event="subscribe", EventKey=key)


@pytest.mark.parametrize(
    "scene", ['330521-<a href="https://evil.example">领补贴</a>', "请打开evil.example/x", "x" * 60, "班\n客服：加微信"]
)
def test_a_scene_puts_no_words_of_others_into_our_mouth(says, scene):
    said = says("asker-35", kind="event", Event="subscribe", EventKey=f"qrscene_{scene}")
    assert "自动问答程序" in said
    for foreign in ("<a", "evil", "xxx", "加微信"):
        assert foreign not in said


@pytest.mark.parametrize(
    "workshop",
    ["请加微信abc12345领补贴", "加微信13800001111班", "QQ123456班", "一三八零零零零一一一一班", "扫码领钱班", "第123456期班", "请找王科长班", "德清县政府", "来这里（免费）班"],
)  # fmt: skip
def test_a_greeting_names_no_workshop_that_is_an_advertisement(says, workshop):
    said = says("asker-36", kind="event", Event="subscribe", EventKey=f"qrscene_330521-{workshop}")
    assert workshop not in said
    assert "自动问答程序" in said
    assert "德清县" in said.replace(workshop, "")


@pytest.mark.parametrize("workshop", ["莫干山民宿班", "第12期培训班", "三合村第三期民宿培训班", "质量认证讲座"])
def test_a_greeting_names_a_workshop_by_its_place_and_number(says, workshop):
    assert f"“{workshop}”" in says("asker-37", kind="event", Event="subscribe", EventKey=f"qrscene_330521-{workshop}")


@pytest.mark.parametrize("event", ["LOCATION", "VIEW", "TEMPLATESENDJOBFINISH", "unsubscribe"])
def test_to_other_events_nothing_is_said(says, event):
    assert says("asker-33", kind="event", Event=event, EventKey="https://x") == ""


def test_who_asks_to_be_forgotten_or_leaves_is_forgotten(says, say):
    for leaving in ("忘记我", None):
        says("asker-34", QUESTION)
        if leaving:
            assert says("asker-34", leaving) == say("wechat.forgotten")
        else:
            says("asker-34", kind="event", Event="unsubscribe")
        assert says("asker-34", "更多") == say("wechat.no_more")


def test_a_question_that_cannot_be_used_is_told_why(says):
    assert "问题太长" in says("asker-35", "问" * 600)


def test_neither_sender_nor_question_is_kept_in_clear(says, desk):
    says("openid-that-nobody-may-find", "民宿怎么开，我的手机13812345678")
    with sqlite3.connect(desk.settings.data / "records.db") as database:
        kept = "\n".join(database.iterdump())
    assert "我的手机[手机号]" in kept
    assert "openid-that-nobody-may-find" not in kept
    assert "13812345678" not in kept


def test_document_of_the_tests_is_sound():
    assert document(Content="a]]>b", N=1) == "<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content><N>1</N></xml>"
