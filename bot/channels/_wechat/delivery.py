"""One reply a message, whichever attempt gets it and whichever process writes it, within the time that WeChat gives.

WeChat waits 5 seconds for a response, then cuts the line and brings the message again, three times in all. So the first attempt starts a job
and every attempt waits for it; what is not written in time is replaced by what is (a quoted answer), so that nobody has to ask twice.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from bot.channels._wechat.envelope import Incoming, Refused
from bot.channels._wechat.speaking import Said, Speaker
from bot.records.messages import Messages, Reply

log = logging.getLogger(__name__)

T = TypeVar("T")

ATTEMPTS = 3
QUICK_WRITERS = 2
"""Messages that are answered at a time, in threads of their own: the database is never waited for behind them. With four, 15 messages a second
had their reply after 1.6 s instead of 0.6 s (p95, two processes on two cores)."""
SLOW_WRITERS = 8
"""Answers of a slow writer that are written at a time; beyond them the quick answer has to do for longer."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long things may take, in seconds."""

    patience: float = 4.2
    """Of WeChat's 5 seconds, what may pass before something is said."""
    held: float = 5.5
    """After which an attempt is given up: WeChat has cut the line, the next one is under way."""
    lease: float = 3.0
    """After which a message is taken over from a process that is gone."""
    renewal: float = 1.0
    look: float = 0.05
    """Between looks at a message that another process answers."""

    def times(self, factor: float) -> "Clock":
        """The clock run slower or faster, as a simulator of WeChat runs it."""
        return Clock(*(getattr(self, part.name) * factor for part in fields(self)))


class Delivery:
    """Brings messages to their replies. One for each door of a process."""

    def __init__(
        self,
        messages: Messages,
        speaker: Speaker,
        push: Callable[[Incoming, str], int] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`push` sends a text to a message's sender later and returns the messenger's code, 0 for sent."""
        self._messages, self._speaker, self._push = messages, speaker, push
        self._clock = clock or Clock()
        self._quick = ThreadPoolExecutor(QUICK_WRITERS, "quick-writer")
        self._slow = ThreadPoolExecutor(SLOW_WRITERS, "slow-writer")
        self._jobs: dict[str, asyncio.Task[None]] = {}
        self._settled: dict[str, asyncio.Event] = {}

    async def vouch(self, incoming: Incoming, signature: str) -> None:
        """The signature of a callback in plain text vouches for one message only. Raises Refused where it came with another."""
        if not await self._thread(self._messages.vouched, signature, incoming.id, time.time()):
            raise Refused("the signature came with another message before")

    async def reply(self, incoming: Incoming) -> Reply | None:
        """The reply to an attempt; None if there is none in time, and the next attempt will get it."""
        began, clock, message = time.monotonic(), self._clock, incoming.id
        busy = Said(self._speaker.wording.say("wechat.busy"))
        standing = await self._thread(self._messages.arrive, message, incoming.asker, time.time(), clock.lease)
        last = standing.attempts >= ATTEMPTS
        while standing.reply is None:
            waited = time.monotonic() - began
            if waited > clock.patience and last:
                return await self._settle(incoming, busy)
            if waited > clock.held:
                return None
            if standing.mine and message not in self._jobs:
                if self._speaker.quick.capacity.crowded(len(self._jobs), ATTEMPTS * clock.patience):
                    return await self._settle(incoming, busy)
                self._start(message, self._job(incoming, began + clock.patience))
            await self._look(message, (clock.patience if last else clock.held) - waited)
            standing = await self._thread(self._messages.take, message, time.time(), clock.lease)
        return standing.reply

    async def forget(self, incoming: Incoming) -> None:
        """Forgets a sender."""
        await self._thread(self._messages.forget, incoming.asker)

    async def _look(self, message: str, longest: float) -> None:
        """Waits until the message is answered, where that is done here, else a little; at most `longest` seconds."""
        if settled := self._settled.get(message):
            with suppress(TimeoutError):
                await asyncio.wait_for(settled.wait(), longest + self._clock.look)
        else:
            await asyncio.sleep(self._clock.look)

    def _start(self, message: str, job: Coroutine[Any, Any, None]) -> None:
        """Runs a job that outlives the request: its line may be cut, the next attempt comes for the reply."""
        task = asyncio.get_running_loop().create_task(job)
        self._jobs[message], self._settled[message] = task, asyncio.Event()
        task.add_done_callback(lambda done: self._ended(message, done))

    def _ended(self, message: str, task: asyncio.Task[None]) -> None:
        self._jobs.pop(message, None)
        self._settled.pop(message).set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a message could not be answered as it should", exc_info=error)

    async def _job(self, incoming: Incoming, deadline: float) -> None:
        """Writes the reply and settles it, holding the lease meanwhile; then sees to what is still being written."""
        task = asyncio.ensure_future(self._written(incoming, deadline))
        while not (await asyncio.wait([task], timeout=self._clock.renewal))[0]:
            await self._thread(self._messages.renew, incoming.id, time.time() + self._clock.lease)
        if error := task.exception():
            await self._settle(incoming, Said(self._speaker.wording.say("wechat.failed")))
            raise error
        said, better = task.result()
        await self._settle(incoming, said)
        if better:
            await self._later(incoming, said, better)

    async def _written(self, incoming: Incoming, deadline: float) -> tuple[Said, asyncio.Future[Said] | None]:
        """What is said by the deadline, and the better answer if it is still being written then."""
        run = asyncio.get_running_loop().run_in_executor
        state = await self._thread(self._messages.state, incoming.asker)
        quick = await run(self._quick, self._speaker.say, incoming, state)
        if not self._speaker.slow or not quick.answer:
            return quick, None
        better = run(self._slow, self._speaker.say_better, quick, state)
        if not (await asyncio.wait([better], timeout=max(0.0, deadline - time.monotonic())))[0]:
            return self._speaker.say_meanwhile(quick), better
        if error := better.exception():
            log.error("the writer failed, the quoted answer stands", exc_info=error)
        return (quick if error else better.result()), None

    async def _later(self, incoming: Incoming, quick: Said, writing: asyncio.Future[Said]) -> None:
        """What was written too late is kept for whoever asks for more, and sent where that is possible."""
        await asyncio.wait([writing])
        error, code = writing.exception(), None
        better = quick if error else writing.result()
        if self._push and not error:
            code = await self._thread(self._push, incoming, better.text)
            await self._thread(self._messages.push, incoming.id, code)
        await self._thread(
            self._messages.amend, incoming.asker, lambda state: self._speaker.amended(state, better, code == 0)
        )
        if error:
            raise error

    async def _settle(self, incoming: Incoming, said: Said) -> Reply:
        reply = await self._thread(self._messages.settle, incoming.id, said.text, time.time(), incoming.at, said.state)
        if settled := self._settled.get(incoming.id):
            settled.set()
        return reply

    @staticmethod
    async def _thread(call: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.to_thread(call, *arguments)
