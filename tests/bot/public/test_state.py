"""/metrics, for this machine and whoever has the token; and sweeping without a cron job."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.records.store import UnknownAnswer
from bot.records.tables import StoredAnswer
from tests.bot.public.conftest import QUESTION, opened

TOKEN = "token-of-metrics-1"
FROM_AFAR = {"X-Forwarded-For": "203.0.113.7"}


def value(text, name):
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))


def test_questions_are_counted_by_status_and_requests_by_door(town):
    with opened(town()) as client:
        before = client.get("/metrics").text
        status = client.post("/api/ask", json=QUESTION).json()["status"]
        client.get("/api/answers/nowhere")
        after = client.get("/metrics").text
    names = [
        f'certguide_questions_total{{status="{status}"}}',
        'certguide_requests_total{code="404",door="/api"}',
        "certguide_answer_seconds_count",
        'certguide_request_seconds_count{door="/api"}',
    ]
    grown = [value(after, name) - value(before, name) for name in names]
    assert grown[:3] == [1, 1, 1]
    assert grown[3] == 2


def test_nothing_of_a_question_is_counted(town):
    with opened(town()) as client:
        client.post("/api/ask", json={"question": "德清绿色产品奖多少"})
        assert "绿色" not in client.get("/metrics").text


def test_from_elsewhere_only_with_the_token(town):
    with opened(town(metrics_token=TOKEN), **FROM_AFAR) as client:
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer token-of-metrics-2"}).status_code == 404
        assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_without_a_token_in_the_settings_an_empty_one_opens_nothing(town):
    with opened(town(), **FROM_AFAR) as client:
        assert client.get("/metrics", headers={"Authorization": "Bearer"}).status_code == 404


def aged(desk, days):
    """An answer that was given so many days ago."""
    identity = desk.ask("3C是什么")["id"]
    desk.records.keep_feedback(identity, "up", None, None)
    with desk.records._session.begin() as session:
        session.get(StoredAnswer, identity).asked = datetime.now(UTC) - timedelta(days=days)
    return identity


def test_a_server_that_starts_deletes_what_is_too_old_with_its_feedback(town):
    desk = town()
    old, young = aged(desk, 181), aged(desk, 179)
    with opened(desk) as client:
        client.get("/api/health")
        deadline = datetime.now(UTC) + timedelta(seconds=10)
        while client.get(f"/api/answers/{old}").status_code == 200:
            assert datetime.now(UTC) < deadline
        assert client.get(f"/api/answers/{young}").status_code == 200
    assert desk.records.feedback(old) == []
    assert desk.records.feedback(young)


def test_nothing_is_deleted_where_the_operator_keeps_all(town):
    desk = town(retention_days=0)
    old = aged(desk, 5000)
    desk.sweep()
    assert desk.records.answer(old)


def test_many_are_deleted_as_few_are(town):
    desk = town(retention_days=1)
    old = [aged(desk, 2) for _ in range(5)]
    assert desk.records.sweep(1, at_once=2) == 5
    for identity in old:
        with pytest.raises(UnknownAnswer):
            desk.records.answer(identity)
