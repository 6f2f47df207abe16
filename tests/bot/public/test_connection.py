"""A connection that nothing moves on is cut; one that moves on is not."""

import socket
import threading

import httpx
import pytest
from fastapi import FastAPI

from bot.channels._events import response
from bot.public.connection import Impatient
from tests.serving import serving

LARGE = "x" * 100_000
ASK = b"GET /events HTTP/1.1\r\nHost: x\r\n\r\n"


class Hasty(Impatient):
    """As served, but nobody has a minute here."""

    patience = 0.2


@pytest.fixture
def ended():
    return threading.Event()


@pytest.fixture
def address(ended):
    """A server that sends without end, and tells when it has ended all the same."""
    app = FastAPI()

    @app.get("/events")
    def events(most: int = 10_000):
        def made():
            try:
                yield from [LARGE] * most
            finally:
                ended.set()

        return response(made(), "failed")

    with serving(app, http=Hasty) as found:
        yield found


def connected(address):
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def closed(connection):
    """Whether the server has hung up, in 20 seconds at most."""
    try:
        return connection.recv(100) == b""
    except ConnectionError:
        return True


def test_who_reads_nothing_is_cut_off(address, ended):
    with connected(address) as unread:
        unread.sendall(ASK)
        assert ended.wait(20)


def test_who_reads_gets_all(address):
    assert len(httpx.get(f"{address}/events?most=50", timeout=20).text) == 50 * len(LARGE)


@pytest.mark.parametrize("begun", [b"", b"GET /events HT", b"GET /events HTTP/1.1\r\nHost: x\r\n"])
def test_who_never_ends_a_head_is_cut_off(address, begun):
    with connected(address) as hanging:
        hanging.sendall(begun)
        assert closed(hanging)


def test_nor_after_a_request_that_was_answered(address):
    with connected(address) as hanging:
        hanging.sendall(b"HEAD /nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
        assert hanging.recv(5000)
        hanging.sendall(b"GET /events HT")
        assert closed(hanging)


def test_a_connection_is_kept_for_the_next_request_and_for_an_answer_that_takes_its_time(ended):
    app = FastAPI()

    @app.get("/slow")
    def slow():
        ended.wait(5 * Hasty.patience)
        return "done"

    with serving(app, http=Hasty) as address, httpx.Client(base_url=address, timeout=20) as client:
        assert [client.get("/slow").json() for _ in range(2)] == ["done", "done"]
