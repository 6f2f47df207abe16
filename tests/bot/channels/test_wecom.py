"""The door to a WeCom app: always encrypted, for members of a firm."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.server import api
from tests.wechat.peer import SAFE, WECOM, Peer, message, text

PEER = Peer(WECOM, wecom=True)
QUESTION = "充电宝要不要做3C"


@pytest.fixture(scope="module")
def door(desk):
    settings = replace(desk.settings, wecom=WECOM, wechat=replace(SAFE, token=WECOM.token))
    with TestClient(api(replace(desk, settings=settings))) as client:
        yield client


@pytest.fixture
def post(door):
    def posts(sent, peer=PEER, path="/wecom", **changed):
        query, body = peer.request(sent)
        return door.post(path, params=query | changed, content=body)

    return posts


def test_the_check_of_the_address_hears_its_own_words_decrypted(door):
    answer = door.get("/wecom", params=PEER.check("1616140317555161061"))
    assert (answer.status_code, answer.text) == (200, "1616140317555161061")


def test_a_check_that_is_forged_or_not_encrypted_is_refused(door):
    sound = PEER.check("1616140317555161061")
    assert door.get("/wecom", params=sound | {"msg_signature": "0" * 40}).status_code == 403
    assert door.get("/wecom", params=sound | {"echostr": "AAAA"}).status_code == 403
    assert door.get("/wecom", params=Peer(WECOM).check("1616")).status_code == 403


def test_a_members_question_is_answered_encrypted(post):
    answer = post(text("zhangsan", QUESTION, AgentID=1000002))
    assert b"<Encrypt>" in answer.content
    reply = PEER.read(answer.content)
    assert reply.target == "zhangsan"
    assert "充电宝" in reply.content


def test_each_attempt_gets_the_same_bytes(post):
    sent = text("lisi", QUESTION, AgentID=1000002)
    assert post(sent).content == post(sent).content


def test_a_forgery_is_refused(post):
    assert post(text("wangwu", QUESTION), msg_signature="0" * 40).status_code == 403
    assert post(text("wangwu", QUESTION), Peer(replace(WECOM, id="ww-another"), wecom=True)).status_code == 403


def test_a_click_asks_its_question(post):
    click = message("zhaoliu", "event", Event="click", EventKey=QUESTION, AgentID=1000002)
    assert "充电宝" in PEER.read(post(click).content).content


def test_a_member_who_opens_the_app_is_greeted_the_first_time_only(post):
    def opens(at):
        return post(message("sunqi", "event", at, Event="enter_agent", EventKey="", AgentID=1000002))

    assert "自动问答程序" in PEER.read(opens(1_790_000_000).content).content
    assert opens(1_790_000_060).text == "success"


def test_a_member_and_a_follower_of_one_name_are_two(post):
    """Both accounts may have the same token: what one asker is offered is none of the other's business."""
    post(text("zhouba", QUESTION))
    said = Peer(SAFE).read(post(text("zhouba", "更多"), Peer(SAFE), "/wechat").content)
    assert "已经全部显示" in said.content
    said = Peer(SAFE).read(post(text("zhouba", "1"), Peer(SAFE), "/wechat").content)
    assert "3C认证步骤" not in said.content
