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
        (
            "打折时没写清被比较价格的来历，划线价就不能高于本店前7日内的最低成交价。",
            "没写清被比较价格来历的划线价，不能比本店前七天的最低成交价还高。",
        ),
        (
            "额度最高1亿元，给标准做得好的企业或个人。面向标准创新贡献奖企业、国家级标准化试点企业，单列30亿元。",
            "最高额度1亿元，面向标准做得好的企业或个人。",
        ),
        (
            "食品进货时查了供货方许可和合格证明、留了记录的，可以免罚。前提是确实不知道有问题，又说得出来源。",
            "进货时查了许可和合格证明又留了记录，确实不知情也说得出来源，可以免罚。",
        ),
        ("查认证证书和认证机构，上认e云，网址cx.cnca.cn。", "查认证证书和认证机构，上认e云cx.cnca.cn。"),
        (
            "10人及以上并且年营收100万元及以上算小型，任一项不够就是微型。员工不到2000人或营收不到10亿元，都在中小微的范围里。",
            "只要员工没到10人或者年营收没到100万元，就算微型。",
        ),
        ("充电宝有效CCC证书5012张、获证企业539家。", "充电宝的有效3C证书有5012张，涉及539家企业。"),
        (
            "注册市场监管总局的企业全面质量管理培训平台就能免费学。2019年6月时已有11万名员工注册。",
            "截至2019年6月，注册全面质量管理培训平台的员工有11万人。",
        ),
        ("职业健康安全管理体系认证，要按新规则办。", "职业健康安全体系认证要照新规则来。"),
        (
            "审核里说的不符合，是指没有满足标准、企业文件或合同的要求。",
            "没达到标准、企业文件或合同的要求，就叫不符合。",
        ),
        (
            "3C认证机构要在风险可控的前提下，尽量采信企业已有的结果。手里有检测报告的，可主动出示请机构考虑采信。",
            "企业手上已经有检测报告的，可以拿给3C认证机构，请它考虑采信。",
        ),
        ("换版过渡期三年，大约到2029年9月。", "有三年过渡期，到2029年9月左右。"),
        (
            "首次通过CNAS认可的机构奖10万元，复评通过奖5万元。",
            "首次通过CNAS认可的机构奖10万，复评过了再奖5万。",
        ),
        ("想开认证机构，注册资本不少于300万元。", "注册资本没有300万元，是开不了认证机构的。"),
        (
            "安排没有健康合格证明的人直接为客人服务的，罚500元以上5000元以下。",
            "没有健康证的人不能直接给客人服务，不然罚500到5000元。",
        ),
        (
            "摩托车头盔做3C认证，商业资料举例为申请费500元、注册费800元、测试费8000元。",
            "摩托车头盔的3C，有商业资料举例说测试费8000元、注册费800元、申请费500元。",
        ),
        (
            "秤没检、过期或不合格还在用，责令停用，可以并处1000元以下罚款。",
            "秤没检定就用，会被责令停用，还可能罚1000元以下。",
        ),
        (
            "每个项目资助8万元，最高16万元。前提是已获深圳市打造深圳标准专项资金资助。",
            "已经拿过深圳标准专项资金的，每个项目给8万元，总共不超过16万元。",
        ),
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


@pytest.mark.parametrize(
    ("fact", "honest"),
    [
        ("hz-2020-data", "湖州民宿从2015年的1721家增加到2020年的2942家，涨了70.95%。"),
        ("pf-zheliban", "认证不能在“浙里办”上办，要找认证机构。"),
    ],
)
def test_a_statement_of_the_corpus_may_name_its_place_and_say_whom_to_seek(check, fact, honest):
    assert check(fact, honest) == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("额度给省级企业，利率给市级企业。", "利率给省级企业，额度给市级企业。"),
        ("规上企业要按新规则办。", "全体企业要按新规则办。"),
        ("单位没有300万元不能开。", "单位有300万元以下就能开。"),
    ],
)
def test_what_was_loosened_for_rewordings_lets_no_error_through(statement, source, wrong):
    assert fails(statement(source), wrong)
