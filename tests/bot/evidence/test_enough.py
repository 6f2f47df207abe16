"""Whether a statement is about what was asked."""

from dataclasses import replace

import pytest

from bot.conversation import Need
from bot.evidence.enough import ENOUGH_ELSEWHERE, ENOUGH_UNTOLD, Signs, enough, probability
from corpus.document import Source
from corpus.fact import Fact
from corpus.terms import load_terms
from settings import CHECKOUT

TERMS = load_terms((CHECKOUT / "corpus",))
NEED = Need("3C认证", "", None, "2026-11-24", "问")
CLOSE = Signs(left="某事", aspect=0.0, named=False, exact=True, held=0.2, likeness=0.4, standing=5.0, wanted=0.0)


def fact(**keys):
    return Fact("a", "requirement", "全国", Source("甲"), **keys)


def test_what_stands_far_above_the_ordinary_is_enough_though_it_shares_no_word():
    assert enough(NEED, replace(CLOSE, held=0.0), (), TERMS)
    assert not enough(NEED, replace(CLOSE, standing=1.0), (), TERMS)


def test_the_higher_it_stands_the_likelier_it_answers():
    chances = [probability(NEED, replace(CLOSE, standing=z), TERMS) for z in (0.0, 2.0, 4.0, 6.0)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < 0.1 < 0.9 < chances[-1] < 1


def test_another_subject_than_the_one_named_must_fit_more_closely():
    assert ENOUGH_ELSEWHERE > ENOUGH_UNTOLD
    signs = next(s for z in range(60) if probability(NEED, s := replace(CLOSE, standing=z / 10), TERMS) > ENOUGH_UNTOLD)
    assert enough(replace(NEED, subject="", told=False), signs, (), TERMS)
    assert not enough(replace(NEED, subject="", told=True), signs, (), TERMS)


@pytest.mark.parametrize("wants", [("money",), ("duration",)])
def test_what_lacks_the_figure_asked_for_is_not_enough(wants):
    need = replace(NEED, wants=wants)
    assert not enough(need, CLOSE, (), TERMS)
    assert enough(need, replace(CLOSE, wanted=1.0), (), TERMS)


def test_a_heading_about_just_this_is_enough_without_a_figure():
    need = replace(NEED, aspect="费用", wants=("money",))
    assert enough(need, replace(CLOSE, aspect=1.0), (), TERMS)


def test_a_standard_of_another_number_is_not_enough():
    assert not enough(NEED, replace(CLOSE, stranger=True), (), TERMS)


def test_of_a_thing_named_only_what_speaks_of_it_or_of_all_things_is_enough():
    need = replace(NEED, objects=("充电宝",), aspect="有效期")
    assert not enough(need, CLOSE, (fact(objects=("头盔",)),), TERMS)
    assert enough(need, replace(CLOSE, named=True), (), TERMS)
    assert enough(need, replace(CLOSE, aspect=1.0), (fact(),), TERMS)


def test_while_the_model_loads_words_decide():
    unknown = replace(CLOSE, standing=None)
    assert not enough(NEED, unknown, (), TERMS)
    assert enough(NEED, replace(unknown, held=0.4), (), TERMS)
