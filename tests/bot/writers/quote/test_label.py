"""What must be said with a sentence, in the very sentence."""

import pytest

from bot.words import load_wording
from bot.writers.quote.label import labelled
from corpus.document import Source
from corpus.fact import Fact

SENTENCE = "德清县一次性奖励20万元。"


def fact(values=None, kind="subsidy", checked="secondary", **more):
    values = {"奖励": "200000元"} if values is None else values
    return Fact("row", kind, "浙江省湖州市德清县", Source("文件", checked=checked), values=values, **more)


@pytest.fixture
def says(statement):
    """The sentence as labelled for a state and rows."""

    def says(state="in_force", *facts, **source):
        return labelled(SENTENCE, statement(SENTENCE, state=state, facts=facts, **source), load_wording())

    return says


def test_what_is_in_force_is_said_as_it_stands(says):
    assert says("in_force", fact()) == SENTENCE


@pytest.mark.parametrize("state", ["lapsed", "draft"])
def test_what_is_past_or_a_draft_begins_with_saying_so(says, label, state):
    text = says(state, fact())
    assert label(state)
    assert text == label(state) + SENTENCE


def test_what_is_not_yet_in_force_names_its_day(says, label):
    assert says("not_yet", fact(), since="2027-01-01").startswith(label("not_yet", since="2027-01-01"))
    assert "2027-01-01" in label("not_yet", since="2027-01-01")


def test_unconfirmed_money_names_its_source_and_the_office_in_one_sentence(says):
    text = says("unknown", fact(confirm_with="德清县市场监督管理局"), title="若干政策意见")
    assert text.startswith("据《若干政策意见》")
    assert "是否仍执行待德清县市场监督管理局确认" in text
    assert text.count("。") == 1 and text.endswith("。")
    assert SENTENCE.rstrip("。") in text


def test_unconfirmed_money_without_a_known_office_names_the_usual_one(says, say):
    assert f"是否仍执行待{say('office_default')}确认" in says("unknown", fact())


@pytest.mark.parametrize("other", [fact({"家数": "50家"}), fact(kind="figure"), fact({}, "step")])
def test_what_is_no_money_of_a_scheme_needs_no_confirmation(says, other):
    assert says("unknown", other) == SENTENCE


def test_hearsay_says_that_no_source_was_found(says, label):
    assert says("in_force", fact(checked="recalled")) == label("recalled") + SENTENCE


def test_one_row_of_hearsay_among_others_is_enough(says, label):
    assert says("in_force", fact(), fact(checked="recalled")).startswith(label("recalled"))


@pytest.mark.parametrize("end", ["。", "；", "！", ""])
def test_a_labelled_sentence_ends_once(statement, end):
    text = labelled("奖20万元" + end, statement("奖20万元" + end, state="lapsed"), load_wording())
    assert text.endswith("20万元。")


def test_braces_in_a_sentence_stay_as_they_are(statement):
    text = labelled("奖{x}{0}。", statement("奖{x}{0}。", state="draft"), load_wording())
    assert "奖{x}{0}" in text


def test_the_head_of_a_list_keeps_its_colon(statement):
    text = labelled("要办三样手续：", statement("要办三样手续：", state="draft"), load_wording())
    assert text.endswith("三样手续：")
