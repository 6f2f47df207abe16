"""One reply a message within WeChat's seconds, whoever writes it and however slowly. The clocks are faster than WeChat's."""

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.capacity import Capacity
from bot.channels._wechat.calls import UNVERIFIED
from bot.channels._wechat.delivery import ATTEMPTS, Clock, Delivery
from bot.channels._wechat.envelope import Envelope
from bot.channels._wechat.speaking import Speaker
from bot.conversation import Claim
from tests.wechat.peer import SAFE, Peer, text

QUESTION, OTHER = "充电宝要不要做3C", "绿色产品认证怎么申请"
PUBLIC = "https://cert.example.cn"
PATIENT = Clock(patience=0.5, held=20.0)
"""Does not wait for a slow writer, but for a machine that has much to do."""
FAST = Clock().times(0.2)


class Slow:
    """A writer that has more to say, when it is let."""

    def __init__(self, says="这是写得更详细的回答。", fails=False):
        self.may, self.says, self.fails, self.asked = threading.Event(), says, fails, 0

    def write(self, reading, evidence):
        self.asked += 1
        assert self.may.wait(20)
        if self.fails:
            raise RuntimeError("the model is gone")
        yield Claim(self.says)


class Messenger:
    """Takes what is sent afterwards."""

    def __init__(self, code=0):
        self.code, self.sent = code, []

    def __call__(self, incoming, said):
        self.sent.append((incoming.sender, said))
        return self.code


class Silent:
    """A speaker whose thoughts take as long as they are let."""

    slow = None

    def __init__(self, speaker):
        self.may, self.speaker, self.wording, self.quick = threading.Event(), speaker, speaker.wording, speaker.quick

    def say(self, incoming, state):
        assert self.may.wait(20)
        return self.speaker.say(incoming, state)


@pytest.fixture(scope="module", autouse=True)
def awake(desk):
    """What is made at the first question is made before the clock runs."""
    desk.ask(QUESTION)


@pytest.fixture
def incoming():
    """A message as it arrives, from a sender of its own unless named."""
    peer, envelope = Peer(SAFE), Envelope("wechat", SAFE)
    count = iter(range(1000))

    def made(content=QUESTION, sender=None):
        query, body = peer.request(text(sender or f"delivered-{id(count)}-{next(count)}", content))
        return envelope.open(query, body, int(query["timestamp"]))

    return made


@pytest.fixture
def slowly(desk):
    """A delivery whose usual writer is slow; and that writer."""

    @contextmanager
    def made(push=None, clock=PATIENT, **how):
        writer = Slow(**how)
        settings = replace(desk.settings, writer="chat", public=PUBLIC)
        reception = replace(desk, settings=settings, bot=replace(desk.bot, writer=writer))
        try:
            yield Delivery(desk.records.messages, Speaker.of(reception), push, clock), writer
        finally:
            writer.may.set()

    return made


@pytest.fixture
def silent(desk):
    """A delivery that does not come to say anything until it is let."""
    speaker = Silent(Speaker.of(desk))
    yield Delivery(desk.records.messages, speaker, None, FAST), speaker
    speaker.may.set()


async def until(holds):
    """Waits until something holds, at most 10 seconds."""
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to hold")


def identity(said):
    return said.split("/h5/answers/")[1].split('"')[0]


def test_a_writer_that_is_done_in_time_says_the_answer(slowly, incoming, desk):
    async def asked():
        with slowly(clock=Clock()) as (delivery, writer):
            writer.may.set()
            return await delivery.reply(sent)

    sent = incoming()
    assert asyncio.run(asked()).text.startswith("这是写得更详细的回答。")
    stored = desk.records.messages.state(sent.asker)["answer"]
    assert desk.records.answer(stored)["answer"].startswith("这是写得更详细的回答。")


def test_a_slow_writer_is_preceded_by_quotes_and_found_on_the_answers_page(slowly, incoming, desk, say):
    async def asked():
        with slowly() as (delivery, writer):
            reply = await delivery.reply(incoming())
            page = identity(reply.text)
            assert desk.records.answer(page)["answer"].startswith("要的，")
            writer.may.set()
            await until(lambda: desk.records.answer(page)["answer"].startswith("这是写得更详细的回答。"))
            return reply

    reply = asyncio.run(asked())
    assert reply.text.startswith("要的，充电宝必须做3C认证")
    assert say("wechat.writing") in reply.text


def test_whoever_asks_for_more_gets_the_better_answer_when_it_is_written(slowly, incoming, desk, say):
    async def asked():
        with slowly() as (delivery, writer):
            await delivery.reply(incoming(sender="more-1"))
            early = await delivery.reply(incoming("更多", "more-1"))
            asker = incoming(sender="more-1").asker
            writer.may.set()
            await until(lambda: not desk.records.messages.state(asker)["writing"])
            return early, await delivery.reply(incoming("更多", "more-1"))

    early, late = asyncio.run(asked())
    assert early.text == say("wechat.still_writing")
    assert late.text.startswith("这是写得更详细的回答。")


