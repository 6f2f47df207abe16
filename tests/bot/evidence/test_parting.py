"""What fits is parted by where it holds; a sentence that tells of another place does not answer first."""

import pytest

from bot.conversation import Need
from bot.evidence.parting import parted, tells_of_another_place
from corpus.document import Source
from corpus.fact import Fact

CITY, PROVINCE = "浙江省湖州市", "浙江省"


@pytest.fixture
def known(desk):
    return desk.bot.know()


def need(known, place, **more):
    return Need("民宿", "现状", known.vocabulary.regions.find(place), "2026-11-23", "有多少家民宿", **more)


@pytest.mark.parametrize(
    ("place", "placed", "status"),
    [(CITY, True, "other_region"), (CITY, False, "answered"), (PROVINCE, True, "answered")],
)
def test_how_many_there_are_in_the_province_is_no_number_of_the_city_that_is_named(
    known, statement, place, placed, status
):
    number = Fact("number", "figure", PROVINCE, Source("文件"), values={"数量": "18000家"})
    told = statement("浙江有民宿1.8万多家。", region=PROVINCE, facts=(number,))
    asked = need(known, place, wants=("count",), placed=placed)
    assert parted(asked, [told], known.ground, asked).status == status


def test_a_rule_of_the_province_holds_in_the_city_that_is_named(known, statement):
    rule = Fact("rule", "requirement", PROVINCE, Source("文件"))
    told = statement("浙江的民宿不超过15间。", region=PROVINCE, facts=(rule,))
    asked = need(known, CITY, wants=("count",), placed=True)
    assert parted(asked, [told], known.ground, asked).status == "answered"


@pytest.mark.parametrize(
    ("place", "sentence", "another"),
    [
        ("浙江省丽水市松阳县", "德清的民宿申报银宿归湖州市。", True),
        ("浙江省湖州市德清县", "德清的民宿申报银宿归湖州市。", False),
        ("浙江省", "德清的民宿申报银宿归湖州市。", False),
        ("浙江省丽水市松阳县", "浙江的银宿由设区市评定。", False),
        ("浙江省丽水市松阳县", "银宿由设区市评定。", False),
    ],
)
def test_a_sentence_that_names_other_places_alone_tells_of_them(known, place, sentence, another):
    regions = known.vocabulary.regions
    assert tells_of_another_place(sentence, regions.find(place), regions) is another
