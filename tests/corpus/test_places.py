"""A question without its places."""

import pytest

from corpus.places import without_places
from corpus.regions import Regions
from corpus.terms import load_terms
from settings import CHECKOUT

WORDS = CHECKOUT / "corpus" / "words"
TERMS, REGIONS = load_terms((CHECKOUT / "corpus",)), Regions.load(WORDS)


@pytest.mark.parametrize(
    ("text", "bare", "places"),
    [
        ("德清绿标奖多少", "绿标奖多少", ["浙江省湖州市德清县"]),
        ("浙江制造咋弄", "浙江制造咋弄", []),
        ("国家级绿色工厂奖多少", "国家级绿色工厂奖多少", []),
        ("全国的有效期", "的有效期", ["全国"]),
        ("招了个安徽阿姨要报派出所不", "招了个外地阿姨要报派出所不", []),
        ("贵州来的客人住我店里", "外地来的客人住我店里", []),
        ("总部在江苏能不能做浙江制造", "总部在外地能不能做浙江制造", []),
        ("我从上海辞职回来开民宿", "我从外地辞职回来开民宿", []),
        ("来了几个安徽做工的要登记不", "来了几个外地做工的要登记不", []),
        ("新来了个贵州的阿姨做保洁", "新来了个外地的阿姨做保洁", []),
        ("德清的民宿要啥证", "的民宿要啥证", ["浙江省湖州市德清县"]),
        ("我是安吉来的", "我是来的", ["浙江省湖州市安吉县"]),
        ("永康给几万 武义又给几万", "给几万 又给几万", ["永康", "浙江省金华市武义县"]),
    ],
)
def test_places_are_taken_out_but_not_those_within_a_subjects_name(text, bare, places):
    found, mentions = without_places(text, TERMS, REGIONS)
    assert found == bare
    assert [m.region.full_name if m.region else m.choices[0].name[:2] for m in mentions] == places
