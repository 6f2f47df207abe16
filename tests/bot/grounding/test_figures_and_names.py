"""Every number and name of a sentence stands in what it cites, however it is written."""

import pytest

from bot.grounding.figures import stands, unvouched, written
from bot.grounding.names import unnamed, unplaced
from corpus.figures import forms
from corpus.regions import Regions
from settings import CHECKOUT


def missing(source, claim):
    return list(unvouched(claim, forms(written(source)), source))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("最多收总价的20%。", "最多收总价的两成"),
        ("按费用的50%补助", "补一半费用"),
        ("罚5000元到5万元", "罚五千到五万元"),
        ("2025年8月15日起", "25年8月15日起"),
        ("24小时内", "一天内"),
        ("有效期18个月", "管一年半"),
        ("每季度查一次", "三个月查一次"),
        ("112张证书", "112本证书"),
        ("利率3.15%", "利率百分之三点一五"),
        ("写在第4至10章", "写在第4章到第10章"),
        ("费用约为初审的1/3", "费用约为初审的三分之一"),
        ("有三大类产品", "有三类产品"),
        ("质量、环境、安全体系", "三个体系"),
        ("5000元/人日", "每人日5000元"),
        ("马桶用的抹布绝不擦杯子", "擦马桶的抹布千万别擦杯子"),
        ("条款5.2要求写明方针", "按5.2条，方针要写明"),
        ("前12个自然月的累计", "前12个月加起来"),
    ],
)
def test_a_number_written_another_way_is_the_same(source, claim):
    assert missing(source, claim) == []


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("奖20万元", "奖20元"),
        ("2025年发布", "2025年9月发布"),
        ("每年评一次", "每三年评一次"),
        ("分五步走", "分六步走"),
        ("依据第53条", "依据第54条"),
        ("按1/3收", "按四分之一收"),
        ("最长3个月", "最长3年"),
        ("代码0201", "代码0202"),
        ("条款5.2要求写明方针", "按5.3条，方针要写明"),
    ],
)
def test_another_number_is_missed(source, claim):
    assert missing(source, claim)


def test_a_date_may_be_said_less_precisely_and_never_more():
    assert stands("2025", frozenset({"2025-08-15"}))
    assert stands("--08-15", frozenset({"2025-08-15"}))
    assert not stands("2025-08-15", frozenset({"2025"}))


AROUND = "由德清县市场监管局按《乡村民宿服务认证要求》RB/T 081—2022受理，向国家认监委备案，CNAS认可。"


@pytest.mark.parametrize(
    "text",
    [
        "按RB/T 081-2022办",
        "依据《民宿服务认证要求》",
        "找市场监管部门",
        "找市监局",
        "认证机构会说明",
        "有家机构会说明",
        "据报道，要备案",
        "有cnas认可",
    ],
)
def test_a_name_in_another_form_is_known(text):
    assert list(unnamed(text, AROUND)) == []


@pytest.mark.parametrize(
    "text",
    [
        "按RB/T 081—2023办",
        "按RB/T 08办",
        "依据《认证机构管理办法》",
        "找税务局",
        "中国质量协会受理",
        "据新华社，要备案",
        "国家药监局规定，要备案",
        "有SGS认可",
    ],
)
def test_a_name_that_stands_nowhere_is_found(text):
    assert list(unnamed(text, AROUND))


@pytest.fixture(scope="module")
def regions():
    return Regions.load(CHECKOUT / "corpus" / "words")


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("浙江德清县奖20万元", []),
        ("浙江省奖20万元", ["浙江省"]),
        ("诸暨市奖20万元", ["诸暨市"]),
        ("德清的农家乐都能申请，按4个月来安排", []),
        ("据《诸暨市报道》，德清县奖20万元", []),
    ],
)
def test_a_place_is_the_one_named_and_not_the_one_around_it(regions, text, strange):
    assert list(unplaced(text, "浙江省湖州市德清县的农家乐", regions)) == strange
