"""What is logged: one line an event, nothing of a question, personal data and secrets masked."""

import json
import logging
import sqlite3

import pytest

from tests.bot.public.conftest import opened


def test_a_request_is_a_line_of_json_without_anything_of_the_question(town, begun):
    desk, told = town(), begun(log_format="json")
    with opened(desk, **{"X-Request-Id": "trace-0001", "X-Forwarded-For": "203.0.113.7"}) as client:
        identity = client.post("/api/ask", json={"question": "德清绿色产品奖多少，电话13812345678"}).json()["id"]
        client.get(f"/h5/answers/{identity}?q=绿色产品")
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    asked = next(line for line in lines if line.get("route") == "/api/ask")
    assert (asked["method"], asked["status"], asked["correlation_id"]) == ("POST", 200, "trace-0001")
    for kept_out in ("绿色", "德清", "13812345678", identity, "203.0.113.7"):
        assert kept_out not in told.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_personal_data_and_secrets_are_masked_in_whatever_is_logged(begun, form):
    told = begun(log_format=form, secret="another secret of ours", metrics_token="token-of-metrics-1")
    hidden = [
        "13812345678",
        "11010519491231002X",
        "li@example.cn",
        "cg-" + "k" * 43,
        "eyJzaXRlIjoi.abcdef",
        "the secret of tokens",
        "another secret of ours",
        "token-of-metrics-1",
    ]
    try:
        raise ValueError(f"failed at {hidden[0]} {hidden[5]}")
    except ValueError:
        logging.getLogger("bot").exception("%s %s %s Bearer %s %s", *hidden[1:5], hidden[6])
    logging.getLogger("elsewhere").warning("%s", hidden[7])
    assert "failed at" in told.getvalue()
    assert not [one for one in hidden if one in told.getvalue()]


@pytest.mark.parametrize("form", ["text", "json"])
def test_of_what_failed_deep_within_the_last_calls_are_told(begun, form):
    told = begun(log_format=form)

    def fails(depth):
        return fails(depth - 1) if depth else 1 / 0

    try:
        fails(200)
    except ZeroDivisionError:
        logging.getLogger("bot").exception("failed")
    assert "ZeroDivisionError" in told.getvalue()
    assert "1 / 0" in told.getvalue()
    assert len(told.getvalue()) < 2_000


def test_what_libraries_chat_about_is_left_out(begun):
    told = begun()
    logging.getLogger("bm25s").setLevel(logging.DEBUG)
    logging.getLogger("bm25s").debug("indexing")
    logging.getLogger("bot").debug("details")
    assert told.getvalue() == ""


def test_a_database_that_fails_leaves_nothing_of_a_question_in_the_log(town, begun):
    desk, told = town(), begun()
    with sqlite3.connect(desk.settings.data / "records.db") as database:
        database.execute("drop table answers")
    assert desk.ask("德清绿色产品奖多少")["answer"]
    assert "could not be stored" in told.getvalue()
    assert "绿色" not in told.getvalue()
