"""The two routes of a door: WeChat's check of the address, and the messages."""

import logging
import time
from collections.abc import Callable

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse

from bot.channels._wechat.delivery import Clock, Delivery
from bot.channels._wechat.envelope import LARGEST, Envelope, Incoming, Refused
from bot.channels._wechat.speaking import Speaker
from bot.reception import Reception
from settings import Account

log = logging.getLogger(__name__)

NOTHING = PlainTextResponse("success")
"""What WeChat wants to hear where there is nothing to say to the user."""


def door(
    channel: str,
    account: Account,
    reception: Reception,
    push: Callable[[Incoming, str], int] | None = None,
    clock: Clock | None = None,
) -> APIRouter:
    """Routes under /{channel} for one account."""
    envelope, speaker = Envelope(channel, account), Speaker.of(reception)
    delivery = Delivery(reception.records.messages, speaker, push, clock)
    routes = checked(envelope)

    @routes.post(f"/{channel}")
    async def receive(request: Request) -> Response:
        """A message or event; the reply is what is said to its sender."""
        body = await request.body()
        try:
            incoming = envelope.open(request.query_params, body, time.time())
            if not envelope.box:  # before anything is done or forgotten
                await delivery.vouch(incoming, request.query_params["signature"])
            if incoming.event == "unsubscribe":
                await delivery.forget(incoming)
            if not speaker.speaks(incoming):
                return NOTHING
            reply = await delivery.reply(incoming)
        except Refused as error:
            raise forbidden(channel, error) from error
        if reply is None:
            raise HTTPException(503, "no answer in time: the next attempt will get it")
        return Response(envelope.seal(incoming, reply), media_type="text/xml") if reply.text else NOTHING

    return routes


def checked(envelope: Envelope) -> APIRouter:
    """Routes that know the check of the address when it is entered in WeChat's console."""
    channel = envelope.channel
    routes = APIRouter(tags=[channel], max_body_size=LARGEST)

    @routes.get(f"/{channel}", response_class=PlainTextResponse)
    def check(request: Request) -> PlainTextResponse:
        """Says back what the console wants to hear."""
        try:
            return PlainTextResponse(envelope.echo(request.query_params, time.time()))
        except Refused as error:
            raise forbidden(channel, error) from error

    return routes


def forbidden(channel: str, error: Refused) -> HTTPException:
    """The answer to a callback that is refused; whoever runs the server reads why in the log."""
    log.warning("a callback to /%s was refused: %s", channel, error)
    return HTTPException(403, str(error))
