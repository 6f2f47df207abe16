"""WeChat's and WeCom's own interfaces, called with an access token: send a message later, put up the menu.

Sources: developers.weixin.qq.com (getStableAccessToken, custom/send, menu/create), developer.work.weixin.qq.com (gettoken, message/send).
"""

import json
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import httpx

from bot.channels._wechat.envelope import Incoming
from settings import Account

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that an interface may take."""
EARLY = 60
"""Seconds before its end that a token is not used any more."""
WORN = (40001, 40014, 42001)
"""Codes of a token that is used up."""
UNVERIFIED = 48001
UNREACHED = -1
ADVICE = {
    40013: "the AppID is wrong",
    40125: "the AppSecret is wrong: copy it from the console",
    40164: "this server's address is not on the list: add it in the console (IP白名单)",
    45015: "the user wrote more than 48 hours ago: nothing can be sent until they write again",
    45047: "five messages were sent since the user last wrote: nothing can be sent until they write again",
    UNVERIFIED: "the account may not do this: only a verified one (已认证) may",
    60020: "this server's address is not on the list: add it in the app's settings (企业可信IP)",
}


class Declined(RuntimeError):
    """An interface said no. `code` is WeChat's errcode."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"WeChat declined with {code}: {ADVICE.get(code, message)}")
        self.code = code


class Interface(ABC):
    """The interfaces of one account. Safe for many threads. Several processes may call: the tokens they get are the same."""

    ADDRESS = ""

    def __init__(self, account: Account, client: httpx.Client | None = None) -> None:
        self._account, self._client = account, client or httpx.Client(base_url=self.ADDRESS, timeout=PATIENCE)
        self._lock, self._token, self._until = Lock(), "", 0.0

    def call(self, path: str, body: Mapping[str, Any], **query: str) -> dict[str, Any]:
        """Calls an interface with a token; one that is worn out is replaced once. Raises Declined, httpx.HTTPError."""
        answer = self._called(path, body, query)
        if answer.get("errcode") in WORN:
            self._until = 0.0
            answer = self._called(path, body, query)
        return _accepted(answer)

    @abstractmethod
    def send(self, incoming: Incoming, text: str) -> None:
        """Sends a text to a message's sender, after the reply. Raises Declined, httpx.HTTPError."""

    def put_up(self, menu: Mapping[str, Any]) -> None:
        """Replaces the menu. Raises Declined, httpx.HTTPError."""
        self.call("/cgi-bin/menu/create", menu)

    @abstractmethod
    def _granted(self) -> httpx.Response:
        """The answer that holds a token."""

    def _called(self, path: str, body: Mapping[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
        content = json.dumps(body, ensure_ascii=False).encode()  # escapes would be counted, and shown in menus
        answer = self._client.post(path, content=content, params={"access_token": self._access(), **query})
        return dict(answer.raise_for_status().json())

    def _access(self) -> str:
        with self._lock:
            if time.time() > self._until:
                granted = _accepted(self._granted().raise_for_status().json())
                self._token, self._until = granted["access_token"], time.time() + granted["expires_in"] - EARLY
            return self._token


class OfficialAccount(Interface):
    """公众号."""

    ADDRESS = "https://api.weixin.qq.com"

    def send(self, incoming: Incoming, text: str) -> None:
        self.call("/cgi-bin/message/custom/send", {"touser": incoming.sender, **_text(text)})

    def _granted(self) -> httpx.Response:
        """The stable token: the same for all who ask, so that no server makes another's token invalid."""
        asked = {"grant_type": "client_credential", "appid": self._account.id, "secret": self._account.secret}
        return self._client.post("/cgi-bin/stable_token", json=asked)


class WeComApp(Interface):
    """企业微信自建应用."""

    ADDRESS = "https://qyapi.weixin.qq.com"

    def send(self, incoming: Incoming, text: str) -> None:
        self.call(
            "/cgi-bin/message/send", {"touser": incoming.sender, "agentid": int(self._account.agent), **_text(text)}
        )

    def put_up(self, menu: Mapping[str, Any]) -> None:
        self.call("/cgi-bin/menu/create", menu, agentid=self._account.agent)

    def _granted(self) -> httpx.Response:
        asked = {"corpid": self._account.id, "corpsecret": self._account.secret}
        return self._client.get("/cgi-bin/gettoken", params=asked)


class CustomerService(WeComApp):
    """微信客服 of a firm at WeCom."""

    def fetch(self, kf: str, ring: str, cursor: str) -> dict[str, Any]:
        """Messages after a cursor, with the next one: `msg_list`, `next_cursor`, `has_more`. Raises Declined, httpx.HTTPError."""
        return self.call("/cgi-bin/kf/sync_msg", {"open_kfid": kf, "token": ring, "cursor": cursor, "limit": 1000})

    def answer(self, incoming: Incoming, text: str) -> None:
        """Sends the reply to a message; its id keeps it from being sent twice. Raises Declined, httpx.HTTPError."""
        self._sent(incoming, text, incoming.id[:32])

    def send(self, incoming: Incoming, text: str) -> None:
        self._sent(incoming, text, incoming.id[32:])

    def welcome(self, code: str, text: str) -> None:
        """Greets who just came in: within 20 seconds, once a code. Raises Declined, httpx.HTTPError."""
        self.call("/cgi-bin/kf/send_msg_on_event", {"code": code, **_text(text)})

    def _sent(self, incoming: Incoming, text: str, identity: str) -> None:
        message = {"touser": incoming.sender, "open_kfid": incoming.account, "msgid": identity, **_text(text)}
        self.call("/cgi-bin/kf/send_msg", message)


class Push:
    """Sends texts and gives WeChat's code, 0 for sent. At most one after each reply is sent, where WeChat allows five."""

    def __init__(self, send: Callable[[Incoming, str], None]) -> None:
        self._send, self._may = send, True

    def __call__(self, incoming: Incoming, text: str) -> int:
        """Sends to the sender of a message; an account that may not is asked only once."""
        if not self._may:
            return UNVERIFIED
        try:
            self._send(incoming, text)
        except Declined as error:
            self._may = error.code != UNVERIFIED
            log.warning("an answer was not sent: %s", error)
            return error.code
        except httpx.HTTPError as error:
            log.warning("an answer was not sent, WeChat was not reached: %s", error)
            return UNREACHED
        return 0


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text}}


def _accepted(answer: dict[str, Any]) -> dict[str, Any]:
    if answer.get("errcode"):
        raise Declined(int(answer["errcode"]), str(answer.get("errmsg", "")))
    return answer
