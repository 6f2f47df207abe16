"""What a free sentence may not do with what it cites; each kind by one plain example and its honest counterpart."""

import pytest

from bot.conversation import Claim
from bot.grounding import faults, grounded
from bot.grounding.meaning import is_unsupported
from corpus.document import Source
from corpus.fact import Fact


def on(statement, quote=None):
    return ((statement, quote or statement.text),)


def fails(statement, text, **more):
    return {fault.partition(":")[0] for fault in faults(Claim(text, on(statement)), "", **more)}


@pytest.mark.parametrize(
    ("source", "wrong", "check"),
    [
        ("听证不收费。", "听证要收费。", "subject"),
        ("民宿的电线不能直接铺在可燃物上。", "民宿的电线可以直接铺在可燃物上。", "negation"),
        ("初次违法并及时改正的，可以不罚。", "初次违法并及时改正的，一律不罚。", "negation"),
        ("湖州企业可以自愿申报公示。", "湖州企业必须申报公示。", "negation"),
        ("对首次通过认证的企业奖20万元。", "对通过认证的企业奖20万元。", "condition"),
        ("民宿要实际运营满1年，才能申请认证。", "民宿实际运营了，就能申请认证。", "condition"),
        ("企业单户最高贷50万元。", "企业单户贷50万元。", "condition"),
        ("逾期不改的，罚5万元。", "罚5万元。", "condition"),
        ("一家机构公开的申请费是1000元。", "所有机构的申请费都是1000元。", "scope"),
        ("内审员不能审自己做的工作。", "外审员不能审自己做的工作。", "subject"),
        ("省级绿色工厂奖50万元，市级绿色工厂奖20万元。", "市级绿色工厂奖50万元，省级绿色工厂奖20万元。", "subject"),
        ("认证是给企业发证，认可是给机构发证。", "认可是给企业发证，认证是给机构发证。", "subject"),
        ("声明的信息真不真，由企业负责。", "声明的信息真不真，由认证机构负责。", "subject"),
    ],
)
def test_a_sentence_that_says_something_else_than_its_source_is_struck(statement, source, wrong, check):
    assert check in fails(statement(source), wrong)
    assert not fails(statement(source), source)


@pytest.mark.parametrize(
    ("source", "honest"),
    [
        ("民宿一线员工要有健康证明才能上岗。", "民宿一线员工没有健康证明不能上岗。"),
        ("买卖认证证书的，责令改正并罚款3万元。", "认证证书不得买卖，违者责令改正并罚款3万元。"),
        ("证书有效期5年，到期前可以续。", "证书管5年，到期前能续。"),
        ("对首次通过认证的企业奖20万元。", "企业第一次通过认证，奖20万元。"),
        ("罚1万元以上10万元以下。", "罚1万元到10万元。"),
        ("每家累计不超过15万元。", "一家累计最多15万元。"),
        ("由市场监管部门责令改正。", "市场监管局会责令改正。"),
    ],
)
def test_the_same_in_other_words_is_shown(statement, source, honest):
    assert not fails(statement(source), honest)


def test_what_the_question_says_needs_no_repeating(statement):
    award = statement("对首次通过认证的企业奖20万元。")
    assert not grounded(Claim("奖20万元。", on(award)), "")
    assert grounded(Claim("奖20万元。", on(award)), "首次通过认证奖多少")


def test_a_part_of_a_sentence_is_no_quote_where_it_leaves_out_the_condition(statement):
    fine = statement("商家拖着不退款、逾期不改的，罚5万元。商家可以申辩。")
    assert not fails(fine, "商家可以申辩。")
    assert fails(fine, "罚5万元。")


@pytest.mark.parametrize("label", ["draft", "recalled", "conflict"])
def test_our_own_labels_are_not_judged(statement, say, label):
    one = statement("民宿要装烟感。")
    assert not fails(one, say(label, sentence="民宿要装烟感") + "。")


def test_a_verdict_stands_only_if_a_row_has_it(statement):
    row = Fact("f", "requirement", "全国", Source("甲"), verdict="no")
    one = statement("绿色产品认证不强制，自愿做。", facts=(row,))
    assert not fails(one, "不用，绿色产品认证不强制，自愿做。")
    assert fails(one, "要的，绿色产品认证不强制，自愿做。") == {"verdict"}


def test_figures_that_a_tool_computed_make_it_no_free_sentence(statement):
    one = statement("证书有效期5年。")
    assert grounded(Claim("这张证书可能要到2029年2月28日止。", on(one), computed=("2029-02-28",)), "")


def test_an_english_sentence_is_judged_by_its_figures_alone(statement):
    one = statement("证书有效期5年。")
    assert grounded(Claim("The certificate is valid for 5 years and must be renewed.", on(one)), "")
    assert not grounded(Claim("The certificate is valid for 6 years.", on(one)), "")


class Model:
    """Says how near a sentence is, and counts how often it is asked."""

    def __init__(self, standing):
        self.standing, self.asked = standing, 0

    def __call__(self, text, passage):
        self.asked += 1
        return self.standing


NEAR, HALFWAY, FOREIGN = (
    "民宿的餐具使用前必须洗净",
    "民宿的碗筷使用前都得冲洗消毒",
    "电动汽车充电桩安装在地下车库里",
)
SOURCE = "民宿的餐具使用前必须洗净消毒。"


def test_words_decide_alone_where_they_are_clear():
    model = Model(0.0)
    assert not is_unsupported(NEAR, SOURCE, ["p"], model)
    assert model.asked == 0
    assert is_unsupported(FOREIGN, SOURCE, ["p"])


def test_the_model_decides_where_words_leave_it_open():
    assert is_unsupported(HALFWAY, SOURCE, ["p"], Model(1.0))
    assert not is_unsupported(HALFWAY, SOURCE, ["p"], Model(5.0))
    assert not is_unsupported(FOREIGN, SOURCE, ["p"], Model(5.0))


def test_without_a_model_words_that_are_not_all_foreign_pass():
    assert not is_unsupported(HALFWAY, SOURCE, ["p"])
    assert not is_unsupported(HALFWAY, SOURCE, ["p"], Model(None))
