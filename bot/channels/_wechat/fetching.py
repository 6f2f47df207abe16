"""WeChat customer service only rings; the messages are fetched, each is answered once, and the answer is sent.

Of several processes that hear a ring one fetches at a time, under a lease. The cursor moves on when all before it are answered and sent, so
what a kill left undone is fetched again. Source: developer.work.weixin.qq.com/document/path/94670 (sync_msg), 94677 (send_msg), 95122.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.channels._wechat.calls import UNREACHED, CustomerService, Push
from bot.channels._wechat.crypto import keyed_hash
from bot.channels._wechat.delivery import Clock, Delivery
from bot.channels._wechat.envelope import Incoming
from bot.records.messages import Messages

log = logging.getLogger(__name__)

CUSTOMER = 3
"""`origin` of what a customer sent; others are staff and system."""
OLDEST = 600.0
"""Seconds after which a message is not answered any more: without a cursor WeChat gives those of three days."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it was fetched, and how its reply is sent."""

    incoming: Incoming
    send: Callable[[Incoming, str], None]


class Fetcher:
    """Fetches what customers wrote and sends what is said to it."""

    def __init__(
        self, token: str, interface: CustomerService, messages: Messages, delivery: Delivery, clock: Clock | None = None
    ) -> None:
        self._token, self._interface, self._messages = token, interface, messages
        self._delivery, self._clock = delivery, clock or Clock()

    async def rung(self, kf: str, ring: str) -> None:
        """Fetches and answers all that is new to an account of customer service. Raises Declined, httpx.HTTPError."""
        lock, now = keyed_hash(self._token, "kf", "lock", kf), time.time()
        standing = await asyncio.to_thread(self._messages.arrive, lock, kf, now, self._clock.lease)
        while not standing.mine:
            await asyncio.sleep(self._clock.look)
            standing = await asyncio.to_thread(self._messages.take, lock, time.time(), self._clock.lease)
        held = asyncio.create_task(self._hold(lock))
        try:
            await self._fetch(kf, ring)
        finally:
            held.cancel()
            await asyncio.to_thread(self._messages.renew, lock, 0.0)

    async def _hold(self, lock: str) -> None:
        while True:
            await asyncio.to_thread(self._messages.renew, lock, time.time() + self._clock.lease)
            await asyncio.sleep(self._clock.renewal)

    async def _fetch(self, kf: str, ring: str) -> None:
        place = keyed_hash(self._token, "kf", "cursor", kf)
        cursor, more = (await asyncio.to_thread(self._messages.state, place)).get("cursor", ""), True
        while more:
            page = await asyncio.to_thread(self._interface.fetch, kf, ring, cursor)
            found = filter(None, (self._read(one, kf) for one in page["msg_list"]))
            codes = await asyncio.gather(*map(self._answered, found))
            if UNREACHED in codes:
                log.error("WeChat was not reached, what could not be sent is fetched again at the next message")
                return
            cursor, more = page["next_cursor"], bool(page["has_more"])
            await asyncio.to_thread(self._messages.remember, place, time.time(), {"cursor": cursor})

    async def _answered(self, fetched: Fetched) -> int:
        """Answers a message and sends the reply unless that was done before; the code, 0 for sent."""
        incoming, reply = fetched.incoming, None
        while reply is None:
            reply = await self._delivery.reply(incoming)
        code = await asyncio.to_thread(self._messages.pushed, incoming.id)
        if code is None and reply.text:
            code = await asyncio.to_thread(Push(fetched.send), incoming, reply.text)
            if code != UNREACHED:
                await asyncio.to_thread(self._messages.push, incoming.id, code)
        return code or 0

    def _read(self, one: Mapping[str, Any], kf: str) -> Fetched | None:
        """A fetched message, if it is to be answered; of events only that a customer came in, and may be greeted."""
        event = one.get("event", {})
        user, at = one.get("external_userid") or event.get("external_userid", ""), int(one.get("send_time", 0))
        code, kind = event.get("welcome_code", ""), one.get("msgtype", "")
        if time.time() - at > OLDEST or not (code if kind == "event" else one.get("origin") == CUSTOMER):
            return None
        identity, asker = keyed_hash(self._token, "kf", user, code or one["msgid"]), keyed_hash(self._token, "kf", user)
        text = one.get("text", {}).get("content", "")
        key = event.get("scene_param") or event.get("scene", "")
        incoming = Incoming(identity, asker, user, kf, kind, at, text, "subscribe" if code else "", key)
        return Fetched(incoming, partial(self._welcome, code) if code else self._interface.answer)

    def _welcome(self, code: str, _incoming: Incoming, text: str) -> None:
        self._interface.welcome(code, text)
