"""How well a statement answers a need: what most texts share counts little."""

from dataclasses import replace

import pytest

from bot.conversation import Need
from bot.evidence.rarity import Rarity, bigrams, grams
from bot.evidence.signs import (
    fits,
    holds_wanted,
    is_of_another_kind,
    is_of_another_level,
    is_of_another_year,
    is_stranger,
    lacks_all,
    lacks_figures,
    lacks_price,
    names_object,
    pays_for_another_thing,
)
from corpus.document import Passage, Source, Validity
from corpus.fact import Fact

TEXTS = ["绿色产品认证的有效期", "绿色产品认证的补贴", "绿色产品认证的步骤", "充电宝要做认证"]


@pytest.fixture
def rarity():
    return Rarity(TEXTS)


@pytest.fixture(scope="module")
def terms(desk):
    return desk.bot.know().vocabulary.terms


def need(text="问", aspect="补贴", objects=(), wants=()):
    return Need("绿色产品认证", aspect, None, "2026-11-23", text, objects, wants)


def fact(kind="subsidy", **more):
    return Fact("f", kind, "全国", Source("文件"), **more)


def passage(heading, title="绿色产品认证"):
    return Passage("p", "d", title, heading, "话。", Source("文件"), Validity(), "全国", "绿色产品认证")


def test_a_text_is_like_itself_and_unlike_what_shares_nothing_with_it(rarity):
    assert rarity.likeness(TEXTS[0], TEXTS[0]) == pytest.approx(1)
    assert rarity.likeness(TEXTS[0], "民宿") == 0


def test_a_rare_word_counts_more_than_one_that_all_texts_share(rarity):
    assert rarity.coverage("绿色充电", "充电") > rarity.coverage("绿色充电", "绿色")


def test_a_word_never_seen_weighs_as_much_as_the_rarest(rarity):
    assert rarity.coverage("充电火箭", "充电") <= 0.5


def test_nothing_asked_is_not_held(rarity):
    assert rarity.coverage("", "绿色") == 0
    assert rarity.likeness("，。", "绿色") == 0


def test_likeness_and_coverage_lie_between_0_and_1(rarity):
    for text in TEXTS:
        for other in TEXTS:
            assert 0 <= rarity.likeness(text, other) <= 1
            assert 0 <= rarity.coverage(text, other) <= 1


def test_punctuation_and_spaces_part_words():
    assert bigrams("绿色，产品") == {"绿色", "产品"}


def test_letters_are_compared_without_case_or_width():
    assert grams("CCC") == grams("ｃｃｃ")


def test_a_heading_of_the_aspect_fits_wholly(terms):
    assert fits(need(), passage("补贴：德清"), (), terms) == 1


def test_without_an_aspect_everything_fits(terms):
    assert fits(need(aspect=""), passage("案例"), (), terms) == 1


def test_a_heading_of_another_aspect_without_the_kind_of_row_does_not_fit(terms):
    assert fits(need(aspect="有效期"), passage("案例"), [fact("contact")], terms) == 0


def test_money_wanted_is_held_only_by_a_row_with_money(terms):
    asked = need(wants=("money",))
    assert holds_wanted(asked, [fact(values={"奖励": "200000元"})], terms) == 1
    assert holds_wanted(asked, [fact(values={"有效期": "5年"})], terms) == 0


def test_of_two_kinds_of_value_wanted_one_is_half(terms):
    assert holds_wanted(need(wants=("money", "duration")), [fact(values={"奖励": "200000元"})], terms) == 0.5


@pytest.mark.parametrize(
    ("kind", "value"),
    [("money", "2500元/人日"), ("duration", "90天"), ("score", "70分"), ("count", "50家"), ("date", "2025-08-15")],
)
def test_each_kind_of_value_is_recognised(terms, kind, value):
    assert holds_wanted(need(wants=(kind,)), [fact(values={"某": value})], terms) == 1


def test_a_thing_is_named_by_the_row_or_by_the_text():
    asked = need(objects=("充电宝",))
    assert names_object(asked, "这类产品要做。", [fact(objects=("充电宝", "移动电源"))])
    assert names_object(asked, "充电宝要做。", [])
    assert not names_object(asked, "头盔要做。", [fact(objects=("头盔",))])


def test_a_count_of_other_things_than_those_asked_for_is_worth_half(terms):
    asked = need("分几级", wants=("count",))
    assert holds_wanted(asked, [fact(values={"级数": "5级"})], terms) == 1
    assert holds_wanted(asked, [fact(values={"张数": "2张"})], terms) == 0.5
    assert holds_wanted(asked, [fact(values={"奖励": "200000元"})], terms) == 0


