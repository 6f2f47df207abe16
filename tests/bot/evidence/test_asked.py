"""What the nearest ways in lead to."""

import pytest

from bot.evidence.asked import asked, closeness
from corpus.document import Source
from corpus.fact import Fact
from corpus.ways import Way
from index.ways import Near

PLACES = {"a": ("绿色产品认证", "补贴"), "b": ("3C认证", "有效期")}


def near(fact="", likeness=0.5, standing=5.0, **way):
    return Near(Way("问", fact, **way), likeness, standing)


def test_meaning_and_words_count_half_each_and_words_alone_while_there_is_no_meaning():
    assert closeness(near(likeness=1.0, standing=5.0)) == pytest.approx(1.0)
    assert closeness(near(likeness=0.4, standing=None)) == 0.4


def test_a_fact_is_as_near_as_its_nearest_way():
    found = asked([near("a", 0.2, 1.0), near("a", 1.0, 5.0), near("b", 0.1, 0.5)], PLACES, {})
    fact = Fact("a", "subsidy", "全国", Source("甲"))
    assert found.of((fact,), PLACES["a"], "") == pytest.approx(1.0)


def test_a_way_that_points_to_a_subject_counts_for_all_of_it():
    found = asked([near(subject="3C认证", aspect="有效期", likeness=1.0)], PLACES, {})
    assert found.of((), ("3C认证", "有效期"), "") == pytest.approx(1.0)
    assert found.of((), ("3C认证", "费用"), "") == 0.0


def test_the_nearest_vote_for_an_aspect():
    found = asked([near("a", 1.0, 5.0), near("b", 0.1, 1.0)], PLACES, {})
    assert found.aspects["补贴"] > 0.9 > 0.1 > found.aspects["有效期"]
    assert sum(found.aspects.values()) == pytest.approx(1.0)


def test_nothing_near_leads_nowhere():
    assert asked([], PLACES, {}).of((), ("3C认证", "费用"), "") == 0.0


def test_the_nearer_its_ways_the_larger_the_share_of_a_fact():
    found = asked([near("a", 1.0, 5.0), near("a", 0.9, 4.0), near("b", 0.5, 3.0)], PLACES, {})
    fact = Fact("a", "subsidy", "全国", Source("甲"))
    assert 0.9 < found.share_of((fact, fact), "") < 1.0
    assert found.nearest(1) == ["a"]


def test_a_way_that_knows_its_sentence_leads_to_no_other_statement_of_the_fact():
    found = asked([near("a", 1.0, 5.0, sentence="没申报的罚"), near("a", 0.2, 1.0)], PLACES, {})
    fact = Fact("a", "subsidy", "全国", Source("甲"))
    fine, duty = "没申报的罚3万元。", "要在5日内申报。"
    assert found.of((fact,), PLACES["a"], fine) > found.of((fact,), PLACES["a"], duty)
    assert found.share_of((fact,), fine) == pytest.approx(1.0)
    assert list(found.sentences((fact,), fine)) == ["没申报的罚"]
    assert found.sentences((fact,), duty) == {}


def test_what_nothing_answers_yet_leads_to_no_fact_and_votes_for_nothing():
    found = asked([near(gap="3C认证", likeness=1.0, standing=5.0), near("a", 0.1, 1.0)], PLACES, {})
    assert found.gap == pytest.approx(1.0)
    assert 0.9 < found.gap_share < 1.0
    assert found.nearness > found.nearness_answered
    assert list(found.leads) == ["a"]
    assert found.aspects == {"补贴": 1.0}


def test_what_is_asked_of_another_places_twin_is_asked_here_as_well():
    found = asked([near("a", 1.0, 5.0, sentence="诸暨每张奖"), near("b", 0.5, 3.0)], PLACES, {"a": ["here"]})
    here = Fact("here", "subsidy", "全国", Source("甲"))
    assert found.of((here,), PLACES["a"], "德清一次奖20万元。") == pytest.approx(1.0)
    assert found.share_of((here,), "德清一次奖20万元。") > 0.9
