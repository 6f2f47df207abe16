"""Real HTTP, as a proxy or a browser would send it."""

from contextlib import contextmanager

import httpx

from bot.server import api
from settings import LOOPBACK
from tests.serving import serving

QUESTION = {"question": "绿色产品认证证书有效期几年"}
DOORS = {
    "/api/ask": QUESTION,
    "/api/stream": QUESTION,
    "/v1/chat/completions": {"messages": [{"role": "user", "content": QUESTION["question"]}]},
}
"""Doors that take a question, each with one."""


@contextmanager
def opened(desk, proxies=LOOPBACK, **headers):
    """A client of the API over a reception, served as ui.py serves it."""
    served = serving(api(desk), proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies))
    with served as address, httpx.Client(base_url=address, headers=headers, timeout=30) as client:
        yield client
