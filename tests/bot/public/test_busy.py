"""A burst over HTTP: each question is answered, or told to come back."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from bot.capacity import PATIENCE, Capacity
from bot.conversation import Claim
from tests.bot.public.conftest import DOORS, QUESTION, opened

WAIT = 0.3
AT_ONCE = 3
"""Seconds: generous for a machine that has much else to do, far from what waiting would take."""


class Slow:
    """A writer that takes its time."""

    def write(self, reading, evidence):
        time.sleep(WAIT)
        yield Claim("慢慢写一句。")


@pytest.mark.parametrize("path", DOORS)
def test_a_burst_is_answered_or_told_at_once(town, path):
    desk = town()
    room = Capacity(1, "请{seconds}秒后再来", _mean=PATIENCE / 2 - 1)
    desk = replace(desk, bot=replace(desk.bot, writer=Slow()), capacity=room)
    with opened(desk) as client, ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: client.post(path, json=DOORS[path]), range(12)))
    told = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert all(int(answer.headers["retry-after"]) >= 1 and "秒后再来" in answer.text for answer in told)
    assert all(answer.elapsed.total_seconds() < AT_ONCE for answer in told)


def test_the_light_page_says_so_too(town):
    desk = town()
    desk = replace(desk, capacity=Capacity(1, "请{seconds}秒后再来", _mean=PATIENCE * 2))
    with desk.place(), opened(desk) as client:
        answer = client.post("/h5", data=QUESTION)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "秒后再来" in answer.text


HALF = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
"""A request that never ends."""


def test_whoever_is_slow_to_send_takes_no_place(town):
    desk = replace(town(), capacity=Capacity(1, _mean=PATIENCE * 2))
    with opened(desk) as client, socket.create_connection((client.base_url.host, client.base_url.port)) as hanging:
        hanging.sendall(HALF)
        time.sleep(0.2)  # the request arrives
        assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_who_hangs_up_leaves_its_place(town):
    desk = town()
    desk = replace(desk, bot=replace(desk.bot, writer=Slow()), capacity=Capacity(1))
    with opened(desk) as client:
        for _ in range(3):
            with pytest.raises(httpx.ReadTimeout):
                client.post("/api/stream", json=QUESTION, timeout=WAIT / 3)
            emptied(desk)


def test_who_does_not_take_what_was_made_for_him_leaves_the_place_to_others(town):
    desk = replace(town(), capacity=Capacity(1))
    unread = desk.stream(QUESTION["question"])
    next(unread)
    emptied(desk)
    assert desk.ask(QUESTION["question"])["answer"]
    *_, answer = unread
    assert answer["status"] == "answered", "and finds it when he comes"


def emptied(desk):
    """Waits until nobody is inside."""
    deadline = time.monotonic() + 10
    while desk.capacity._inside:
        assert time.monotonic() < deadline, "the place is still taken"
        time.sleep(0.05)