def test_a_better_answer_that_comes_after_another_question_is_not_taken_for_its_answer(slowly, incoming, desk):
    async def asked():
        with slowly() as (delivery, writer):
            first = await delivery.reply(incoming(sender="switch-1"))
            await delivery.reply(incoming(OTHER, "switch-1"))
            writer.may.set()
            await until(lambda: desk.records.answer(identity(first.text))["answer"].startswith("这是"))
            state = desk.records.messages.state(incoming(sender="switch-1").asker)
            assert state["answer"] != identity(first.text)

    asyncio.run(asked())


@pytest.mark.parametrize(("code", "then"), [(0, "no_more"), (45015, ""), (45047, ""), (UNVERIFIED, "")])
def test_where_messages_may_be_sent_the_better_answer_is_sent_once(slowly, incoming, desk, say, code, then):
    messenger, sender = Messenger(code), f"push-{code}"

    async def asked():
        with slowly(messenger) as (delivery, writer):
            sent = incoming(sender=sender)
            await delivery.reply(sent)
            writer.may.set()
            await until(lambda: not desk.records.messages.state(sent.asker)["writing"])
            assert desk.records.messages.pushed(sent.id) == code
            return await delivery.reply(incoming("更多", sender))

    more = asyncio.run(asked())
    ((receiver, said),) = messenger.sent
    assert receiver == sender
    assert said.startswith("这是写得更详细的回答。")
    assert more.text == (say("wechat.no_more") if then else said)  # what was not sent waits to be asked for


@pytest.mark.parametrize("in_time", [True, False])
def test_where_the_writer_fails_the_quotes_stand(slowly, incoming, desk, in_time):
    async def asked():
        with slowly(fails=True) as (delivery, writer):
            if in_time:
                writer.may.set()
            sent = incoming(sender=f"failing-{in_time}")
            reply = await delivery.reply(sent)
            writer.may.set()
            await until(lambda: not desk.records.messages.state(sent.asker).get("writing"))
            return reply

    assert asyncio.run(asked()).text.startswith("要的，充电宝必须做3C认证")


def test_all_attempts_wait_for_one_job(slowly, incoming):
    async def asked():
        with slowly() as (delivery, writer):
            sent = incoming()
            replies = await asyncio.gather(*(delivery.reply(sent) for _ in range(ATTEMPTS)))
            return replies, writer.asked

    replies, times = asyncio.run(asked())
    assert len(set(replies)) == 1
    assert times == 1


def test_an_attempt_before_the_last_is_left_to_the_next_which_gets_the_reply(silent, incoming):
    delivery, speaker = silent

    async def asked():
        sent = incoming()
        first = await delivery.reply(sent)
        speaker.may.set()
        return first, await delivery.reply(sent)

    first, second = asyncio.run(asked())
    assert first is None
    assert second.text.startswith("要的，")


def test_the_last_attempt_is_told_to_ask_again_rather_than_nothing(silent, incoming, say):
    delivery, speaker = silent

    async def asked():
        sent = incoming()
        replies = [await delivery.reply(sent) for _ in range(ATTEMPTS)]
        speaker.may.set()
        return [*replies, await delivery.reply(sent)]

    *missed, last, after = asyncio.run(asked())
    assert missed == [None] * (ATTEMPTS - 1)
    assert last.text == after.text == say("wechat.busy")


def test_who_would_wait_too_long_is_told_so_at_once(silent, incoming, say):
    delivery, speaker = silent
    speaker.quick = replace(speaker.quick, capacity=Capacity(1, patience=0.0))

    async def asked():
        first = asyncio.create_task(delivery.reply(incoming()))
        await until(lambda: bool(delivery._jobs))
        second = await delivery.reply(incoming())
        speaker.may.set()
        return await first, second

    first, second = asyncio.run(asked())
    assert first.text.startswith("要的，")
    assert second.text == say("wechat.busy")


def test_what_another_process_answers_is_waited_for(silent, incoming, desk):
    delivery, speaker = silent
    other = Delivery(desk.records.messages, Speaker.of(desk), None, FAST)

    async def asked():
        sent = incoming()
        first = asyncio.create_task(delivery.reply(sent))
        await until(lambda: bool(delivery._jobs))
        second = asyncio.create_task(other.reply(sent))
        await asyncio.sleep(FAST.lease / 2)
        speaker.may.set()
        return await first, await second, bool(other._jobs)

    first, second, worked = asyncio.run(asked())
    assert first == second
    assert not worked


def test_what_a_process_left_behind_is_taken_over(incoming, desk):
    """As a kill leaves it: arrived, held by nobody, not answered."""
    sent = incoming()
    desk.records.messages.arrive(sent.id, sent.asker, 0.0, FAST.lease)
    delivery = Delivery(desk.records.messages, Speaker.of(desk), None, PATIENT)
    assert asyncio.run(delivery.reply(sent)).text.startswith("要的，")


def test_a_message_that_cannot_be_answered_says_so(incoming, desk, say, caplog):
    broken = replace(desk, bot=replace(desk.bot, know=lambda: 1 / 0))
    delivery = Delivery(desk.records.messages, Speaker.of(broken), None, PATIENT)
    assert asyncio.run(delivery.reply(incoming())).text == say("wechat.failed")
    assert "ZeroDivisionError" in caplog.text
