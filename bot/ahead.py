"""Parts made ahead of whoever takes them: how slowly somebody reads is no matter of those who make."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from queue import SimpleQueue
from threading import Event
from typing import Any, TypeVar

T = TypeVar("T")
_END = object()


def ahead(parts: Generator[T, None, None]) -> Iterator[T]:
    """The same parts, the first made when it is asked for, the others in a thread of their own, whether or not they are taken yet.

    Nothing more is made once the taker is gone. Raises what making them raises, after the parts before.
    """
    first = next(parts)
    made, gone = SimpleQueue[Any](), Event()
    maker = ThreadPoolExecutor(1, "ahead")
    making = maker.submit(copy_context().run, _make, parts, made, gone)
    maker.shutdown(wait=False)
    try:
        yield first
        while (part := made.get()) is not _END:
            yield part
        making.result()
    finally:
        gone.set()


def _make(parts: Generator[T, None, None], made: SimpleQueue[Any], gone: Event) -> None:
    try:
        with closing(parts):
            while not gone.is_set() and (part := next(parts, _END)) is not _END:
                made.put(part)
    finally:
        made.put(_END)
