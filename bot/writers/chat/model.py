"""The model at the other end of the line: its text piece by piece as it comes, cut off when it is too slow, ended when it fails."""

import asyncio
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue
from threading import Thread

from langchain_openai import ChatOpenAI
from pydantic import SecretStr

log = logging.getLogger(__name__)

TEMPERATURE = 0.1
"""Faithful rather than lively; some servers refuse 0."""
NO_KEY = "none"
"""What is sent where there is no key: a model on one's own machine asks for none, the client insists on one."""

Message = tuple[str, str]
"""Who speaks (system, human) and what."""


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model, and how long one waits for it: seconds until its first word and until its last. Made by `at`."""

    chat: ChatOpenAI
    first_word: float
    limit: float

    @classmethod
    def at(cls, url: str, key: str, name: str, first_word: float, limit: float) -> "ChatModel":
        """The model of that name behind an OpenAI-compatible address."""
        chat = ChatOpenAI(
            base_url=url,
            api_key=SecretStr(key or NO_KEY),
            model=name,
            temperature=TEMPERATURE,
            timeout=limit,
            max_retries=0,  # the quoting writer answers at once instead
            stream_chunk_timeout=None,
        )
        return cls(chat, first_word, limit)

    def pieces(self, messages: Sequence[Message]) -> Iterator[str]:
        """The model's text as it comes. Ends, without a word, where the model is too slow or fails; never raises.

        Deadlines are kept here and not by the client: keep-alive comments of a busy server would set its clock back for ever.
        """
        box: SimpleQueue[str | None] = SimpleQueue()
        fetching = asyncio.run_coroutine_threadsafe(self._fetch(messages, box), _loop())
        fetching.add_done_callback(lambda _: box.put(None))
        started, patience = time.monotonic(), self.first_word
        try:
            while (piece := _next(box, started + patience)) is not None:
                patience = self.limit
                yield piece
            if error := fetching.exception():  # its message may hold the key
                log.warning("%s failed (%s): the quoting writer goes on", self.chat.model_name, type(error).__name__)
        except Empty:
            log.warning("%s took more than %s s: the quoting writer goes on", self.chat.model_name, patience)
        finally:
            fetching.cancel()

    async def _fetch(self, messages: Sequence[Message], box: "SimpleQueue[str | None]") -> None:
        async for chunk in self.chat.astream(list(messages)):
            if chunk.text:
                box.put(str(chunk.text))


def _next(box: "SimpleQueue[str | None]", deadline: float) -> str | None:
    """What comes next. Raises Empty if nothing comes until the deadline, or if that is past, however much has come."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Empty
    return box.get(timeout=left)


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The loop in which models are waited for, one for all: langchain shares connections between models, and these belong to a loop."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="chat models", daemon=True).start()
    return loop
