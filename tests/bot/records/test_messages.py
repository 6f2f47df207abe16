"""Each message is answered once: whoever comes first, whoever dies, whoever comes late."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.records.messages import DAY, KEPT, REMEMBERED, SWEEPER, Reply, Standing
from bot.records.store import open_records

NOW, LEASE = 1_790_000_000.0, 3.0


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'records.db'}"


@pytest.fixture
def messages(url):
    records = open_records(url)
    yield records.messages
    records.close()


@pytest.fixture
def other_process(url):
    """The messages as another process has them open."""
    records = open_records(url)
    yield records.messages
    records.close()


def test_the_first_attempt_gets_the_message_and_the_next_waits(messages, other_process):
    assert messages.arrive("m", "a", NOW, LEASE) == Standing(None, True, 1)
    assert other_process.arrive("m", "a", NOW + 1, LEASE) == Standing(None, False, 2)
    assert other_process.take("m", NOW + 2, LEASE) == Standing(None, False, 2)


def test_a_message_whose_process_is_gone_is_taken_over_once(messages, other_process):
    messages.arrive("m", "a", NOW, LEASE)
    assert other_process.take("m", NOW + LEASE + 0.1, LEASE).mine
    assert not messages.take("m", NOW + LEASE + 0.2, LEASE).mine


def test_a_lease_that_is_renewed_is_not_over(messages, other_process):
    messages.arrive("m", "a", NOW, LEASE)
    messages.renew("m", NOW + 10)
    assert not other_process.take("m", NOW + 9, LEASE).mine


def test_the_first_reply_stands(messages, other_process):
    messages.arrive("m", "a", NOW, LEASE)
    assert messages.settle("m", "甲", NOW + 1) == Reply("甲", int(NOW) + 1)
    assert other_process.settle("m", "乙", NOW + 2) == Reply("甲", int(NOW) + 1)
    assert other_process.arrive("m", "a", NOW + 5, LEASE) == Standing(Reply("甲", int(NOW) + 1), False, 2)


def test_to_say_nothing_is_a_reply_too(messages):
    messages.arrive("m", "a", NOW, LEASE)
    messages.settle("m", "", NOW)
    assert messages.take("m", NOW + 60, LEASE).reply == Reply("", int(NOW))


def test_of_thirty_two_attempts_at_once_one_gets_the_message(messages, other_process):
    with ThreadPoolExecutor(16) as threads:
        calls = [messages.arrive, other_process.arrive] * 16
        standings = list(threads.map(lambda arrive: arrive("m", "a", NOW, LEASE), calls))
    assert [standing.mine for standing in standings].count(True) == 1
    assert messages.take("m", NOW, LEASE).attempts == 32


def test_of_sixteen_takers_one_gets_the_message(messages, other_process):
    messages.arrive("m", "a", NOW, LEASE)
    with ThreadPoolExecutor(16) as threads:
        takes = [messages.take, other_process.take] * 8
        taken = list(threads.map(lambda take: take("m", NOW + 10, LEASE).mine, takes))
    assert taken.count(True) == 1


def settled(messages, name, asker, said, state):
    messages.arrive(name, asker, NOW, LEASE)
    messages.settle(name, "答", NOW, said, state)


def test_the_state_comes_with_the_reply_that_stands(messages):
    assert messages.state("a") == {}
    settled(messages, "m", "a", 1, {"rest": ["二"]})
    messages.settle("m", "别的", NOW, 1, {"rest": []})
    assert messages.state("a") == {"rest": ["二"]}


def test_an_older_message_that_comes_late_does_not_set_the_state_back(messages):
    settled(messages, "newer", "a", 20, {"last": "newer"})
    settled(messages, "older", "a", 10, {"last": "older"})
    assert messages.state("a") == {"last": "newer"}
    settled(messages, "newest", "a", 30, {"last": "newest"})
    assert messages.state("a") == {"last": "newest"}


def test_without_a_state_it_stays_and_with_an_empty_one_it_is_forgotten(messages):
    settled(messages, "m1", "a", 1, {"x": 1})
    settled(messages, "m2", "a", 2, None)
    assert messages.state("a") == {"x": 1}
    settled(messages, "m3", "a", 3, {})
    assert messages.state("a") == {}


def test_a_state_is_amended_if_there_is_one(messages):
    messages.amend("nobody", lambda state: {**state, "y": 2})
    assert messages.state("nobody") == {}
    settled(messages, "m", "a", 1, {"x": 1})
    messages.amend("a", lambda state: {**state, "y": 2})
    assert messages.state("a") == {"x": 1, "y": 2}


def test_sixteen_amendments_at_once_are_all_kept(messages, other_process):
    settled(messages, "m", "a", 1, {"n": 0})
    with ThreadPoolExecutor(16) as threads:
        calls = [messages.amend, other_process.amend] * 8
        list(threads.map(lambda amend: amend("a", lambda state: {"n": state["n"] + 1}), calls))
    assert messages.state("a") == {"n": 16}


def test_a_signature_vouches_for_the_message_it_came_with_first(messages, other_process):
    assert messages.vouched("s", "m", NOW)
    assert other_process.vouched("s", "m", NOW)
    assert not other_process.vouched("s", "another", NOW)


def test_how_a_push_was_taken_is_noted(messages):
    messages.arrive("m", "a", NOW, LEASE)
    assert messages.pushed("m") is None
    messages.push("m", 45015)
    assert messages.pushed("m") == 45015


def test_replies_are_kept_for_a_day_and_silent_askers_for_a_month(messages):
    settled(messages, "old", "a", 1, {"x": 1})
    messages.arrive(f"{SWEEPER}-a day later", "b", NOW + KEPT + 1, LEASE)
    assert messages.arrive("old", "a", NOW + KEPT + 2, LEASE).attempts == 1  # nothing was left of it
    assert messages.state("a") == {"x": 1}
    messages.arrive(f"{SWEEPER}-a month later", "b", NOW + REMEMBERED + DAY, LEASE)
    assert messages.state("a") == {}
