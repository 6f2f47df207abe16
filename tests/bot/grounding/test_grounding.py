"""A claim is shown only if what it relies on bears it."""

import pytest

from bot.conversation import Claim
from bot.grounding import grounded, struck


@pytest.fixture
def award(statement):
    return statement("德清县一次性奖励20万元。每多一张再奖2万元。", title="2021年若干政策意见", issued="2021-08-15")


def on(statement, quote=None):
    return ((statement, statement.text if quote is None else quote),)


def test_a_claim_with_the_figure_of_its_passage_is_shown(award):
    assert grounded(Claim("奖20万元。", on(award)), "")


@pytest.mark.parametrize("same", ["200,000元", "二十万元", "20万", "２０万元", "200000元"])
def test_the_same_amount_in_another_form_is_shown(award, same):
    assert grounded(Claim(f"奖{same}。", on(award)), "")


@pytest.mark.parametrize("invented", ["30万元", "20元", "3%", "90天", "2022年", "5家", "2000元"])
def test_a_figure_that_stands_in_no_cited_passage_is_struck(award, invented):
    assert not grounded(Claim(f"奖励的数是{invented}。", on(award)), "")


def test_one_invented_figure_among_true_ones_strikes_the_claim(award):
    assert not grounded(Claim("奖20万元，每多一张再奖2万元，最多50万元。", on(award)), "")


def test_a_figure_of_another_passage_than_the_cited_one_is_struck(award, statement):
    other = statement("诸暨市每张证书奖10万元。")
    assert grounded(Claim("奖10万元。", on(other)), "")
    assert not grounded(Claim("奖10万元。", on(award)), "")


def test_a_claim_may_rely_on_several_passages(award, statement):
    other = statement("诸暨市每张证书奖10万元。")
    assert grounded(Claim("德清奖20万元，诸暨奖10万元。", on(award) + on(other)), "")


def test_a_figure_without_any_source_is_struck():
    assert not grounded(Claim("奖20万元。"), "")


def test_words_of_the_bots_own_without_a_figure_are_shown():
    assert grounded(Claim("建议直接问当地主管部门。"), "")


def test_a_figure_that_the_asker_named_may_be_repeated():
    assert grounded(Claim("您问的是20万元的那一笔。"), "听说奖20万元，真的吗")


def test_a_quote_that_does_not_stand_in_its_passage_strikes_the_claim(award):
    assert not grounded(Claim("有奖励。", on(award, "一次性奖励很多钱")), "")


def test_year_and_day_of_the_source_are_vouched_for(award):
    assert grounded(Claim("据2021年8月15日的文件，奖20万元。", on(award)), "")
    assert grounded(Claim("据2021年的文件，奖20万元。", on(award)), "")


def test_begin_and_end_of_validity_are_vouched_for(statement):
    lasting = statement("有奖励。", since="2025-01-01", until="2027-12-31")
    assert grounded(Claim("从2025年1月1日到2027年12月31日有奖励。", on(lasting)), "")


def test_the_number_of_a_list_item_is_no_figure(statement):
    steps = statement("1. 申请\n2. 检查\n3. 发证")
    assert grounded(Claim("3. 发证", on(steps, "3. 发证")), "")


def test_a_document_number_is_no_figure(award):
    assert grounded(Claim("依据GB/T 33761—2024。", on(award)), "GB/T 33761—2024说了什么")


def test_a_figure_that_a_tool_computed_is_shown(award):
    claim = Claim("到2029年2月28日止。", on(award), computed=("2029-02-28",))
    assert grounded(claim, "")
    assert not grounded(Claim("到2029年3月1日止。", on(award), computed=("2029-02-28",)), "")


def test_struck_gives_the_claims_that_fail_and_no_others(award):
    good, bad = Claim("奖20万元。", on(award)), Claim("奖99万元。", on(award))
    assert struck([good, bad], "") == (bad,)


def test_a_place_that_no_source_names_is_struck(desk, statement):
    regions = desk.bot.know().vocabulary.regions
    one = statement("德清县奖20万元。", region="浙江省湖州市德清县")
    assert grounded(Claim("德清县奖20万元。", ((one, one.text),)), "奖多少", regions)
    assert grounded(Claim("湖州市德清县奖20万元。", ((one, one.text),)), "奖多少", regions)
    assert not grounded(Claim("余杭区奖20万元。", ((one, one.text),)), "奖多少", regions)
    assert grounded(Claim("余杭区奖20万元。", ((one, one.text),)), "余杭奖多少", regions)


def test_a_document_number_that_no_source_has_is_struck(statement):
    one = statement("民宿按RB/T 081—2022评。")
    assert grounded(Claim("按RB/T 081-2022评。", ((one, one.text),)), "按什么评")
    assert not grounded(Claim("按GB/T 39000—2020评。", ((one, one.text),)), "按什么评")


def test_words_of_the_bots_own_name_places_freely(desk):
    assert grounded(Claim("安吉县没有查到记录。"), "奖多少", desk.bot.know().vocabulary.regions)


def test_an_english_frame_quotes_word_for_word_or_not_at_all(statement):
    said = statement("外国认证机构的代表处只能做推广宣传，不能直接认证。")
    frame = "On choosing a body, the record says (in Chinese, word for word): “{}”"
    assert grounded(Claim(frame.format(said.text), ((said, said.text),)), "")
    assert not grounded(Claim(frame.format("外国认证机构的代表处能直接认证。"), ((said, said.text),)), "")


def test_a_quote_in_an_english_frame_may_hold_a_quote(statement):
    frame = "On the subsidy, the record says (in Chinese, word for word): “{}”"
    said = statement("在本县登记、近三年无重大事故，并按国家标准评为“绿色产品”的企业，经县里公示无异议后给予奖励。")
    assert grounded(Claim(frame.format(said.text), ((said, said.text),)), "")
    short = statement("评为“绿色产品”的企业给予奖励。")
    assert not grounded(Claim(frame.format("评为“绿色产品”的企业不给奖励。"), ((short, short.text),)), "")
