"""English frames: figures and places as English readers write them."""

import pytest

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


@pytest.mark.parametrize(
    ("full_name", "english"),
    [
        ("浙江省湖州市德清县", "Deqing County, Huzhou City, Zhejiang Province"),
        ("全国", "all of China"),
        ("长三角", "the Yangtze River Delta"),
        ("北京市", "Beijing City"),
        ("北京市朝阳区", "Chaoyang District, Beijing City"),
        ("广西壮族自治区", "Guangxi Autonomous Region"),
        ("香港特别行政区", "Hong Kong Special Administrative Region"),
        (
            "湖北省恩施土家族苗族自治州恩施市",
            "Enshi City, Enshi Autonomous Prefecture, Hubei Province",
        ),
        ("安徽省宣城市泾县", "Jingxian County, Xuancheng City, Anhui Province"),
        ("瓦坎达", "瓦坎达"),
    ],
)
def test_a_place_is_named_from_the_smallest_to_the_largest(desk, full_name, english):
    assert desk.bot.wordings["en"].place(full_name) == english
    assert desk.bot.wordings["zh"].place(full_name) == full_name


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
