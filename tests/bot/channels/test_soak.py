"""1,000 messages through two processes of the server on one database, one of them killed at a random moment; `make soak` brings 10,000.

WeChat is simulated (tests/wechat/): it repeats what is not answered in time, loses replies, repeats what was answered, reorders, forges and
replays. Its clock and that of the workers run three times as fast.
"""

import asyncio
import random

import pytest

from tests.wechat.soak import messages, questions, soak, verdict

SPEED = 0.3


@pytest.fixture(scope="module")
def outcome(settings, desk):
    """What became of all messages, in numbers; and how often a worker was killed."""
    rng = random.Random(7)
    sent = messages(1000, questions(60, rng), desk, rng, (20, 5, 50, 25))
    chat = asyncio.run(soak(settings.data, sent, SPEED, at_once=10, kills=(2.0, 5.0), most=1, seed=7))
    print(found := verdict(chat, desk.bot.wording.say("wechat.busy")))
    return found | {"kills": sum(worker.deaths for worker in chat.workers)}


def test_workers_were_killed_and_messages_came_more_than_once(outcome):
    assert outcome["messages"] == 1000
    assert outcome["kills"] >= 1
    assert outcome["replies"] > 1000


def test_no_message_is_lost_that_reached_a_living_server(outcome):
    assert outcome["lost"] == 0


def test_nobody_gets_the_reply_to_somebody_else(outcome):
    assert outcome["of another"] == 0


def test_all_replies_to_a_message_are_the_same_bytes(outcome):
    assert outcome["changed between attempts"] == 0


def test_every_forgery_and_replay_is_refused(outcome):
    assert outcome["forgeries"] > 20
    assert outcome["forgeries let in"] == 0
