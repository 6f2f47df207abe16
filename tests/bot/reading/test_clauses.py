"""What one message asks for, clause by clause, each with its own place."""

import pytest

from bot.conversation import Question, Session, Turn
from bot.reading.read import read


@pytest.fixture
def needs(desk):
    def reads(text, *turns):
        return read(Question(text, Session(turns=turns), "2026-11-23"), desk.bot.know().vocabulary).needs

    return reads


def test_spaces_part_clauses_where_commas_are_left_out(needs):
    assert [need.wants for need in needs("3C证书能用几年 没办要罚多少")] == [("duration",), ("money",)]


def test_two_figures_asked_for_in_a_row_are_two_needs(needs):
    assert len(needs("3C认证多少钱多久")) == 2


def test_what_is_told_before_goes_with_what_is_asked_after(needs):
    (need,) = needs("做地板的，想弄个绿标，手续怎么走")
    assert need.subject == "绿色产品认证"
    assert "地板" in need.text


def test_a_clause_that_asks_for_nothing_of_its_own_goes_with_the_one_before(needs):
    assert len(needs("绿标补贴多少，是不是")) == 1


def test_each_clause_has_its_own_place(needs):
    places = [need.region.name for need in needs("牵头弄浙江制造标准，诸暨给几万，武义又给几万")]
    assert places == ["诸暨市", "武义县"]


def test_two_places_of_one_clause_are_two_needs(needs):
    assert {need.region.name for need in needs("德清和余杭绿标各奖多少")} >= {"德清县", "余杭区"}


def test_a_comparison_has_a_side_for_each_name(needs):
    whole, *sides = needs("德清和余杭绿标哪边给得多")
    assert whole.aspect == "区别"
    assert [side.side for side in sides] == ["德清", "余杭"]


def test_a_correction_keeps_the_question_and_changes_what_it_corrects(needs):
    last = Turn("3C证书有效期几年", "3C认证", ("有效期",))
    (need,) = needs("不对，我说的是绿标", last)
    assert (need.subject, need.aspect) == ("绿色产品认证", "有效期")
    (need,) = needs("不是，我问的是罚款", last)
    assert (need.subject, need.aspect) == ("3C认证", "处罚")


def test_a_message_that_names_its_own_subject_owes_nothing_to_the_last(needs):
    last = Turn("绿标给钱不", "绿色产品认证", ("补贴",))
    assert {need.subject for need in needs("3C证书能用几年，没办要罚多少", last)} == {"3C认证"}
