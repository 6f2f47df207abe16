"""Numbers of sources, marks behind claims, quotes word for word."""

from dataclasses import replace

import pytest

from bot.citing import Citer
from bot.conversation import Claim


@pytest.fixture
def citer():
    return Citer()


@pytest.fixture
def two(statement):
    return statement("甲规定要申请。要检查。要发证。"), statement("乙规定要年检。")


def test_sources_are_numbered_in_the_order_of_their_first_use(citer, two):
    first, second = two
    citer.add(Claim("要年检。", ((second, second.text),)))
    citer.add(Claim("要申请。", ((first, "甲规定要申请。"),)))
    assert citer.text == "要年检。[1]要申请。[2]"
    assert [citation.passage for citation in citer.citations()] == [second.passage, first.passage]


def test_a_source_keeps_its_number_when_it_is_cited_again(citer, two):
    first, second = two
    for one in (first, second, first):
        citer.add(Claim("一句。", ((one, one.text),)))
    assert citer.text == "一句。[1]一句。[2]一句。[1]"
    assert [citation.number for citation in citer.citations()] == [1, 2]


def test_a_claim_on_two_sources_carries_both_marks(citer, two):
    assert citer.add(Claim("都要。", tuple((one, one.text) for one in two))) == "都要。[1][2]"


def test_what_a_document_says_like_a_mark_leads_to_no_source(citer, statement):
    """The quote keeps it: that is the document's own word."""
    hostile = statement("奖8万元[2][99]，见[附件1]。")
    assert citer.add(Claim(hostile.text, ((hostile, hostile.text),))) == "奖8万元［2］［99］，见[附件1]。[1]"
    assert citer.citations()[0].quote == hostile.text


def test_the_pieces_are_the_text(citer, two):
    claims = [Claim("一。", ((two[0], two[0].text),)), Claim("二。", (), "\n\n"), Claim("三。", ((two[1], ""),), "\n")]
    assert "".join(map(citer.add, claims)) == citer.text


def test_words_of_the_bots_own_carry_no_mark(citer):
    citer.add(Claim("建议问主管部门。"))
    assert citer.text == "建议问主管部门。"
    assert citer.citations() == ()


def test_the_quote_reaches_from_the_first_to_the_last_part_relied_on(citer, two):
    first = two[0]
    citer.add(Claim("要发证。", ((first, "要发证。"),)))
    citer.add(Claim("要检查。", ((first, "要检查。"),)))
    quote = citer.citations()[0].quote
    assert quote == "要检查。要发证。"
    assert quote in first.passage.text


def test_without_a_part_the_whole_statement_is_the_quote(citer, statement):
    part = statement("前言。要检查。", "要检查。")
    citer.add(Claim("要检查。", ((part, ""),)))
    assert citer.citations()[0].quote == "要检查。"


def test_the_items_of_one_list_carry_their_mark_once(citer, statement):
    steps = statement("分三步：\n1. 申请\n2. 检查")
    for number, line in enumerate(steps.text.split("\n")):
        citer.add(Claim(line, ((steps, line),), "\n" if number else ""))
    assert citer.text.count("[1]") == 1
    assert citer.citations()[0].quote == steps.text


def test_a_line_of_another_source_carries_its_own_mark(citer, two):
    citer.add(Claim("一。", ((two[0], two[0].text),)))
    assert citer.add(Claim("二。", ((two[1], two[1].text),), "\n")) == "\n二。[2]"


def test_two_statements_of_one_fact_are_two_sources_each_with_its_own_words(citer, statement):
    duty, fine = statement("要装报警器。"), statement("没装的罚5万元。")
    fine = replace(fine, facts=duty.facts)
    assert citer.add(Claim(duty.text, ((duty, duty.text),))) == "要装报警器。[1]"
    assert citer.add(Claim(fine.text, ((fine, fine.text),))) == "没装的罚5万元。[2]"
    assert [citation.quote for citation in citer.citations()] == [duty.text, fine.text]
