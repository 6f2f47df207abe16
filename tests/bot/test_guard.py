"""What is done to a question before it is read or stored."""

import re

import pytest

from bot.guard import LONGEST_QUESTION, cleaned, masked


@pytest.mark.parametrize(
    ("private", "name"),
    [
        ("13812345678", "手机"),
        ("19900001111", "手机"),
        ("330521199003071234", "证件"),
        ("33052119900307123X", "证件"),
        ("33052119900307123x", "证件"),
        ("6222021234567890", "卡号"),
        ("6222021234567890123", "卡号"),
        ("133-0000-6666", "手机"),
        ("+8613812345678", "手机"),
        ("+86 138 1234 5678", "手机"),
        ("008613812345678", "手机"),
        ("１３８１２３４５６７８", "手机"),
        ("330521 19900307 1234", "证件"),
        ("6222 0212 3456 7890", "卡号"),
        ("３３０５２１１９９００３０７１２３４", "证件"),
        ("wang.wu+cert@example.com.cn", "邮箱"),
        ("wang＠example．cn", "邮箱"),
        ("仙潭村12组88号", "住址"),
    ],
)
def test_a_private_number_is_replaced_by_its_kind(private, name):
    text = masked(f"我是老王，{private}，有消息告诉我")
    assert private not in text
    assert name in text


@pytest.mark.parametrize(
    "card", ["３３０５２１１９９００３０７１２３Ｘ", "3305\u200b21199003071234", "33052119900307123ｘ"]
)
def test_of_a_card_in_full_width_or_with_invisible_characters_nothing_is_left(card):
    assert masked(f"证件{card}。") == "证件[证件号]。"


@pytest.mark.parametrize(
    "long", ["13800000000,", "a", "a@", "我叫王小明，", "6222021234567890，a@b.cn", "仙潭村12组88号"]
)
def test_a_long_text_costs_as_much_more_as_it_is_longer(long):
    """With time that grows by the square of the length this would not end today."""
    text = long * (1_000_000 // len(long))
    assert not re.search(r"138|王小明|6222|88号|a@b", masked(text))


def test_of_a_mail_address_in_a_long_line_nothing_is_left():
    assert "@" not in masked("x" * 1000 + "wang@example.cn" + "+li@example.cn")


def test_what_is_not_private_stays_as_typed():
    assert masked("１２月，Ａ类№１：13812345678") == "１２月，Ａ类№１：[手机号]"


def test_what_stands_around_a_private_number_stays():
    before, after = masked("请回电13812345678谢谢").split("[手机号]")
    assert (before, after) == ("请回电", "谢谢")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("我叫王小明，开民宿", "我叫[姓名]，开民宿"),
        ("我是王小明，开民宿", "我是[姓名]，开民宿"),
        ("联系人：王小明", "联系人：[姓名]"),
        ("联系人王小明 想问", "联系人[姓名] 想问"),
        ("我们法人王小明，要换人", "我们法人[姓名]，要换人"),
        ("老板王小明（身份证330521199003071234）", "老板[姓名]（身份证[证件号]）"),
    ],
)
def test_a_name_that_is_introduced_or_stands_beside_a_number_is_replaced(text, kept):
    assert masked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "我叫人来审核行吗",
        "负责人叫什么",
        "负责人马上要走了，怎么换",
        "法人变更要几天",
        "我是高新技术企业",
        "民宿名叫云上人家",
        "联系人写谁",
        "老板娘叫我办证",
    ],
)
def test_what_only_sounds_like_a_name_stays(text):
    assert masked(text) == text


def test_several_private_numbers_are_all_replaced():
    text = masked("13812345678或13987654321，a@b.cn，330521199003071234")
    assert not any(part in text for part in ("1381", "1398", "a@b", "3305"))


@pytest.mark.parametrize(
    "text",
    ["奖20万元", "RB/T 081—2022", "2026年11月23日", "编码330521", "12345投诉电话", "证书号2024123456789", "86400元"],
)
def test_an_ordinary_number_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    "invisible", ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\ud800", "\ue000"]
)
def test_an_invisible_character_is_taken_out(invisible):
    assert cleaned(f"补{invisible}贴") == "补贴"


def test_line_ends_stay_and_the_edges_are_trimmed():
    assert cleaned("  第一行\n第二行 \n") == "第一行\n第二行"


def test_rare_han_and_emoji_stay():
    assert cleaned("𠮷🙂") == "𠮷🙂"


def test_nothing_but_invisible_characters_is_empty():
    assert cleaned("\u200b\u2060 \t") == ""


def test_invisible_characters_do_not_count_to_the_length(ask):
    question = "德清绿色产品认证补贴多少"
    hidden = question + "\u200b" * LONGEST_QUESTION
    assert ask(hidden)["answer"] == ask(question)["answer"]


def test_a_word_cut_by_invisible_characters_is_still_understood(ask, facts_of):
    assert "sub-deqing-green-product-first-200k" in facts_of(ask("德\u200b清绿\u200b色产品认证补\u2060贴多少"))
