"""English questions are read by the words of the field and the pinyin of places."""

import pytest

from bot.reading.english import is_english, translated

DEQING = "浙江省湖州市德清县"


@pytest.fixture(scope="module")
def chinese(desk):
    vocabulary = desk.bot.know().vocabulary
    return lambda text: translated(text, vocabulary.english, vocabulary.regions)


def test_a_question_in_english_is_told_from_one_with_english_words():
    assert is_english("How long is a CCC certificate valid?")
    assert not is_english("ISO 9001 要多少钱")
    assert not is_english("3C")


def test_the_words_of_the_field_and_places_are_read(chinese):
    read = chinese("How much is the subsidy for green product certification in Deqing?")
    assert {"补贴", "绿色产品认证", DEQING} <= set(read.split("·"))


def test_what_is_unknown_is_dropped(chinese):
    assert chinese("lorem ipsum certificate") == "证书"


def test_an_english_question_gets_an_english_frame_with_the_chinese_quote_beneath(ask):
    answer = ask("How much is the subsidy for green product certification in Deqing?")
    first, _, quote = answer["answer"].partition("\n\n> ")
    assert "CNY 200,000" in first
    assert "must be confirmed" in first
    assert quote.startswith("德清县")
    assert "Generated automatically" in answer["notice"]


def test_greetings_in_english_are_answered_in_english(ask):
    assert ask("thank you very much")["answer"].startswith("You are welcome")
