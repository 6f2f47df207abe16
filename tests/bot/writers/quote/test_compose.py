"""The quoting writer: word for word, direct sentence first, with what must be said beside it."""

import re
from dataclasses import replace

import pytest

from bot.conversation import Evidence, Need
from bot.words import load_wording
from bot.writers.quote.compose import QuoteWriter
from corpus.document import Source
from corpus.fact import Fact
from corpus.regions import Region
from corpus.split import whole_sentences

DAY = "2026-11-23"


@pytest.fixture
def writes():
    """The claims of the quoting writer for evidence."""
    return lambda *evidence: list(QuoteWriter(load_wording()).write(None, evidence))


def need(aspect="步骤", text="怎么做", region=None):
    return Need("绿色产品认证", aspect, region, DAY, text)


def money(identity, **more):
    return Fact(identity, "subsidy", "全国", Source("文件"), values={"奖励": "30000元"}, **more)


def text_of(claims):
    return "".join(claim.before + claim.text for claim in claims)


def test_every_sentence_that_relies_on_a_source_stands_in_it_word_for_word(writes, statement):
    claims = writes(Evidence(need(), "answered", (statement("要申请。要检查。要发证。"), statement("要年检。"))))
    for claim in claims:
        for one, quote in claim.on:
            assert quote in one.passage.text
            assert quote.rstrip("。") in claim.text


def test_the_best_statement_comes_first(writes, statement):
    claims = writes(Evidence(need(), "answered", (statement("甲最好。"), statement("乙其次。"))))
    assert claims[0].text == "甲最好。"


def test_the_sentence_that_answers_goes_before_those_that_lead_to_it(writes, statement):
    whole = statement("认证机构由国家批准设立。绿色产品认证证书有效期是五年。")
    claims = writes(Evidence(need("有效期", "绿色产品认证证书有效期几年"), "answered", (whole,)))
    assert claims[0].text == "绿色产品认证证书有效期是五年。"


def test_a_list_keeps_its_order_a_line_an_item(writes, statement):
    steps = statement("分三步：\n1. 申请\n2. 检查\n3. 发证", heading="步骤")
    assert text_of(writes(Evidence(need(), "answered", (steps,)))).startswith(steps.text)


def test_nothing_is_said_twice_for_two_needs(writes, statement):
    same = statement("德清县有一个展示馆。")
    both = (Evidence(need(aspect), "answered", (same,)) for aspect in ("步骤", "查询"))
    assert text_of(writes(*both)).count(same.text) == 1


def test_a_long_statement_is_cut_at_a_sentence(writes, statement):
    long = statement("".join(f"这是第{number}句，说一点别的事情，写得长一些好占地方。" for number in range(40)))
    claims = [claim for claim in writes(Evidence(need(), "answered", (long,))) if claim.on]
    assert len("".join(claim.text for claim in claims)) < 300
    assert {claim.text for claim in claims} <= set(whole_sentences(long.text))


def test_the_answer_says_where_and_how_it_holds(writes, statement, say):
    text = text_of(writes(Evidence(need(), "answered", (statement("要申请。", region="浙江省"),))))
    assert "浙江省" in text
    assert say("status.in_force") in text


def test_yes_and_no_are_said_where_yes_or_no_was_asked(writes, statement, say):
    for verdict in ("yes", "no"):
        row = Fact("row", "requirement", "全国", Source("文件"), verdict=verdict)
        one = statement("这类产品有规定。", facts=(row,), heading="要不要做")
        asked = writes(Evidence(need("要不要做", "这个要不要做"), "answered", (one,)))
        assert asked[0].text == say(f"verdict.{verdict}") + one.text


def test_no_yes_is_said_before_the_exception_from_a_rule(writes, statement):
    row = Fact("row", "requirement", "全国", Source("文件"), verdict="yes")
    one = statement("做餐饮的要办许可。只卖预包装食品的不用许可，要备案。", facts=(row,), heading="要不要做")
    led = replace(one, odds={"做餐饮的要办许可。": -3.0, "只卖预包装食品的不用许可，要备案。": 3.0})
    first = writes(Evidence(need("要不要做", "卖点泡面要不要做"), "answered", (led,)))[0].text
    assert first.startswith("只卖预包装食品的不用许可")


def test_no_yes_is_said_where_something_else_was_asked(writes, statement):
    row = Fact("row", "requirement", "全国", Source("文件"), verdict="yes")
    one = statement("这类产品有规定。", facts=(row,), heading="要不要做")
    assert writes(Evidence(need("有效期", "要用几年"), "answered", (one,)))[0].text == one.text


def test_two_voices_are_both_given_and_the_second_is_called_another(writes, statement, label):
    one, other = statement("分五级。"), statement("分三级。")
    claims = writes(Evidence(need(), "answered", (one, other), conflicts=(other,)))
    assert claims[0].text == "分五级。"
    assert label("conflict") + "分三级。" in [claim.text for claim in claims]