@pytest.mark.parametrize(
    ("left", "around", "strange"),
    [
        ("ISO37001怎么", "ISO 27001第一阶段", True),
        ("ISO27001怎么", "ISO 27001第一阶段", False),
        ("2024年的", "条文", False),
        ("5000元", "条文", False),
    ],
)
def test_a_standards_number_must_be_the_one_asked_for(left, around, strange):
    assert is_stranger(left, around) is strange


def test_what_the_government_pays_is_neither_a_price_nor_a_fine(terms):
    paid, price = fact(values={"奖励": "200000元"}), fact("figure", values={"收费": "3000元"})
    for aspect in ("费用", "处罚"):
        assert holds_wanted(need("多少钱", aspect, wants=("money",)), (paid,), terms) == 0
        assert holds_wanted(need("多少钱", aspect, wants=("money",)), (price,), terms) == 1
    assert holds_wanted(need("奖多少", "补贴", wants=("money",)), (paid,), terms) == 1


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ("四钻的有几家", "评出五钻民宿39家", True),
        ("四钻的有几家", "评出四钻、五钻民宿39家", False),
        ("四钻的有几家", "首批46家民宿拿到证书", True),
        ("四钻要做到啥样", "首批46家民宿拿到证书", False),
        ("报丙级要交哪几样", "申报甲级、乙级，先由各地初审", True),
        ("五钻和金宿是一码事吗", "两种牌子互不替代，另一种分甲级、乙级、丙级", False),
        ("民宿有几家", "评出五钻民宿39家", False),
    ],
)
def test_what_is_told_of_one_level_of_a_row_is_no_answer_for_another(asked, told, another):
    assert is_of_another_level(need(asked, wants=("count",)), told) is another


@pytest.mark.parametrize(
    ("year", "told", "another"),
    [
        ("2019-12-28", "2025年有5328家", True),
        ("2019-12-28", "2014年以来有5328家，到2025年为止", True),
        ("2019-12-28", "2019年底有1.8万家，2025年更多", False),
        ("2019-12-28", "2016年有500家", False),
        ("", "2025年有5328家", False),
    ],
)
def test_how_many_there_were_in_a_year_is_not_told_by_later_ones(year, told, another):
    asked = Need("民宿", "", None, "2026-11-23", "那年有多少家", wants=("count",), year=year)
    assert is_of_another_year(asked, told) is another


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ("一般纳税人按几个点开", "小规模纳税人减按1%缴纳。", True),
        ("一般纳税人按几个点开", "一般纳税人和小规模纳税人都按6%。", False),
        ("个税能不能少点", "小型微利企业的企业所得税税负是5%。", True),
        ("个税能不能少点", "个人所得税减半。", False),
        ("增值税交多少", "个体户可以申请。", False),
    ],
)
def test_what_a_rule_sets_apart_is_not_told_by_what_speaks_of_the_other_alone(asked, told, another):
    assert is_of_another_kind(need(asked), told) is another


def test_what_is_paid_for_a_thing_in_the_heading_is_no_answer_to_who_does_not_name_it():
    paid, heading = (fact(objects=("民宿管家",)),), passage("补贴：民宿管家")
    assert pays_for_another_thing(need("民宿认证过了县里补多少"), heading, paid)
    assert not pays_for_another_thing(need("考出管家县里补多少"), heading, paid)
    assert not pays_for_another_thing(need("民宿认证过了县里补多少"), passage("补贴"), paid)
    assert not pays_for_another_thing(need("那给多少", objects=("民宿管家",)), heading, paid)
    assert pays_for_another_thing(replace(need("茶艺师那个证呢"), before="考出民宿管家补多少"), heading, paid)


def test_which_kinds_of_figures_a_text_lacks_is_known():
    assert lacks_figures(need(wants=("money", "duration")), "罚5万元。") == 0.5
    assert lacks_figures(need(), "罚5万元。") == 0
    assert lacks_all(("money",), "不能开民宿。")
    assert not lacks_all(("money",), "罚5万元。")
    assert not lacks_all(("verdict",), "不能开民宿。")


@pytest.mark.parametrize(
    ("told", "lacks"), [("要有售后制度和专人。", True), ("登记证不收费。", False), ("审核费3000元。", False)]
)
def test_whether_something_costs_money_is_not_told_by_what_speaks_of_none(told, lacks):
    assert lacks_price(told) is lacks


def test_the_number_of_a_clause_is_that_clauses_alone():
    assert is_stranger("8.5.2 讲的", "ISO 9001条款5.2要求质量方针写明")
    assert not is_stranger("8.5.2 讲的", "ISO 9001条款8.5.2要求分得清哪批是哪批")
