"""WeChat's servers, simulated: bring each message up to three times, 5.0 s apart, to whichever of the workers a proxy
before them finds alive; repeat, reorder, lose replies, forge, replay; and keep count. Workers can be killed meanwhile."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import httpx

from settings import CHECKOUT
from tests.wechat.peer import SAFE, Message, Peer
from tests.wechat.worker import PATH

ATTEMPTS, CUT = 3, 5.0
"""How often WeChat brings a message, and after how many seconds it cuts the line and brings it again."""
REPEATED, LOST = 0.15, 0.05
"""Shares of messages that are sent twice though they were answered, and whose reply is lost on the way."""


class Worker:
    """A process of the server, started, killed and started again on one port. `back`: seconds until it served again, each time."""

    def __init__(self, data, speed, embedder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.speed, self.deaths, self.back, self.process = speed, 0, [], None
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("CERTGUIDE_")},
            "CERTGUIDE_DATA": str(data),
            "CERTGUIDE_EMBEDDER": embedder,
        }

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [sys.executable, "-m", "tests.wechat.worker", str(self.port), str(self.speed)]
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=self.environment)

    async def ready(self):
        async with httpx.AsyncClient() as client:
            while True:
                assert self.process.poll() is None, "the worker ended before it served"
                try:
                    return (await client.get(f"{self.address}/api/health")).raise_for_status()
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    def kill(self):
        """As the kernel kills: nothing is tidied up."""
        self.deaths += 1
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.kill()
        self.process.wait()


@dataclass
class Outcome:
    """What became of a message: the bodies of all complete replies, how often it reached a server that lived on, seconds to the first reply."""

    message: Message
    bodies: list[bytes] = field(default_factory=list)
    brought: int = 0
    took: float = 0.0


@dataclass
class WeChat:
    """The simulated servers. `speed` as for the workers; `seed` makes a run repeatable but for timing."""

    workers: list[Worker]
    speed: float = 1.0
    seed: int = 0
    peer: Peer = field(default_factory=lambda: Peer(SAFE))
    outcomes: list[Outcome] = field(default_factory=list)
    refusals: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.rng = random.Random(self.seed)
        self.client = httpx.AsyncClient(limits=httpx.Limits(max_connections=200))

    @property
    def cut(self):
        return CUT * self.speed

    async def deliver(self, message):
        """Brings a message until it is answered, at most three times; then perhaps again, as duplicates come."""
        outcome = Outcome(message)
        self.outcomes.append(outcome)
        began = time.monotonic()
        for _ in range(ATTEMPTS):
            started = time.monotonic()
            if await self._attempt(outcome):
                outcome.took = outcome.took or time.monotonic() - began
                if self.rng.random() > LOST:
                    break  # else the reply was lost on the way: WeChat knows nothing of it
            await asyncio.sleep(max(0.0, started + self.cut - time.monotonic()))
        if self.rng.random() < REPEATED:
            await asyncio.gather(*(self._attempt(outcome) for _ in range(2)))

    async def _attempt(self, outcome):
        """One attempt at one of the workers; whether a complete reply came back in time."""
        worker, query, body = None, *self.peer.request(outcome.message)
        try:
            for worker in self.rng.sample(self.workers, len(self.workers)):  # as a proxy before them chooses
                deaths = worker.deaths
                with suppress(httpx.ConnectError):
                    answer = await self._post(worker, query, body)
                    break
            else:
                return False
        except httpx.TimeoutException:
            outcome.brought += worker.deaths == deaths
            return False
        except httpx.TransportError:  # killed in the midst of it
            return False
        outcome.brought += 1
        if answer.status_code == 200:
            outcome.bodies.append(answer.content)
        return answer.status_code == 200

    async def _post(self, worker, query, body):
        return await self.client.post(f"{worker.address}/{PATH}", params=query, content=body, timeout=self.cut)

    async def attack(self, message):
        """A forgery or a replay of a message; what came back is counted."""
        kind = self.rng.choice(list(FORGERIES))
        query, body = FORGERIES[kind](self, message)
        try:
            answer = await self._post(self.rng.choice(self.workers), query, body)
        except httpx.TransportError:
            return
        self.refusals[answer.status_code] += 1


def _wrong_token(chat, message):
    return Peer(replace(SAFE, token="guessed")).request(message)


def _wrong_account(chat, message):
    return Peer(replace(SAFE, id="wx-another")).request(message)


def _wrong_key(chat, message):
    return Peer(replace(SAFE, aes_key=SAFE.aes_key[::-1])).request(message)


def _replay(chat, message):
    return chat.peer.request(message, time.time() - chat.rng.randint(400, 90_000))


def _unsigned(chat, message):
    query, body = chat.peer.request(message)
    return {**query, "msg_signature": f"{chat.rng.getrandbits(160):040x}"}, body


def _other_body(chat, message):
    query, _ = chat.peer.request(message)
    return query, chat.peer.request(message)[1]


def _plain(chat, message):
    return Peer(SAFE, "plain").request(message)


FORGERIES = {
    "wrong token": _wrong_token,
    "wrong account": _wrong_account,
    "wrong key": _wrong_key,
    "replay": _replay,
    "unsigned": _unsigned,
    "another body": _other_body,
    "plain": _plain,
}


async def killing(workers, rng, pause, most):
    """Kills a worker at random moments and starts it again, so often at most."""
    for _ in range(most):
        await asyncio.sleep(rng.uniform(*pause))
        worker = rng.choice(workers)
        worker.kill()
        await asyncio.sleep(rng.uniform(0, 1))
        began = time.monotonic()
        worker.start()
        await worker.ready()
        worker.back.append(time.monotonic() - began)


@asynccontextmanager
async def serving(data, speed, embedder="hashing", number=2):
    """Workers over one database, up and running."""
    workers = [Worker(data, speed, embedder) for _ in range(number)]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            await worker.ready()
        yield workers
    finally:
        for worker in workers:
            worker.stop()


async def flood(chat, messages, at_once, attacks=0.05):
    """Brings messages, so many at a time, in another order than they were written; forgeries among them."""
    gate = asyncio.Semaphore(at_once)

    async def one(message):
        async with gate:
            if chat.rng.random() < attacks:
                await chat.attack(message)
            await chat.deliver(message)

    shuffled = chat.rng.sample(messages, len(messages))
    await asyncio.gather(*(one(message) for message in shuffled))
