"""Real HTTP, as a proxy or a browser would send it."""

import io
import logging
import sys
from contextlib import contextmanager

import httpx
import pytest

from bot.public import logs
from bot.server import api
from settings import LOOPBACK, Settings
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


@pytest.fixture
def begun(tmp_path):
    """Logging as the server has it, into a text; as it was again afterwards."""
    root, told = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    levels, printed = {name: logging.getLogger(name).level for name in logs.OURS}, sys.stderr

    def begins(**changes):
        logs.begin(Settings(data=tmp_path, **changes), "the secret of tokens", told)
        return told

    yield begins
    sys.stderr = printed
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
