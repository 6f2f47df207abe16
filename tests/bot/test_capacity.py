"""A burst waits a little, or is told at once."""

import threading
import time

import pytest

from bot.capacity import MOST_WAITING, PATIENCE, Busy, Capacity


class Holding:
    """Threads that stand in a place each until they are let go."""

    def __init__(self, room, number):
        self._go, self.refused = threading.Event(), []
        self._threads = [threading.Thread(target=self._hold, args=(room,)) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def _hold(self, room):
        try:
            with room.place():
                self._go.wait(20)
        except Busy as error:
            self.refused.append(error)

    def let_go(self):
        self._go.set()
        for thread in self._threads:
            thread.join(20)


def test_no_more_than_so_many_are_answered_at_once():
    room, inside, most = Capacity(3), [], []

    def ask():
        with room.place():
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 20
    assert max(most) == 3


def test_a_door_where_people_wait_less_turns_more_away():
    room = Capacity(1, _mean=2.0)
    assert room.crowded(4) is None
    assert room.crowded(4, patience=6.0)
    assert room.crowded(4, patience=10 * PATIENCE) is None


def test_whoever_would_wait_too_long_is_told_at_once_when_to_come_back():
    room = Capacity(1, "in {seconds} s", _mean=PATIENCE * 2)
    held = Holding(room, 1)
    begun = time.monotonic()
    with pytest.raises(Busy, match=rf"in {2 * PATIENCE:.0f} s") as told, room.place():
        pass
    assert time.monotonic() - begun < 1
    assert told.value.retry_after == 2 * PATIENCE
    held.let_go()
    with room.place():
        pass


def test_however_fast_answers_are_no_more_wait_than_there_are_threads_for():
    room = Capacity(1, _mean=0.0001)
    held = Holding(room, MOST_WAITING + 21)
    held.let_go()
    assert len(held.refused) >= 20 - 1


def test_nobody_waits_for_ever():
    room = Capacity(1, patience=0.05, _mean=0.001)
    held = Holding(room, 1)
    with pytest.raises(Busy), room.place():
        pass
    held.let_go()


def test_it_learns_how_long_answers_take():
    room = Capacity(1, _mean=PATIENCE * 2)
    for _ in range(60):
        with room.place():
            pass
    held = Holding(room, 2)
    held.let_go()
    assert not held.refused


def test_what_is_no_answer_tells_nothing_of_how_long_answers_take():
    room = Capacity(1, _mean=PATIENCE * 2)
    for _ in range(60):
        with room.place(answers=False):
            pass
    held = Holding(room, 2)
    held.let_go()
    assert held.refused


def test_an_answer_that_fails_leaves_its_place():
    room = Capacity(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), room.place():
            raise ZeroDivisionError
