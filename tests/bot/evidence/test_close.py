"""What leads is read closely: question and sentence together."""

import pytest

from bot.conversation import Need
from bot.evidence.candidates import examine
from bot.evidence.close import READ, UNREAD, odds_of, read_closely
from corpus.split import sentences

NEED = Need("绿色产品认证", "", None, "2026-11-24", "绿色产品的证管几年")
TERM = "绿色产品认证由指定的机构做。绿色产品认证证书有效期5年。"


@pytest.fixture
def ground(shelf):
    """Gives the ground over a term and more other matters than are read, as a model of one's choice sees them."""

    def over(embedder):
        texts = [TERM, *(f"绿色产品认证的第{number}份材料要盖章。" for number in range(2 * READ))]
        for number, text in enumerate(texts):
            shelf.put_row(f"row-{number}", "全国", kind="requirement", values="{}", validity="{state: in_force}")
            shelf.put(f"d{number}", f"## 要求\n{text}{{row-{number}}}")
        bot = shelf.desk(embedder=embedder).bot
        bot.index.wait()
        return bot.know().ground

    return over


def test_the_sentence_that_answers_has_the_highest_odds(ground):
    ground = ground("trained")
    (told,) = (one for one in examine(NEED, ground) if one.text == TERM)
    odds = odds_of(NEED, told.passage, told.text, ground)
    assert list(odds) == list(sentences(TERM))
    assert max(odds, key=lambda sentence: odds[sentence]) == sentences(TERM)[1]


def test_the_statement_that_answers_outdoes_others_and_what_was_not_read_counts_as_the_last(ground):
    ground = ground("trained")
    read = read_closely(NEED, list(examine(NEED, ground)), ground)
    assert max(read, key=lambda one: one.features["answers"]).text == TERM
    assert all(-1 <= one.features["answers"] <= 1 for one in read)
    assert {one.features["answers"] for one in read[READ:]} == {min(one.features["answers"] for one in read[:READ])}


def test_where_no_model_reads_all_count_alike(ground):
    ground = ground("hashing")
    read = read_closely(NEED, list(examine(NEED, ground)), ground)
    assert {one.features["answers"] for one in read} == {UNREAD}
