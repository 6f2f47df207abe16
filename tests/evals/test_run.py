"""A figure is another place's where its sentence says so, not where a place is only part of a name."""

import pytest

from corpus.regions import Regions
from evals.case import Case
from evals.run import elsewhere
from settings import CHECKOUT

REGIONS = Regions.load(CHECKOUT / "corpus" / "words")
CASE = Case("c", ("补贴多少",), ("answered",), ("万元",), region="德清")


@pytest.mark.parametrize(
    ("sentence", "away"),
    [
        ("嘉兴市奖10万元", True),
        ("浙江省奖10万元", False),
        ("全国都奖10万元", False),
        ("“江苏精品”奖10万元", False),
        ("据《嘉兴市办法》奖10万元", False),
        ("奖10万元，是否仍执行待嘉兴市市场监督管理局确认", False),
        ("嘉兴市“江苏精品”奖10万元", True),
    ],
)
def test_a_sentence_is_of_elsewhere_by_the_places_that_it_claims_something_of(sentence, away):
    assert elsewhere(sentence, CASE, REGIONS) is away
