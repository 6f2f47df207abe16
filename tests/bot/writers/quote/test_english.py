"""English frames: figures and places as English readers write them."""

import pytest

from bot.romanising import romanised
from bot.writers.quote.english import spelled
from corpus.figures import forms


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("200000元", "CNY 200,000"),
        ("0.2", "20%"),
        ("5年", "5 years"),
        ("1年", "1 year"),
        ("90天", "90 days"),
        ("24小时", "24 hours"),
        ("2025-08-15", "2025-08-15"),
        ("5000元/人日", "CNY 5,000 per 人日"),
    ],
)
def test_a_figure_is_spelled_in_english(form, english):
    assert spelled(form) == english


@pytest.mark.parametrize("form", ["200000元", "0.2", "5年", "90天", "24小时", "70分"])
def test_it_is_the_same_figure_to_the_grounding_check(form):
    assert form in forms(spelled(form))


def test_a_place_is_named_from_the_smallest_to_the_largest():
    assert romanised("浙江省湖州市德清县") == "Deqing County, Huzhou City, Zhejiang Province"
    assert romanised("全国") == "all of China"


def test_what_no_value_says_is_quoted_in_the_first_sentence(ask):
    answer = ask("Can the representative office of a foreign certification body certify us itself?")
    assert answer["status"] == "answered"
    first = answer["answer"].split("\n")[0]
    quote = answer["citations"][0]["quote"]
    assert first.endswith(f"“{quote}”[1]")


def test_a_list_is_quoted_whole(ask):
    answer = ask("Which documents do I need to apply for CCC certification?")
    passage = answer["citations"][0]["quote"]
    assert passage.count("\n") > 2
    assert answer["answer"].count("\n> ") >= passage.count("\n")
