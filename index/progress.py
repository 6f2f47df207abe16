"""Progress of a build as a bar with the time left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

Progress = Callable[[int, int], None]
"""Told how many passages are done, of how many."""


@contextmanager
def bar() -> Iterator[Progress]:
    """A bar to hand to a build; nothing is drawn where no one looks (no terminal)."""
    with tqdm(desc="index", unit="passage", total=0, disable=None) as drawn:

        def show(done: int, total: int) -> None:
            drawn.total = total
            drawn.update(done - drawn.n)

        yield show
