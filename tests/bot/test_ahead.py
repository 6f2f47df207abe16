"""Parts are made ahead of whoever takes them."""

import threading

import pytest

from bot.ahead import ahead


def test_all_parts_come_in_their_order():
    assert list(ahead(part for part in range(100))) == list(range(100))


def test_they_are_made_though_nobody_takes_them():
    made = threading.Event()

    def parts():
        yield from range(3)
        made.set()

    taken = ahead(parts())
    assert next(taken) == 0
    assert made.wait(20)
    assert list(taken) == [1, 2]


def test_nothing_is_made_before_the_first_is_asked_for():
    begun = []

    def parts():
        yield begun.append(1)

    ahead(parts())
    assert not begun


def test_once_the_taker_is_gone_nothing_more_is_made():
    made, ended, gone = [], threading.Event(), threading.Event()

    def parts():
        try:
            for part in range(1000):
                made.append(part)
                yield part
                gone.wait(20)
        finally:
            ended.set()

    taken = ahead(parts())
    next(taken)
    taken.close()
    gone.set()
    assert ended.wait(20)
    assert len(made) < 1000


def test_what_fails_is_told_after_what_was_made_before():
    def parts():
        yield 1
        yield 2
        raise ZeroDivisionError

    taken = ahead(parts())
    assert [next(taken), next(taken)] == [1, 2]
    with pytest.raises(ZeroDivisionError):
        next(taken)
