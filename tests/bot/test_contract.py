"""The answer object other programs rely on: keys are only added, never renamed."""

import json

import pytest

from bot.conversation import STATUSES

ANSWER = {"id", "answer", "status", "region", "on", "took_ms", "notice", "citations", "suggestions", "session"}
CITATION = set(
    "number passage facts title document_number issuer region validity issued effective expires checked url heading page quote".split()
)
QUESTIONS = [
    "德清首次通过绿色产品认证奖多少",
    "嘉兴绿色产品认证补贴多少",
    "充电宝要不要做3C",
    "绿色产品认证怎么申请",
    "民宿服务认证分几级",
    "绿色产品认证补贴",
    "诸暨绿色产品认证奖多少",
    "没有3C会怎么罚，证书有效期几年",
    "你好",
    "红烧肉怎么做",
]


@pytest.fixture(params=QUESTIONS)
def answer(request, web):
    return web.post("/api/ask", json={"question": request.param, "on": "2026-11-23"}).json()


def test_an_answer_has_every_key_of_the_contract(answer):
    assert answer.keys() >= ANSWER
    assert answer["status"] in STATUSES
    assert answer["answer"] and answer["notice"]
    assert answer["on"] == "2026-11-23"


def test_a_citation_has_every_key_of_the_contract(answer):
    for citation in answer["citations"]:
        assert citation.keys() >= CITATION
        assert citation["title"] and citation["region"]
        assert citation["validity"] in ("in_force", "lapsed", "not_yet", "unknown", "draft")
        assert citation["checked"] in ("primary", "two", "secondary", "recalled")


def test_every_quote_is_found_word_for_word_in_its_passage(answer, web):
    for citation in answer["citations"]:
        passage = web.get(f"/api/passages/{citation['passage']}").json()
        assert citation["quote"]
        assert citation["quote"] in passage["text"]
        assert citation["heading"] == passage["heading"]


def test_every_mark_has_its_citation_and_every_citation_its_mark(answer):
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answer["answer"] for number in numbers)
    assert f"[{len(numbers) + 1}]" not in answer["answer"]


def test_a_passage_is_given_with_document_and_source(web):
    cited = web.post("/api/ask", json={"question": QUESTIONS[0]}).json()["citations"][0]
    passage = web.get(f"/api/passages/{cited['passage']}").json()
    assert passage.keys() >= {"id", "text", "heading", "document", "source"}
    assert passage["id"] == cited["passage"]
    assert passage["document"]["title"]
    assert (passage["source"]["title"], passage["source"]["region"]) == (cited["title"], cited["region"])


def test_where_a_source_was_read_is_never_given_out(web, desk):
    read_at = {passage.source.read_at for passage in desk.bot.index.passages.values() if passage.source.read_at}
    assert read_at
    for question in QUESTIONS:
        text = json.dumps(web.post("/api/ask", json={"question": question}).json(), ensure_ascii=False)
        assert not [address for address in read_at if address in text]


def test_the_answer_of_the_program_is_that_of_the_door(desk, web):
    own = json.loads(json.dumps(desk.ask(QUESTIONS[0], None, None, "2026-11-23")))
    door = web.post("/api/ask", json={"question": QUESTIONS[0], "on": "2026-11-23"}).json()
    ignored = {"id", "key", "took_ms"}
    assert {key: own[key] for key in own.keys() - ignored} == {key: door[key] for key in door.keys() - ignored}