def test_of_what_is_only_past_each_sentence_says_so(writes, statement, label):
    past = (statement("奖10万元。", state="lapsed"), statement("奖30万元。", state="draft"))
    claims = writes(Evidence(need("补贴"), "not_in_force", past=past))
    assert [claim.text for claim in claims if claim.on] == [
        label("lapsed") + "奖10万元。",
        label("draft") + "奖30万元。",
    ]


def test_of_another_place_the_asker_is_told_first_that_nothing_is_on_record_here(writes, statement, desk):
    region = desk.bot.know().vocabulary.regions.find("嘉兴")
    there = statement("瑞安市奖20万元。", region="浙江省温州市瑞安市", facts=(money("a"),))
    claims = writes(Evidence(need("补贴", region=region), "other_region", elsewhere=(there,)))
    assert region.full_name in claims[0].text
    assert not claims[0].on and not re.search(r"\d", claims[0].text)
    assert all("浙江省温州市瑞安市" in claim.text for claim in claims if claim.on)


def test_examples_from_elsewhere_are_few(writes, statement):
    there = tuple(statement(f"某{name}县奖励。", region="浙江省", facts=(money(f"r{name}"),)) for name in "甲乙丙丁戊")
    claims = writes(Evidence(need("补贴"), "other_region", elsewhere=there))
    assert len([claim for claim in claims if claim.on]) == 2


def test_money_of_several_counties_is_a_line_each_after_their_number_and_the_chooser_is_offered(writes, statement, say):
    names = {"甲": "浙江省湖州市德清县", "乙": "浙江省温州市瑞安市"}
    local = tuple(
        statement(f"{name}县奖3万元。", state="unknown", region=region, facts=(money(f"r{name}"),))
        for name, region in names.items()
    )
    claims = writes(Evidence(need("补贴"), "answered", local))
    assert "2条" in claims[0].text and "德清县" in claims[0].text
    assert [claim.before for claim in claims if claim.on] == ["\n", "\n"]
    assert all("是否仍执行待" in claim.text for claim in claims if claim.on)
    assert claims[-1].text == say("choose_region")


def test_without_evidence_nothing_is_written(writes):
    assert writes(Evidence(need(), "not_covered")) == []


def test_what_was_not_asked_is_not_told_again_by_the_real_corpus(ask):
    for question in ("充电宝要不要做3C", "民宿服务认证多少分算过", "绿色产品认证怎么申请"):
        sentences = [one for one in whole_sentences(ask(question)["answer"]) if len(one) > 12]
        assert len(sentences) == len(set(sentences))


def test_further_sentences_of_what_is_past_stand_under_the_same_label(writes, statement, label):
    past = (statement("德清县奖10万元。第二年再奖5万元。", state="lapsed"),)
    claims = writes(Evidence(need("补贴"), "not_in_force", past=past))
    assert [claim.text for claim in claims] == [label("lapsed") + "德清县奖10万元；第二年再奖5万元。"]
    assert [part for _, part in claims[0].on] == ["德清县奖10万元。", "第二年再奖5万元。"]


def test_a_citys_asker_reads_a_countys_further_sentences_under_the_countys_name(writes, statement):
    whole = "德清县奖10万元。第二年再奖5万元。"
    part = statement(whole, region="浙江省湖州市德清县")
    claims = {
        name: writes(Evidence(need("补贴", region=Region("", name, name, level)), "answered", (part,)))
        for name, level in (("浙江省湖州市", 2), ("浙江省湖州市德清县", 3))
    }
    assert claims["浙江省湖州市"][0].text == "德清县奖10万元；第二年再奖5万元。"
    assert [claim.text for claim in claims["浙江省湖州市德清县"]][:2] == ["德清县奖10万元。", "第二年再奖5万元。"]


def test_what_held_on_a_day_gone_by_is_not_said_to_hold_now(writes, statement, say):
    asked = replace(need("补贴"), then=True)
    where = writes(Evidence(asked, "answered", (statement("奖10万元。"),)))[-1].text
    assert where == say("holds", region="全国", state=say("then", state=say("status.in_force")))


def test_a_list_from_elsewhere_is_told_with_its_items(writes, statement):
    papers = statement("材料通常是两件：\n- 执照。\n- 许可证。", region="云南省", heading="材料")
    told = text_of(writes(Evidence(need("材料"), "other_region", elsewhere=(papers,))))
    assert "- 执照。" in told and "- 许可证。" in told


def test_what_a_city_pays_itself_is_told_before_what_its_districts_pay(writes, statement):
    city = Region("", "天津市", "天津市", 1)
    own, part = (
        statement(f"{name}奖3万元。", region=place, facts=(money(name),))
        for name, place in (("市里", "天津市"), ("区里", "天津市津南区"))
    )
    told = writes(Evidence(need("补贴", region=city), "answered", (own, part)))
    assert "市里奖3万元" in told[0].text
    listed = writes(Evidence(need("补贴", region=city), "answered", (part, own)))
    assert "市里奖3万元" not in listed[0].text
