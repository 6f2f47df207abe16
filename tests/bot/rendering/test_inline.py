"""What is a telephone number in running text, and what only looks like one."""

import pytest

from bot.rendering.inline import cited, dialled, source_id


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("可以打12315或举报", "12315"),
        ("政务服务热线12345。", "12345"),
        ("电话0572-8888888，", "05728888888"),
        ("咨询010-62020088转", "01062020088"),
        ("手机13812345678联系", "13812345678"),
        ("客服400-810-1234", "4008101234"),
        ("税务热线12366", "12366"),
        ("电力热线95598咨询", "95598"),
        ("着火报119、组织疏散", "119"),
    ],
)
def test_a_telephone_number_can_be_tapped(text, number):
    assert f'href="tel:{number}"' in dialled(text)


@pytest.mark.parametrize(
    "text",
    [
        "奖励12345元",
        "共12345家企业",
        "12345.6万元",
        "GB/T 12345—2020",
        "GB 12350",
        "德政发〔2024〕12345号",
        "第12315号",
        "2024-12345",
        "96345平方米",
        "共95598",
        "浙江119家、产品120个",
        "310108199001011234",
        "编号20240571-8888888",
        "https://12315.cn",
        "每年12300吨",
    ],
)
def test_amounts_standards_and_document_numbers_are_none(text):
    assert dialled(text) == text


def test_only_the_corpus_numbers_that_are_telephones_are_linked(desk):
    linked = {
        found.split('"')[0]
        for passage in desk.bot.index.passages.values()
        for found in dialled(passage.text).split('href="tel:')[1:]
    }
    assert linked <= {"12315", "12345", "119", "110", "120"}
    assert "12315" in linked


def test_a_mark_leads_to_its_source_and_says_so_aloud():
    html = cited("奖20万元。[1][12]", "ab_c-1", lambda number: f"出处{number}")
    assert f'href="#{source_id("ab_c-1", 1)}" aria-label="出处1">[1]</a>' in html
    assert 'aria-label="出处12">[12]</a>' in html


def test_other_brackets_are_no_marks():
    for text in ("[甲]", "〔2024〕1号", "[]", "[1234]"):
        assert cited(text, "a", lambda number: "") == text
