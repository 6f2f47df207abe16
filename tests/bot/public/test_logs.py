"""What is logged: one line an event, nothing of a question, personal data and secrets masked."""

import json
import logging
import sqlite3
import sys
import traceback

import httpx
import pytest

from tests.bot.public.conftest import opened
from tests.serving import serving
from ui import application


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


FORGED = "2026-11-30 08:00:00,000 WARNING bot.maintenance [-] closed by the operator"


def test_what_a_library_prints_past_the_log_stands_in_it_masked(begun):
    told = begun(log_format="json")
    print("half a line,", end=" ", file=sys.stderr)
    print(f"电话13812345678\n{FORGED}", file=sys.stderr)
    try:
        raise ValueError("11010519491231002X")
    except ValueError:
        traceback.print_exc()
    first, *rest = [json.loads(line) for line in told.getvalue().splitlines()]
    assert (first["name"], first["message"]) == ("printed", f"half a line, 电话[手机号]\n{FORGED}")
    assert "ValueError: [证件号]" in rest[-1]["message"]


def test_nothing_that_a_caller_sends_begins_a_line_of_the_log(begun):
    told = begun()
    try:
        raise ValueError(f"x\n{FORGED}")
    except ValueError as error:
        logging.getLogger("bot").exception("failed: %s", error)
        traceback.print_exc()
    assert FORGED in told.getvalue()
    assert FORGED not in told.getvalue().splitlines()


@pytest.mark.parametrize(
    ("name", "data", "value"),
    [
        ("vote", [None], {"answer": "电话13812345678\n" + FORGED, "vote": "up", "reason": "", "passage": ""}),
        ("vote", [None], {"say": "13812345678"}),
        ("vote", [None], "13812345678"),
        ("forget", [None], {"name": "13812345678"}),
        ("speak", [None], ["13812345678"]),
        ("narrow", [None, "张三13812345678", "330521199001011234", ""], None),
        ("ask_chosen", [None, None], {"a": "13812345678"}),
    ],
)
def test_an_event_that_no_page_of_ours_sends_leaves_neither_a_number_nor_a_line_of_its_own(
    desk, begun, capsys, name, data, value
):
    app, told = application(desk), begun()
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        config = client.get("/config").json()
        (number,) = [one["id"] for one in config["dependencies"] if one["api_name"] == name][:1]
        opened_by = next(one["id"] for one in config["dependencies"] if one["api_name"] == "opened")
        for index, sent in ((opened_by, [None, None]), (number, data)):
            body = {"data": sent, "fn_index": index, "session_hash": "s", "event_data": {"value": value}}
            client.post("/gradio_api/run/predict", json=body)
    written = told.getvalue() + capsys.readouterr().err
    assert "13812345678" not in written
    assert "330521199001011234" not in written
    assert FORGED not in written.splitlines()
