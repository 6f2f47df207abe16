"""Whether a statement is about what was asked: first what rules out, then how likely it is."""

from dataclasses import replace

import pytest

from bot.conversation import Need
from bot.evidence.candidates import Candidate
from bot.evidence.enough import WEIGHTS, enough, possible, probability
from corpus.document import Passage, Source, Validity
from corpus.fact import Fact
from corpus.terms import load_terms
from settings import CHECKOUT

TERMS = load_terms((CHECKOUT / "corpus",))
NEED = Need("3C认证", "", None, "2026-11-24", "问")
PASSAGE = Passage("p", "d", "某文", "补贴", "话。", Source("文件"), Validity(), "全国", "3C认证")
NONE = dict.fromkeys((*WEIGHTS, "wanted", "fitting", "aspect", "way"), 0.0)


def fact(kind="requirement", **keys):
    return Fact("a", kind, "全国", Source("甲"), **keys)


def candidate(facts=(), meaning=5.0, stranger=False, left="某事", held=0.2, text="话。", **features):
    return Candidate(PASSAGE, text, tuple(facts), {**NONE, **features}, 1.0, left, held, meaning, stranger)


def test_the_likelier_a_sentence_answers_as_read_the_likelier_the_statement_does():
    chances = [probability({**NONE, "answers": z, "search": 1.0}) for z in (-1.0, 0.0, 0.5, 1.0)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[-1] < 1


def test_what_is_likely_is_enough_though_it_shares_no_word():
    assert enough(NEED, candidate(held=0.0, search=1.0, lead=1.0, answers=0.5), TERMS)
    assert not enough(NEED, candidate(nearest=-0.3, answers=-0.5), TERMS)  # what owners ask like this leads elsewhere


def test_what_owners_have_never_said_of_it_makes_it_less_likely():
    assert probability({**NONE, "heard": 0.2}) < probability({**NONE, "heard": 1.0})


def test_a_statement_whose_own_questions_are_farther_than_others_is_less_likely():
    assert probability({**NONE, "nearest": -0.3}) < probability(NONE)


def test_what_lacks_the_money_asked_for_is_less_likely_to_answer():
    assert probability({**NONE, "unpriced": 1.0}) < probability(NONE)


def test_where_a_subsidy_is_asked_for_a_price_or_a_statistic_is_no_answer():
    need = replace(NEED, aspect="补贴", wants=("money",))
    assert not possible(need, candidate(wanted=1.0, text="交5万元。"), TERMS)
    assert possible(need, candidate(wanted=1.0, text="奖5万元。", aspect=0.5), TERMS)


@pytest.mark.parametrize("aspect", ["费用", "处罚"])
def test_where_a_price_or_a_fine_is_asked_for_a_subsidy_is_no_answer(aspect):
    need = replace(NEED, aspect=aspect, wants=("money",))
    assert not possible(need, candidate([fact(kind="subsidy")], text="奖5万元。", aspect=0.5), TERMS)
    assert possible(need, candidate([fact()], text="交5万元。", aspect=0.5), TERMS)


def test_where_an_amount_is_asked_for_what_names_none_is_no_answer():
    need = replace(NEED, aspect="补贴", wants=("money",))
    assert not possible(need, candidate(text="各地可以给补贴。", aspect=1.0), TERMS)
    assert possible(need, candidate(text="奖5万元。", aspect=1.0), TERMS)
    assert possible(replace(need, wants=()), candidate(text="各地可以给补贴。", aspect=1.0), TERMS)


def test_of_a_price_what_its_heading_announces_may_tell_that_there_is_none():
    need = replace(NEED, aspect="费用", wants=("money",))
    assert possible(need, candidate(text="报名不收费。", aspect=1.0), TERMS)


def test_a_question_that_is_known_to_have_no_answer_yet_is_a_sign_that_this_has_none():
    assert probability({**NONE, "gap_share": 0.5}) < probability(NONE)


def test_a_certificate_of_another_name_or_number_cannot_answer():
    assert not possible(NEED, candidate(stranger=True), TERMS)


def test_whether_something_holds_for_a_thing_only_what_speaks_of_it_may_tell():
    need = replace(NEED, objects=("充电宝",), aspect="要不要做")
    assert not possible(need, candidate([fact(objects=("头盔",))]), TERMS)
    assert not possible(need, candidate(foreign=1.0, object=1.0), TERMS)
    assert possible(need, candidate(object=1.0), TERMS)


def test_whatever_else_is_asked_of_a_thing_a_statement_may_call_it_otherwise():
    need = replace(NEED, objects=("烟感",), aspect="")
    assert possible(need, candidate([fact(objects=("感烟火灾探测报警器",))], foreign=1.0), TERMS)


@pytest.mark.parametrize(("held", "answers"), [(0.2, False), (0.4, True)])
def test_while_the_model_loads_words_decide(held, answers):
    assert enough(NEED, candidate(meaning=None, held=held), TERMS) is answers


def test_while_the_model_loads_an_owners_question_word_for_word_leads_to_its_fact():
    assert enough(NEED, candidate(meaning=None, held=0.0, way=0.9), TERMS)


def about(aspect, subject="民宿", text="收5000元。", **features):
    """A candidate of another subject than the one named, under a heading."""
    found = candidate(text=text, foreign=1.0, **features)
    return replace(found, passage=replace(PASSAGE, heading=aspect, subject=subject))


@pytest.mark.parametrize(("asked", "may"), [("做3C全套下来多少钱", False), ("没做3C要掏多少钱", True)])
def test_a_price_is_no_fine_unless_something_done_wrong_is_asked_about(asked, may):
    need = replace(NEED, text=asked, wants=("money",))
    assert possible(need, about("处罚", text="罚5万元。"), TERMS) is may


@pytest.mark.parametrize("aspect", ["费用", "补贴"])
def test_money_of_another_subject_counts_only_where_it_names_the_one_asked_about(aspect):
    need = replace(NEED, wants=("money",))
    assert not possible(need, about(aspect), TERMS)
    assert possible(need, about(aspect, text="做3C认证的收5000元。"), TERMS)
    assert possible(replace(need, told=False), about(aspect), TERMS)


def test_a_share_is_an_amount():
    assert possible(replace(NEED, wants=("money",)), candidate(text="报价扣除10%至20%。"), TERMS)


def test_of_a_subsidy_asked_for_when_it_ends_more_than_its_money_tells():
    need = replace(NEED, aspect="补贴", wants=("date",))
    assert possible(need, candidate(text="政策到2027年底为止。"), TERMS)


def test_where_no_more_was_said_than_a_name_and_a_heading_that_is_the_answer():
    need = replace(NEED, aspect="有效期")
    unlikely = candidate(left=" ", fitting=1.0, nearest=-1.0)
    assert enough(need, unlikely, TERMS)
    assert not enough(need, replace(unlikely, left="某事"), TERMS)
