"""The chat writer over real HTTP: whatever the model does, the owner gets an answer in time, and no figure in it is wrong."""

import logging
import re
import threading
import time
from datetime import timedelta

import pytest

from tests.worst_model import BEHAVIOURS, Refuse, WorstModel, says

DAY = "2026-11-23"
FIRST_WORD, LIMIT = 0.6, 1.2
ASKED = "德清首次通过绿色产品认证奖多少"
TRUE = {"20万元", "10万元", "5年", "90天"}
AWARD = "德清县对首次通过绿色产品认证的企业，一次性奖励20万元，第二次通过的奖励10万元。奖励要在拿证后90天内申请，逾期不予受理。"
FIGURE = re.compile(r"\d[\d.,]*\s*(?:万元|元|年|天|%|万)")


@pytest.fixture(scope="module")
def model():
    server = WorstModel()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def asks(shelf, model):
    """Asks the bot whose chat writer speaks to the model of a name, over a small corpus; gives the answer object and its pieces."""
    shelf.put("award", f"## 补贴：德清\n{AWARD}{{award}}\n\n## 有效期\n绿色产品认证证书有效期为5年。{{term}}")
    shelf.put_row("award", values="{奖励: 200000元}", validity="{state: in_force, since: '2025-01-01'}")
    shelf.put_row("term", kind="figure", region="全国", values="{有效期: 5年}", validity="{state: in_force}")
    desk = None

    def asked(name, question=ASKED, session=None, **settings):
        nonlocal desk
        desk = shelf.desk(
            writer="chat", chat_url=model.url, chat_key="sk-secret", chat_model=name, chat_first_word=FIRST_WORD,
            chat_limit=LIMIT, **settings,
        )  # fmt: skip
        *pieces, answer = desk.stream(question, None, session, DAY)
        assert "".join(pieces) == answer["answer"]
        return answer

    return asked
