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


@pytest.mark.parametrize(
    ("text", "aspect"),
    [("3C材料递进去要等多久", "时限"), ("3C材料要交哪些", "材料"), ("绿色产品认证的标志贴错了罚多少", "处罚")],
)
def test_a_noun_yields_to_the_kind_of_value_asked_for(needs, text, aspect):
    (need,) = needs(text)
    assert need.aspect == aspect


def test_how_much_is_of_the_kind_that_the_aspect_wants(needs):
    (need,) = needs("没办卫生许可证要被处罚到多少")
    assert need.wants == ("money",)


def test_a_part_without_a_subject_is_known_with_the_part_before_and_by_itself(needs):
    first, second = needs("收到罚款决定书几天里要缴钱，这个处罚会在网上挂多久")
    assert (first.own, second.own) == ("", "这个处罚会在网上挂多久")
    assert second.text == f"{first.text} {second.own}"


def test_a_part_that_asks_no_more_than_what_of_another_asks_what_was_asked_before(needs):
    first, second = needs("安徽的绿色工厂评下来给多少钱，重庆分厂要是评个市级的呢")
    assert (second.region.name, second.wants) == ("重庆市", first.wants)
    assert second.wants == ("money",)


def test_a_thing_is_lent_only_to_a_part_that_names_none(needs):
    assert [need.objects for need in needs("民宿灭火器多大面积配一个，楼梯要隔几年粉刷一次")] == [("灭火器",), ()]
    assert [need.objects for need in needs("3C充电宝罚多少，要多久")] == [("充电宝",), ("充电宝",)]


def test_a_follow_up_that_names_another_thing_is_not_about_the_one_before(needs):
    turn = Turn("积木要不要做3C", "3C认证", ("要不要做",), objects=("积木",))
    assert needs("那装电池会跑的小汽车呢，给七八岁孩子玩的", turn)[0].objects == ()


def test_the_sides_of_a_comparison_stand_in_one_clause(needs):
    assert not any(need.side for need in needs("民宿就8个人，一年做80来万，算小型还是微型"))
    assert [need.side for need in needs("3C和绿标有什么区别")][1:] == ["3c", "绿标"]


@pytest.mark.parametrize(
    ("asked", "next_one", "text"),
    [
        ("民宿评五钻要多少分", "那四钻呢", "民宿评四钻要多少分"),
        ("机器人CR的B型管几年", "A型呢 我们只做这个", "机器人cr的a型管几年"),
    ],
)
def test_another_of_the_same_row_repeats_the_question_for_it(needs, asked, next_one, text):
    (first,) = needs(asked)
    turn = Turn(first.text, first.subject, (first.aspect,) if first.aspect else ())
    assert needs(next_one, turn)[0].text == text


@pytest.mark.parametrize("text", ["营业执照几天能拿到要带啥去", "营业执照要带些啥几天能拿到"])
def test_papers_and_a_figure_asked_for_in_one_breath_are_two_needs(needs, text):
    assert {need.aspect for need in needs(text)} == {"时限", "材料"}


def test_a_clause_that_names_but_a_wider_subject_is_about_the_one_told_before(needs):
    (need,) = needs("客户招标要27001我们就八个人，体系得先跑多久")
    assert need.subject == "信息安全管理体系认证"


def test_how_much_asked_by_itself_is_of_what_was_asked_before(needs):
    assert {need.aspect for need in needs("绿色产品认证德清有补贴么，几个钱")} == {"补贴"}


def test_what_the_name_of_a_subject_says_of_money_counts_too(needs):
    assert needs("服务业贴息一户最多贴多少钱")[0].aspect != "费用"


def test_without_a_subject_a_part_is_known_with_the_last_that_says_what_it_is_about(needs):
    *_, third = needs("饭店要啥条件，多少钱，几年换")
    assert third.text.startswith("饭店")


def test_besides_is_no_break_where_it_goes_with_the_verb(needs):
    assert len(needs("3C拿证后跟踪检查要另外收钱吗")) == 1
