"""What is said to somebody who writes through a messenger."""

import pytest

from bot import maintenance
from bot.channels._wechat.envelope import Envelope
from bot.channels._wechat.speaking import Speaker
from tests.wechat.peer import SAFE, Peer, text


@pytest.fixture
def closed(desk):
    maintenance.close(desk.settings, "今晚八点前升级，请稍后再问。")
    yield
    maintenance.reopen(desk.settings)


def test_while_nothing_is_answered_the_operators_words_are_said(desk, closed):
    query, body = Peer(SAFE).request(text("somebody", "3C是什么"))
    incoming = Envelope("wechat", SAFE).open(query, body, int(query["timestamp"]))
    assert Speaker.of(desk).say(incoming, {}).text == "今晚八点前升级，请稍后再问。"
