"""/metrics, and what runs beside the requests as long as the server does: enough threads, and the sweeping of what is old."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from bot import metrics
from bot.capacity import THREADS
from bot.public.callers import bearer, local
from bot.reception import Reception

SWEEP_EVERY = 3600
"""Seconds."""


def router(reception: Reception) -> APIRouter:
    """The route /metrics, with a lifespan."""

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        sweeping = asyncio.create_task(_sweep(reception))
        yield
        sweeping.cancel()

    routes = APIRouter(lifespan=lifespan)
    token = reception.settings.metrics_token

    @routes.get("/metrics", include_in_schema=False)
    def show(request: Request) -> Response:
        """Numbers for Prometheus: for this machine, and for whoever has the token."""
        if not local(request) and not (token and hmac.compare_digest(bearer(request).encode(), token.encode())):
            raise HTTPException(404)
        return Response(metrics.exposed(), media_type=metrics.CONTENT_TYPE)

    return routes


async def _sweep(reception: Reception) -> None:
    while True:
        await run_in_threadpool(reception.sweep)
        await asyncio.sleep(SWEEP_EVERY)
