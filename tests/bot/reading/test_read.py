"""A question as typed, understood: region, intent, what it is about."""

import pytest

from bot.conversation import SESSION_VERSION, Profile, Question, Session, Turn
from bot.reading.read import read

DEQING, YUHANG, JIAXING = "浙江省湖州市德清县", "浙江省杭州市余杭区", "浙江省嘉兴市"


@pytest.fixture
def reads(desk):
    """Reads a question; gives the Reading."""

    def reads(text, profile="", turns=()):
        return read(Question(text, Session(Profile(profile), turns), "2026-11-23"), desk.bot.know().vocabulary)

    return reads


def earlier(region):
    return (Turn("补贴多少", "绿色产品认证", ("补贴",), region),)


def test_a_region_said_in_the_question_goes_before_all_others(reads):
    assert reads("余杭的补贴多少", DEQING, earlier(JIAXING)).region.full_name == YUHANG


def test_a_region_said_earlier_goes_before_the_profile(reads):
    assert reads("绿色产品认证补贴多少", DEQING, earlier(JIAXING)).region.full_name == JIAXING


def test_the_region_said_last_counts_among_those_said_earlier(reads):
    turns = (*earlier(JIAXING), *earlier(YUHANG), *earlier(""))
    assert reads("绿色产品认证补贴多少", DEQING, turns).region.full_name == YUHANG


def test_the_profile_counts_where_nothing_was_said(reads):
    assert reads("绿色产品认证补贴多少", DEQING).region.full_name == DEQING


def test_without_any_region_there_is_none(reads):
    assert reads("绿色产品认证补贴多少").region is None


def test_the_setting_is_the_region_of_who_names_none(another_desk):
    desk = another_desk(region="德清")
    assert desk.ask("绿色产品认证补贴多少")["region"] == DEQING
    assert desk.ask("绿色产品认证补贴多少", {"region": "余杭"})["region"] == YUHANG
    assert desk.ask("嘉兴绿色产品认证补贴多少", {"region": "余杭"})["region"] == JIAXING


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("德清绿色产品认证奖多少", DEQING),
        ("浙江省湖州市德清县绿色产品认证奖多少", DEQING),
        ("湖州德清的厂，绿色产品认证奖多少", DEQING),
        ("我在嘉兴，朋友在余杭，余杭绿色产品认证奖多少", YUHANG),
        ("全国的绿色产品认证有效期", "全国"),
    ],
)
def test_a_region_is_understood_by_any_of_its_names(reads, text, region):
    assert reads(text).region.full_name == region


def test_an_ambiguous_region_is_no_region_but_its_choices(reads):
    reading = reads("鼓楼区绿色产品认证补贴多少", DEQING)
    assert reading.intent == "ambiguous_region"
    assert reading.region is None
    assert len(reading.choices) > 2


def test_full_width_letters_are_read_as_ordinary_ones(reads):
    assert [need.subject for need in reads("充电宝要不要做３Ｃ").needs] == ["3C认证"]


@pytest.mark.parametrize("text", ["你好", "您好！", "谢谢", "你是谁", "再见"])
def test_manners_are_small_talk(reads, text):
    reading = reads(text)
    assert reading.intent == "small_talk"
    assert reading.detail


def test_a_short_question_with_a_subject_is_no_small_talk(reads):
    assert reads("你好，3C是什么").intent == "ask"


def test_a_look_alike_is_told_with_what_it_is(reads):
    reading = reads("无公害农产品怎么报名")
    assert (reading.intent, reading.detail) == ("near_miss", "无公害农产品")
    assert "绿色食品" in reading.choices


def test_a_look_alike_beside_the_subject_is_a_question_about_the_subject(reads):
    reading = reads("绿色产品认证和绿色饭店有什么区别")
    assert reading.intent == "ask"
    assert [need.subject for need in reading.needs] == ["绿色产品认证"]


def test_of_two_places_of_one_name_the_one_in_the_home_province_is_meant(reads):
    assert reads("永康绿色产品认证补贴多少").region.full_name == "浙江省金华市永康市"


def test_the_day_is_handed_on_to_what_is_needed(desk):
    question = Question("绿色产品认证补贴多少", Session(), "2021-05-01")
    assert {need.day for need in read(question, desk.bot.know().vocabulary).needs} == {"2021-05-01"}


def test_reading_changes_nothing_in_the_session(desk):
    session = Session(Profile(DEQING), earlier(JIAXING))
    read(Question("余杭呢", session, "2026-11-23"), desk.bot.know().vocabulary)
    assert session == Session(Profile(DEQING), earlier(JIAXING))


def test_words_typed_one_by_one_are_read_together(reads):
    assert [need.subject for need in reads("民宿 消防 要 什么 手续").needs] == ["民宿消防"]


def test_spaces_that_part_clauses_stay(reads):
    assert reads("房子墙上裂了老大一条缝 还有点歪").text == "房子墙上裂了老大一条缝 还有点歪"


def test_of_places_of_one_name_the_one_on_record_is_meant(reads):
    reading = reads("南山的公司评上绿色低碳企业给几万")
    assert reading.region.full_name == "广东省深圳市南山区"


@pytest.mark.parametrize("region", ["瓦坎达", "鼓楼区"])
def test_a_place_of_a_session_that_is_none_or_several_counts_as_never_said(reads, region):
    assert reads("绿色产品认证补贴多少", DEQING, earlier(region)).region.full_name == DEQING
    assert reads("绿色产品认证补贴多少", region).region is None


def test_what_a_session_says_beyond_the_vocabulary_counts_as_never_said(desk):
    made_up = {"subject": "绿色产品认证", "aspects": ["瓦坎达"], "region": "瓦坎达", "question": "补贴多少"}
    turns = [made_up, {**made_up, "subject": "瓦坎达认证"}]
    session = {"version": SESSION_VERSION, "profile": {"region": "瓦坎达"}, "turns": turns}
    answer = desk.ask("那德清呢", session=session)
    assert "瓦坎达" not in answer["answer"]
    assert answer["region"] == DEQING


@pytest.mark.parametrize(
    "text",
    [
        "我是德清的，不是安吉，绿色产品认证奖多少",
        "不对，我不是安吉的，我在德清",
        "绿色产品认证奖多少，问的是德清不是安吉",
    ],
)
def test_a_place_that_is_denied_is_not_meant(desk, text):
    reading = read(Question(text, Session(), "2026-11-23"), desk.bot.know().vocabulary)
    assert reading.region.name == "德清县"
    assert {need.region.name for need in reading.needs} == {"德清县"}


def test_what_is_out_of_scope_moves_nobody(desk):
    known = Session(profile=Profile(region="浙江省湖州市德清县"))
    reading = read(Question("今天杭州下雨吗", known, "2026-11-23"), desk.bot.know().vocabulary)
    assert (reading.intent, reading.region.name) == ("out_of_scope", "德清县")
