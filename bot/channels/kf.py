"""WeChat customer service of a firm at WeCom (微信客服) at /kf, for anybody in WeChat. Shut unless CERTGUIDE_KF_TOKEN is set."""

import asyncio
import logging
import time
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from bot.channels._wechat.calls import CustomerService, Push
from bot.channels._wechat.delivery import Clock, Delivery
from bot.channels._wechat.door import NOTHING, checked, forbidden
from bot.channels._wechat.envelope import Envelope, Refused
from bot.channels._wechat.fetching import Fetcher
from bot.channels._wechat.speaking import Speaker
from bot.reception import Reception
from settings import Account

log = logging.getLogger(__name__)


def router(reception: Reception) -> APIRouter:
    """The routes of the account in the settings; none without one."""
    account = reception.settings.kf
    return ringing(account, reception, CustomerService(account)) if account else APIRouter()


def ringing(
    account: Account, reception: Reception, interface: CustomerService, clock: Clock | None = None
) -> APIRouter:
    """The routes under /kf: a ring is answered at once, and what it rang for is fetched."""
    envelope, messages = Envelope("kf", account), reception.records.messages
    delivery = Delivery(messages, Speaker.of(reception), Push(interface.send), clock)
    fetcher, running = Fetcher(account.token, interface, messages, delivery, clock), set[asyncio.Task[None]]()
    routes = checked(envelope)

    @routes.post("/kf", response_class=PlainTextResponse)
    async def ring(request: Request) -> PlainTextResponse:
        """There are messages to fetch."""
        try:
            fields = envelope.fields(request.query_params, await request.body(), time.time())
        except Refused as error:
            raise forbidden("kf", error) from error
        if fields.get("Event") == "kf_msg_or_event":
            task = asyncio.create_task(fetcher.rung(fields.get("OpenKfId", ""), fields.get("Token", "")))
            running.add(task)
            task.add_done_callback(partial(_ended, running))
        return NOTHING

    return routes


def _ended(running: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
    running.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.error("messages could not be fetched, they are at the next ring", exc_info=error)
