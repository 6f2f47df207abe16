"""The kill switch: a file in the data folder or a command, no restart, every door says the operator's words."""

import pytest
from fastapi.testclient import TestClient

from bot.__main__ import main
from bot.server import api
from tests.bot.public.conftest import DOORS, opened

WORDS = "系统升级，今晚八点后再来"


@pytest.fixture
def desk(town):
    return town()


@pytest.fixture
def command(desk, monkeypatch):
    monkeypatch.setenv("CERTGUIDE_DATA", str(desk.settings.data))
    return lambda *arguments: main(["maintenance", *arguments])


def test_closed_and_open_again_while_the_server_runs(desk, command):
    with opened(desk) as client:
        assert command("on", WORDS) == 0
        for path, body in DOORS.items():
            answer = client.post(path, json=body)
            assert answer.status_code == 503
            assert WORDS in answer.text
            assert int(answer.headers["retry-after"]) > 0
        assert command("off") == 0
        assert client.post("/api/ask", json={"question": "3C是什么"}).status_code == 200


def test_pages_and_what_is_on_record_say_so(desk, command):
    command("on", WORDS)
    with opened(desk, Accept="text/html") as client:
        for path in ("/h5", "/api/documents", "/"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert WORDS in answer.text
        assert client.get("/api/health").status_code == 200


def test_the_form_of_the_light_page_says_so(desk, command):
    command("on", WORDS)
    answer = TestClient(api(desk)).post("/h5", data={"question": "3C是什么"})
    assert answer.status_code == 503
    assert WORDS in answer.text


def test_an_empty_file_closes_with_words_of_ours(desk):
    (desk.settings.data / "maintenance").touch()
    with opened(desk) as client:
        assert "维护" in client.post("/api/ask", json={"question": "3C是什么"}).json()["message"]


def test_deleting_ones_answers_stays_possible(desk, command):
    answer = desk.ask("3C是什么")
    command("on", WORDS)
    with opened(desk, **{"X-Answer-Key": answer["key"]}) as client:
        assert client.delete(f"/api/answers/{answer['id']}").status_code == 204
