"""A question cut in two for nothing is answered as a whole; what is missing of one that asks two things is told."""

from dataclasses import replace

import pytest

from bot.conversation import Evidence, Need, Question, Session
from bot.evidence.wanted import evidence_for, strays
from bot.reading.read import read


@pytest.fixture
def found(desk):
    """The evidence for a question."""

    def found(text):
        known = desk.bot.know()
        return evidence_for(read(Question(text, Session(), "2026-11-23"), known.vocabulary).needs, known.ground)

    return found


def test_two_things_asked_are_two_answers(found):
    assert [one.status for one in found("3C证书有效期几年？绿色产品认证有效期几年？")] == ["answered", "answered"]


def test_what_is_missing_of_two_is_kept_to_be_told(found):
    statuses = [one.status for one in found("绿色产品认证有效期几年？火箭发动机要不要做3C？")]
    assert statuses == ["answered", "not_covered"]


def test_of_a_comparison_there_is_one_statement_or_one_for_each_side(found):
    evidence = found("3C认证和绿色产品认证的有效期哪个长")
    assert [one.need.side for one in evidence] == ["3c认证", "绿色产品认证"] or len(evidence) == 1


def test_what_both_sides_would_show_is_told_once(shelf):
    shelf.put_row("grades", "全国", kind="definition")
    shelf.put("grades", "## 等级\n\n绿色产品认证分A级、B级两个等级。{grades}", title="绿色产品认证")
    known = shelf.desk().bot.know()
    sides = [Need("绿色产品认证", "", None, "2026-11-23", "分A级B级两个等级", side=side) for side in ("A级", "B级")]
    whole = Need("绿色产品认证", "区别", None, "2026-11-23", "A级和B级有啥不同", told=True)
    (one,) = evidence_for([whole, *sides], known.ground)
    assert one.need.side == ""
    assert one.local[0].facts[0].id == "grades"


@pytest.mark.parametrize(
    ("part", "statuses"), [("听证要钱吗", ["answered"]), ("听证要来几家单位", ["answered", "not_covered"])]
)
def test_a_part_that_what_was_told_answers_is_not_missing(shelf, part, statuses):
    shelf.put_row("hearing", "全国", kind="requirement", values="{期限: 5天}")
    shelf.put("hearing", "## 时限\n\n接到告知后5日内可以要求听证，听证不收费。{hearing}")
    known = shelf.desk().bot.know()
    asked = f"绿色产品认证的听证几天内要求，{part}"
    evidence = evidence_for(read(Question(asked, Session(), "2026-11-23"), known.vocabulary).needs, known.ground)
    assert [one.status for one in evidence] == statuses


def test_of_several_things_asked_about_each_is_answered(shelf):
    shelf.put_row("yes", "全国", kind="requirement", objects="[塑胶玩具]", verdict="'yes'")
    shelf.put_row("no", "全国", kind="requirement", objects="[毛绒玩具]", verdict="'no'")
    shelf.put("toys", "## 要不要做\n\n塑胶玩具要做绿色产品认证。{yes}\n\n毛绒玩具不用做绿色产品认证。{no}")
    known = shelf.desk().bot.know()
    needs = read(Question("毛绒玩具和塑胶玩具哪个要做绿色产品认证", Session(), "2026-11-23"), known.vocabulary).needs
    answered = [fact.id for one in evidence_for(needs, known.ground) for fact in one.local[0].facts]
    assert sorted(answered) == ["no", "yes"]


def test_what_says_nothing_else_is_asked_of_the_subject_that_the_clause_before_turned_out_to_be_about(found):
    told = [one.local[0].passage for one in found("售后服务想评五星要多少分，证几年一换")]
    assert [(passage.subject, passage.aspect) for passage in told] == [
        ("售后服务认证", "评定"),
        ("售后服务认证", "有效期"),
    ]


def test_of_two_asked_at_once_the_one_on_record_is_told_though_both_together_are_not(shelf):
    shelf.put_row("staff", "全国", kind="requirement")
    shelf.put("staff", "## 要求\n\n雇外地员工要在3个工作日内把名单报派出所。{staff}")
    known = shelf.desk().bot.know()
    needs = [
        Need("绿色产品认证", "", None, "2026-11-23", "雇外地员工要不要报派出所 健康证办不办", told=True),
        Need("绿色产品认证", "", None, "2026-11-23", "健康证办不办", told=True, perhaps=True),
    ]
    assert [one.status for one in evidence_for(needs, known.ground)][:1] == ["answered"]


def test_what_says_nothing_else_is_not_asked_of_what_the_conversation_was_about_before(desk):
    known = desk.bot.know()
    session = desk.bot.answer(Question("3C认证要多久", Session(), "2026-11-23")).session
    needs = read(Question("售后服务想评五星要多少分 收不收钱", session, "2026-11-23"), known.vocabulary).needs
    told = [statement.passage.subject for one in evidence_for(needs, known.ground) for statement in one.local[:1]]
    assert told and set(told) == {"售后服务认证"}


@pytest.mark.parametrize(
    ("part", "statuses"),
    [("车间里几把卡尺的颜色早褪光了", ["answered"]), ("火箭发动机要不要做3C", ["answered", "not_covered"])],
)
def test_a_part_that_only_tells_is_not_missing(found, part, statuses):
    assert [one.status for one in found(f"绿色产品认证有效期几年，{part}")] == statuses


def test_a_part_that_names_and_asks_nothing_is_not_answered_beside_the_others(shelf):
    shelf.put_row("ship", "全国", kind="requirement")
    shelf.put_row("hurry", "全国", kind="requirement")
    shelf.put("ship", "## 要求\n\n检验合格才能发货。{ship}\n\n赶货的企业可以参展。{hurry}")
    known = shelf.desk().bot.know()
    needs = [
        Need("", "", None, "2026-11-23", "赶货嘛", told=False),
        Need("绿色产品认证", "要求", None, "2026-11-23", "检验没合格能不能发货", told=True),
    ]
    answered = [fact.id for one in evidence_for(needs, known.ground) for s in one.local[:1] for fact in s.facts]
    assert answered == ["ship"]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("山泉水接进客房要不要送检，国标里怎么讲", [{"gbt39000-water"}]),
        ("3C证书有效期几年，绿色产品认证有效期几年", [{"ccc-cert-5y"}, {"green-cert-5y"}]),
    ],
)
def test_what_was_told_answers_a_part_that_nothing_else_answers_as_well(found, asked, rows):
    assert [{fact.id for fact in one.local[0].facts} & rows[n] for n, one in enumerate(found(asked))] == rows


@pytest.mark.parametrize(
    ("subject", "told_of", "chance", "is_astray"),
    [
        ("", "民宿", 0.5, True),
        ("", "民宿", 0.9, False),
        ("", "绿色产品认证", 0.5, False),
        ("绿色产品认证", "民宿", 0.5, False),
    ],
)
def test_a_part_that_names_no_subject_is_answered_from_another_only_where_that_is_sure(
    statement, subject, told_of, chance, is_astray
):
    need = Need(subject, "", None, "2026-11-23", "后头送哪里")
    lead, told = replace(statement("材料送到窗口。"), chance=chance), statement("遗留物招领3个月。")
    told = replace(told, passage=replace(told.passage, subject=told_of))
    before = Evidence(need, "answered", (told,))
    assert strays(Evidence(need, "answered", (lead,)), [before]) is is_astray
