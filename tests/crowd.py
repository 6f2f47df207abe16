"""`make crowd` (python -m tests.crowd): 500 conversations, a question each 30 s, for five minutes; then 500 questions at once.

They come by the API to `ui.py` and one `python -m bot serve` over one data folder, in turn as a proxy would send them. Told: what became of the
questions, how long they took, and the resident memory of both processes minute by minute.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

import httpx

from corpus.load import load
from index import store
from index.embedding import embedder
from settings import CHECKOUT, Settings
from tests.wechat.soak import questions

COMMANDS = (("ui.py",), ("-m", "bot", "serve"))
PAUSE = 30.0
"""Seconds between two questions of one conversation."""
MINUTE = 60.0
TURNS = 3
"""Questions of a conversation before another begins."""


class Server:
    """A process that serves, on a port of its own."""

    def __init__(self, command, data):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("CERTGUIDE_")}
        environment |= {"CERTGUIDE_DATA": str(data), "CERTGUIDE_PORT": port, "CERTGUIDE_LOG_LEVEL": "warning"}
        self.process = subprocess.Popen([sys.executable, *command], cwd=CHECKOUT, env=environment)

    async def ready(self):
        async with httpx.AsyncClient() as client:
            while True:
                assert self.process.poll() is None, "the server ended before it served"
                try:
                    if (await client.get(f"{self.address}/api/ready")).is_success:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)

    def resident(self):
        """MB of resident memory (VmRSS of proc(5))."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Crowd:
    """Those who ask: what became of each question and how long it took."""

    def __init__(self, servers, texts):
        self.addresses, self.texts = cycle(server.address for server in servers), cycle(texts)
        self.client = httpx.AsyncClient(limits=httpx.Limits(max_connections=1000), timeout=60)
        self.became, self.took = Counter(), []

    async def ask(self, session=None):
        """One question; the session to go on with."""
        began = time.monotonic()
        body = {"question": next(self.texts), "session": session}
        try:
            reply = await self.client.post(f"{next(self.addresses)}/api/ask", json=body)
        except httpx.HTTPError as error:
            self.became[type(error).__name__] += 1
            return None
        busy = reply.status_code == 503 and "Retry-After" in reply.headers
        self.became["told busy" if busy else reply.status_code] += 1
        if not reply.is_success:
            return session
        self.took.append(time.monotonic() - began)
        return reply.json()["session"]

    async def converse(self, first, until):
        """A conversation that begins after some seconds and asks at a steady pace, with another topic every few turns."""
        session, turn, at = None, 0, time.monotonic() + first
        while at < until:
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            session = await self.ask(session if turn % TURNS else None)
            turn, at = turn + 1, at + PAUSE

    def told(self):
        """What became of the questions since this was told last."""
        took, became = sorted(self.took), dict(self.became)
        self.took, self.became = [], Counter()
        cuts = statistics.quantiles(took, n=20)
        return {"became": became, "p50": round(cuts[9], 2), "p95": round(cuts[18], 2), "most": round(took[-1], 2)}


async def memory(servers, minutes):
    """MB of all servers at the end of each minute, the mean of its last ten seconds."""
    told = []
    for _ in range(minutes):
        await asyncio.sleep(MINUTE - 10)
        seen = []
        for _ in range(10):
            await asyncio.sleep(1)
            seen.append([server.resident() for server in servers])
        told.append([round(statistics.mean(of)) for of in zip(*seen, strict=True)])
    return told


async def crowd(servers, texts, people, minutes):
    """Conversations for some minutes, then as many questions at once; all figures."""
    await asyncio.gather(*(server.ready() for server in servers))
    asking, pace = Crowd(servers, texts), random.Random(0)
    until = time.monotonic() + minutes * MINUTE
    conversations = (asking.converse(pace.uniform(0, PAUSE), until) for _ in range(people))
    megabytes, *_ = await asyncio.gather(memory(servers, minutes), *conversations)
    steady = asking.told()
    await asyncio.gather(*(asking.ask() for _ in range(people)))
    totals = [sum(each) for each in megabytes]
    grown = {"MB by minute": megabytes, "grown by %": round(100 * (totals[-1] / totals[0] - 1), 1)}
    return {"conversations": steady, **grown, "at once": asking.told()}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.crowd", description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument("--data", type=Path, help="a folder with an index to go on with; built anew otherwise")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        settings = Settings(data=chosen.data or Path(folder))
        store.build(settings.index, load(settings.corpus), embedder(settings.embedder, settings.data))
        servers = [Server(command, settings.data) for command in COMMANDS]
        for server in servers:
            stack.callback(server.stop)
        texts = questions(10_000, random.Random(0))
        print(json.dumps(asyncio.run(crowd(servers, texts, chosen.people, chosen.minutes)), indent=1))


if __name__ == "__main__":
    main()
