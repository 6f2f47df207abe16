"""Which sentence of a statement stands first."""

from dataclasses import replace

import pytest

from bot.conversation import Need
from bot.evidence.lead import parts_of
from corpus.split import sentences

TWO = "检定由计量院做。没检的秤罚1000元以下。"
DONE, FINED = sentences(TWO)
LIST = "材料有两样：\n1. 申请书。\n2. 执照。"


@pytest.fixture
def told(statement):
    """A statement with the odds that its sentences answer, as logarithms, in their order, and votes."""

    def told(text, *odds, **voted):
        return replace(statement(text), odds=dict(zip(sentences(text), odds, strict=False)), voted=voted)

    return told


def need(text, *wants):
    return Need("绿色产品认证", "", None, "2026-11-23", text, wants=wants)


def test_the_sentence_that_most_likely_answers_stands_first(told):
    assert parts_of(told(TWO, -1.0, 2.0), need("没检会怎样")) == (FINED, DONE)
    assert parts_of(told(TWO, 2.0, -1.0), need("谁来检")) == (DONE, FINED)


def test_owners_questions_near_by_vote_for_the_sentence_that_answers_them(told):
    assert parts_of(told(TWO, 0.5, 0.0, 没检的秤=1.0), need("秤的事"))[0] == FINED


def test_a_figure_of_the_kind_asked_for_counts(told):
    assert parts_of(told(TWO, 0.5, 0.0), need("多少钱", "money"))[0] == FINED


def test_a_list_begins_with_what_is_listed_and_its_steps_keep_their_order(told):
    assert parts_of(told(LIST, 0.0, 0.0, 2.0), need("要执照吗")) == ("材料有两样：", "1. 申请书。", "2. 执照。")


def test_the_item_that_answers_stands_right_after_what_introduces_the_list(told):
    text = LIST.replace("1.", "-").replace("2.", "-")
    assert parts_of(told(text, 0.0, 0.0, 2.0), need("要执照吗")) == ("材料有两样：", "- 执照。", "- 申请书。")


def test_what_leans_on_the_sentence_before_never_stands_first(told):
    assert parts_of(told("检定免费。它由计量院做。", -3.0, 3.0), need("谁做"))[0] == "检定免费。"


def test_by_words_alone_another_sentence_must_say_clearly_more(told):
    assert parts_of(told(TWO), need("没检的秤会怎样"))[0] == FINED
    assert parts_of(told(TWO), need("检定的事"))[0] == DONE


def test_what_answered_the_question_before_gives_way_to_what_answers_nearly_as_well(told):
    asked = replace(need("那没检的呢"), said=DONE[:5])
    assert parts_of(told(TWO, 0.1, 0.0), asked)[0] == FINED
    assert parts_of(told(TWO, 2.0, 0.0), asked)[0] == DONE
