"""WeChat's interfaces, called as it wants them called; the other side is a small WeChat that knows its tokens."""

import json
from dataclasses import replace

import httpx
import pytest

from bot.channels._wechat.calls import UNREACHED, UNVERIFIED, Declined, OfficialAccount, Push, WeComApp
from bot.channels._wechat.envelope import Incoming
from tests.wechat.peer import SAFE, WECOM

MESSAGE = Incoming("m", "a", "openid-1", "gh_1", "text", 1)


class Platform:
    """Gives out tokens, takes what is sent with the last one, declines with a code if told to."""

    def __init__(self):
        self.granted, self.took, self.code, self.reached = 0, [], 0, True

    def __call__(self, request):
        if not self.reached:
            raise httpx.ConnectError("unreachable", request=request)
        body = json.loads(request.content) if request.content else {}
        if request.url.path.endswith(("stable_token", "gettoken")):
            told = {**dict(request.url.params), **body}
            if told.get("secret", told.get("corpsecret")) != "secret":
                return httpx.Response(200, json={"errcode": 40125, "errmsg": "invalid appsecret"})
            self.granted += 1
            return httpx.Response(200, json={"access_token": f"token-{self.granted}", "expires_in": 7200})
        if request.url.params["access_token"] != f"token-{self.granted}":
            return httpx.Response(200, json={"errcode": 42001, "errmsg": "access_token expired"})
        if self.code:
            return httpx.Response(200, json={"errcode": self.code, "errmsg": "no"})
        self.took.append((request.url.path, dict(request.url.params), request.content.decode()))
        return httpx.Response(200, json={"errcode": 0, "errmsg": "ok"})


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
def interface(platform):
    def made(kind=OfficialAccount, account=SAFE, secret="secret", agent="1000002"):
        client = httpx.Client(base_url=kind.ADDRESS, transport=httpx.MockTransport(platform))
        return kind(replace(account, secret=secret, agent=agent), client)

    return made


def test_a_text_is_sent_unescaped_with_a_token_fetched_once(platform, interface):
    account = interface()
    account.send(MESSAGE, "您好")
    account.send(MESSAGE, "再见")
    assert platform.granted == 1
    path, _, content = platform.took[0]
    assert path == "/cgi-bin/message/custom/send"
    assert json.loads(content) == {"touser": "openid-1", "msgtype": "text", "text": {"content": "您好"}}
    assert "您好" in content


def test_a_members_text_names_the_app(platform, interface):
    interface(WeComApp, WECOM).send(replace(MESSAGE, sender="zhangsan"), "您好")
    path, _, content = platform.took[0]
    assert path == "/cgi-bin/message/send"
    assert json.loads(content)["agentid"] == 1000002


def test_a_token_that_is_worn_out_is_replaced(platform, interface):
    account = interface()
    account.send(MESSAGE, "一")
    platform.granted += 1  # somebody else had a new one made
    account.send(MESSAGE, "二")
    assert len(platform.took) == 2


def test_the_menu_of_an_app_names_the_app_too(platform, interface):
    interface(WeComApp, WECOM).put_up({"button": []})
    assert platform.took[0][1]["agentid"] == "1000002"


@pytest.mark.parametrize(("code", "advice"), [(48001, "verified"), (40164, "IP白名单"), (45047, "five"), (1, "no")])
def test_what_is_declined_says_what_to_do(platform, interface, code, advice):
    platform.code = code
    with pytest.raises(Declined, match=advice):
        interface().send(MESSAGE, "您好")


def test_a_wrong_secret_is_told(interface):
    with pytest.raises(Declined, match="AppSecret"):
        interface(secret="wrong").send(MESSAGE, "您好")


def test_a_push_tells_how_it_was_taken(platform, interface):
    push = Push(interface().send)
    assert push(MESSAGE, "您好") == 0
    platform.code = 45015
    assert push(MESSAGE, "您好") == 45015
    platform.code = 0
    assert push(MESSAGE, "您好") == 0
    platform.reached = False
    assert push(MESSAGE, "您好") == UNREACHED


def test_an_account_that_may_not_send_is_asked_once(platform, interface):
    push = Push(interface().send)
    platform.code = UNVERIFIED
    assert push(MESSAGE, "您好") == UNVERIFIED
    platform.code = 0
    assert push(MESSAGE, "您好") == UNVERIFIED
    assert platform.took == []
