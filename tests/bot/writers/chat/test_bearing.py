"""What bears a sentence that a model phrased: its figures beside their own words, its negations, its bounds, nothing from elsewhere."""

import time

import pytest

from bot.writers.chat.bearing import bearing
from bot.writers.chat.sentences import LONGEST_SENTENCE

AWARD = "德清县对首次通过绿色产品认证的企业，一次性奖励20万元，第二次通过的奖励10万元。奖励要在拿证后90天内申请，逾期不予受理。"
CHARGER = "充电宝从2023年8月1日起要做3C认证，2024年8月1日起没有3C证书的不得出厂、销售。"
STEPS = "分三步：\n1. 向认证机构提交申请书、营业执照和产品检测报告\n2. 认证机构在20个工作日内派人到现场检查\n3. 检查合格后发证，证书有效期5年"
HOMESTAY = "民宿客房数量不超过14间，经营用客房建筑面积不超过800平方米，层数不超过4层。"
MOST = "对获得绿色产品认证的企业，给予最高20万元奖励，标准号GB/T 33761—2024。"
FEES = "检测费每个型号3000元，认证机构收取审核费8000元以上。"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (AWARD, "首次通过绿色产品认证的企业，德清县一次性奖励20万元，第二次通过的奖励10万元。"),
        (AWARD, "第二次通过的，奖励10万元。"),
        (AWARD, "拿证后90天内要提出申请，逾期不予受理。"),
        (AWARD, "申请要在拿证后90天内提出，过期不受理。"),
        (CHARGER, "充电宝2023年8月1日起就要做3C认证。"),
        (CHARGER, "2024年8月1日起，没有3C证书的充电宝不得出厂和销售。"),
        (STEPS, "先向认证机构提交申请书、营业执照和产品检测报告。"),
        (STEPS, "认证机构20个工作日内到现场检查，检查合格后发证。"),
        (STEPS, "检查合格后发证，有效期为5年。"),
        (HOMESTAY, "房子不超过4层，经营用客房面积不超过800平方米。"),
        (MOST, "获得绿色产品认证的企业，最高奖励200,000元。"),
        (FEES, "审核费8000元以上，由认证机构收取。"),
    ],
)
def test_what_the_source_says_in_other_words_is_borne_by_words_of_the_source(statement, source, sentence):
    found = bearing(sentence, [statement(source)])
    assert found
    assert all(quote in source for _, quote in found)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (AWARD, "德清县首次通过绿色产品认证的企业一次性奖励10万元。"),
        (AWARD, "第二次通过的奖励20万元。"),
        (AWARD, "德清县首次通过奖励10万元，第二次通过奖励20万元。"),
        (AWARD, "奖励10万元。"),
        (AWARD, "企业拿证20天内要申请，逾期不予受理。"),
        (CHARGER, "充电宝从2024年8月1日起要做3C认证。"),
        (CHARGER, "2023年8月1日起没有3C证书的不得出厂。"),
        (STEPS, "证书有效期20年。"),
        (HOMESTAY, "民宿客房数量不超过800间。"),
        (HOMESTAY, "客房数量不超过4间，层数不超过14层。"),
        (FEES, "检测费每个型号8000元。"),
    ],
)
def test_a_figure_beside_what_it_does_not_belong_to_is_borne_by_nothing(statement, source, sentence):
    assert not bearing(sentence, [statement(source)])


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (AWARD, "逾期予以受理。"),
        (AWARD, "不奖励首次通过绿色产品认证的企业。"),
        (CHARGER, "充电宝不用做3C认证。"),
        (CHARGER, "没有3C证书的可以销售。"),
        (HOMESTAY, "层数超过4层。"),
    ],
)
def test_the_opposite_is_borne_by_nothing(statement, source, sentence):
    assert not bearing(sentence, [statement(source)])


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (MOST, "获得绿色产品认证的企业奖励20万元。"),
        (AWARD, "德清县对首次通过绿色产品认证的企业，最高奖励20万元，第二次通过的奖励10万元。"),
        (AWARD, "德清县对首次通过绿色产品认证的企业，每年奖励20万元，第二次通过的奖励10万元。"),
        (FEES, "检测费3000元。"),
        (FEES, "检测费每个型号3000多元。"),
        (FEES, "检测费每个型号近3000元。"),
        (FEES, "审核费8000元以下，由认证机构收取。"),
    ],
)
def test_a_bound_is_neither_added_nor_left_out(statement, source, sentence):
    assert not bearing(sentence, [statement(source)])


@pytest.mark.parametrize(
    "more",
    [
        "99", "玖拾玖万元", "一半", "九成", "三分之二", "ninety-nine thousand", "http://evil.example", "evil.example", "认证.中国",
        "a@evil.example", "13800138000", "GB/T 19001", "罚款", "[1]", "37",
    ],
)  # fmt: skip
def test_numbers_letters_addresses_and_kinds_of_money_come_from_the_source_alone(statement, more):
    cited = [statement("对获得绿色产品认证的企业，给予奖励，标准号GB/T 33761—2024。")]
    assert bearing("获得绿色产品认证的企业给予奖励，标准号GB/T 33761—2024。", cited)
    assert not bearing(f"获得绿色产品认证的企业给予奖励{more}，标准号GB/T 33761—2024。", cited)


@pytest.mark.parametrize("sentence", ["今天天气真好，适合出门。", "好。", "不。", "《》。"])
def test_what_has_nothing_to_do_with_the_source_is_borne_by_nothing(statement, sentence):
    assert not bearing(sentence, [statement(AWARD)])


def test_of_two_sources_each_bears_its_own_clause(statement):
    first, second = statement(AWARD), statement(CHARGER)
    found = bearing("第二次通过的奖励10万元，充电宝从2023年8月1日起要做3C认证。", [first, second])
    assert [one for one, _ in found] == [first, second]


@pytest.mark.parametrize("unit", ["A", "9", "9,", "一", "万", "A1", "A-", "a.", "@", "第", "《", "首次通过，"])
def test_no_sentence_takes_long_to_judge(statement, unit):
    started = time.process_time()
    bearing((unit * LONGEST_SENTENCE)[:LONGEST_SENTENCE], [statement(AWARD * 8)])
    assert time.process_time() - started < 0.5
