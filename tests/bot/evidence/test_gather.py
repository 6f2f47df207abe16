"""Region and validity are conditions: what holds elsewhere or at another time never counts as here and now."""

import re
from dataclasses import replace

import pytest

from bot.conversation import Evidence, Need, Question, Session, Turn
from bot.evidence.gather import gather, is_something_new, outdone, tells_nothing_new, worth
from bot.evidence.precedence import headed_first
from bot.reading.read import read
from corpus.document import Source
from corpus.fact import Fact

QUESTION = "绿色产品认证补贴多少"
DEQING = "浙江省湖州市德清县"


@pytest.fixture
def one_row(shelf):
    """A corpus of one document that states one row of money; gives what asks it."""

    def made(text="德清县对首次通过绿色产品认证的企业奖3万元。", **row):
        shelf.put("money", f"## 补贴\n\n{text}{{row-one}}")
        shelf.put_row("row-one", **row)
        desk = shelf.desk()
        return lambda question="德清" + QUESTION, on="2026-11-23": desk.ask(question, None, None, on)

    return made


@pytest.mark.parametrize(
    ("validity", "key"),
    [("{state: lapsed, until: '2024-12-31'}", "lapsed"), ("{state: draft}", "draft")],
)
def test_what_is_lapsed_or_a_draft_says_so_before_the_sentence(one_row, first, label, validity, key):
    answer = one_row(validity=validity)()
    assert answer["status"] == "not_in_force"
    assert first(answer).startswith(label(key))
    assert "3万元" in first(answer)
    assert answer["citations"][0]["validity"] == key


def test_what_is_not_yet_in_force_names_the_day_before_the_sentence(one_row, first, label):
    answer = one_row(validity="{state: not_yet, since: '2027-03-01'}")()
    assert answer["status"] == "not_in_force"
    assert first(answer).startswith(label("not_yet", since="2027-03-01"))
    assert answer["citations"][0]["validity"] == "not_yet"


def test_what_was_not_yet_holds_from_its_day_on(one_row, first, label):
    asks = one_row(validity="{state: not_yet, since: '2027-03-01'}")
    assert asks(on="2027-02-28")["status"] == "not_in_force"
    answer = asks(on="2027-03-01")
    assert (answer["status"], answer["citations"][0]["validity"]) == ("answered", "in_force")
    assert not first(answer).startswith(label("not_yet", since="2027-03-01"))


def test_what_ended_is_answered_for_its_last_day_and_lapsed_on_the_next(one_row, first, label):
    asks = one_row(validity="{state: in_force, since: '2024-01-01', until: '2025-12-31'}")
    assert asks(on="2025-12-31")["status"] == "answered"
    after = asks(on="2026-01-01")
    assert after["status"] == "not_in_force"
    assert first(after).startswith(label("lapsed"))


def test_a_year_as_the_end_is_inclusive(one_row):
    asks = one_row(validity="{state: in_force, until: '2025'}")
    assert asks(on="2025-12-31")["status"] == "answered"
    assert asks(on="2026-01-01")["status"] == "not_in_force"


def test_another_countys_row_is_no_answer_for_the_asker(one_row, first):
    answer = one_row()("余杭" + QUESTION)
    assert (answer["status"], answer["region"]) == ("other_region", "浙江省杭州市余杭区")
    assert "余杭" in first(answer)
    assert not re.search(r"\d", first(answer))
    assert DEQING in answer["answer"].split("\n\n", 1)[1]


@pytest.mark.parametrize("region", ["浙江省湖州市", "浙江省", "全国", "长三角"])
def test_what_holds_for_what_the_county_lies_in_holds_for_the_county(one_row, region):
    asks = one_row("通过绿色产品认证的企业奖3万元。", region=region)
    assert asks()["status"] == "answered"


def test_what_holds_for_the_province_does_not_hold_in_another(one_row):
    assert (
        one_row("浙江省对通过绿色产品认证的企业奖3万元。", region="浙江省")("昆山" + QUESTION)["status"]
        == "other_region"
    )


def test_a_city_is_told_of_its_county_under_the_countys_name(one_row):
    answer = one_row()("湖州" + QUESTION)
    assert answer["status"] == "answered"
    assert "德清" in answer["answer"]
    assert answer["citations"][0]["region"] == DEQING


@pytest.fixture
def ladder(shelf):
    """Money of county, city and province; the province's fits the question best."""
    shelf.put("county", "## 补贴\n\n德清县对绿色产品认证企业给3万元。{row-county}")
    shelf.put("city", "## 补贴\n\n湖州市对绿色产品认证企业给4万元。{row-city}")
    shelf.put("province", "## 补贴\n\n浙江省的绿色产品认证补贴是多少：首次通过绿色产品认证给5万元。{row-province}")
    for name, region in (("county", DEQING), ("city", "浙江省湖州市"), ("province", "浙江省")):
        shelf.put_row(f"row-{name}", region, values=f"{{奖励: {3 + len(name) % 3}0000元}}")
    return shelf.desk()


def test_the_countys_own_money_goes_before_the_citys_and_the_provinces(ladder, first):
    assert "3万元" in first(ladder.ask("德清" + QUESTION))
    assert "4万元" in first(ladder.ask("安吉" + QUESTION))
    assert "5万元" in first(ladder.ask("余杭" + QUESTION))


def test_two_voices_about_one_moment_are_both_given(shelf, facts_of):
    shelf.put(
        "fees", "## 补贴\n\n德清县给绿色产品认证企业3万元。{voice-one}\n\n德清县给绿色产品认证企业6万元。{voice-two}"
    )
    shelf.put_row("voice-one", conflict="voice-two")
    shelf.put_row("voice-two", conflict="voice-one", values="{奖励: 60000元}")
    answer = shelf.desk().ask("德清" + QUESTION)
    assert facts_of(answer) == {"voice-one", "voice-two"}
    assert "3万元" in answer["answer"] and "6万元" in answer["answer"]


def test_a_conflict_that_only_one_of_the_two_names_is_given_too(shelf, facts_of):
    shelf.put(
        "fees", "## 补贴\n\n德清县给绿色产品认证企业3万元。{voice-one}\n\n德清县给绿色产品认证企业6万元。{voice-two}"
    )
    shelf.put_row("voice-one")
    shelf.put_row("voice-two", conflict="voice-one", values="{奖励: 60000元}")
    assert facts_of(shelf.desk().ask("德清" + QUESTION)) == {"voice-one", "voice-two"}


def test_what_holds_today_goes_before_what_held_before(shelf, first):
    shelf.put("old", "## 补贴\n\n德清县对首次通过绿色产品认证的企业奖9万元。{row-old}")
    shelf.put("new", "## 补贴\n\n德清县对首次通过绿色产品认证的企业奖3万元。{row-new}")
    shelf.put_row("row-old", validity="{state: lapsed, until: '2024'}", values="{奖励: 90000元}")
    shelf.put_row("row-new", validity="{state: in_force, since: '2025-01-01'}")
    answer = shelf.desk().ask("德清" + QUESTION, None, None, "2026-11-23")
    assert "3万元" in first(answer)
    assert "9万元" not in first(answer)


@pytest.mark.parametrize(
    ("question", "key", "figure"),
    [("诸暨绿色产品认证奖多少", "lapsed", "10万元"), ("临安绿色产品认证补贴多少", "draft", "30万元")],
)
def test_a_scheme_on_record_that_is_past_or_a_draft_says_so(ask, first, label, question, key, figure):
    answer = ask(question)
    assert answer["status"] == "not_in_force"
    assert first(answer).startswith(label(key))
    assert figure in first(answer)


def test_a_rule_whose_day_lies_ahead_says_so_until_that_day(ask, first, facts_of):
    question = "电焊机要不要做第三方3C认证"
    before, after = ask(question, on="2026-12-31"), ask(question, on="2027-01-01")
    states = {c["validity"] for a in (before, after) for c in a["citations"] if "ccc-16-to-3rd" in c["facts"]}
    assert "not_yet" not in {c["validity"] for c in after["citations"]}
    assert states <= {"not_yet", "in_force"}


def test_money_asked_for_is_not_answered_with_something_else_about_the_subject(ask):
    answer = ask("我在安吉开民宿，民宿认证能拿到补贴吗")
    assert answer["status"] == "not_covered"
    assert answer["region"] == "浙江省湖州市安吉县"
    assert "管家" not in answer["answer"]


def test_evidence_of_another_place_is_no_example_for_a_subject_that_is_not_named(ask):
    assert ask("ISO37001怎么办")["status"] in ("out_of_scope", "clarify", "not_covered")


def test_what_the_nation_still_pays_is_told_beside_what_the_county_paid(shelf):
    shelf.put("county", "## 补贴\n\n德清县绿色产品认证补贴是多少：首次通过绿色产品认证给3万元。{row-county}")
    shelf.put("nation", "## 补贴\n\n对通过绿色产品认证的企业奖9万元。{row-nation}")
    shelf.put_row("row-county", validity="{state: lapsed, until: '2025-12-31'}")
    shelf.put_row("row-nation", "全国", values="{奖励: 90000元}", validity="{state: in_force, since: '2025-01-01'}")
    answer = shelf.desk().ask("德清" + QUESTION, None, None, "2026-11-23")
    assert answer["status"] == "answered"
    assert "9万元" in answer["answer"]


def test_a_day_gone_by_is_answered_for_and_said_to_be_gone_by(one_row, say):
    asks = one_row(validity="{state: in_force, since: '2023-01-01', until: '2024-12-31'}")
    then, now = (say("then", state=say("status.in_force")), say("status.in_force"))
    assert then in asks("2024年时德清" + QUESTION)["answer"]
    assert then not in asks(on="2024-06-01")["answer"]
    assert now in asks(on="2024-06-01")["answer"]


def test_a_follow_up_known_only_elsewhere_is_about_nothing_new(shelf):
    shelf.put_row("row-one", DEQING, values="{奖励: 30000元}")
    shelf.put_row("row-two", "全国", kind="requirement")
    shelf.put("money", "## 补贴\n\n德清县对首次通过绿色产品认证的企业奖3万元。{row-one}")
    shelf.put("stay", "## 补贴\n\n民宿要登记。{row-two}", subject="民宿")
    known = shelf.desk().bot.know()
    turn = Turn("绿色产品认证补贴多少", "绿色产品认证", ("补贴",), "浙江省杭州市余杭区")
    question = Question("首次通过的企业补贴多少", Session(turns=(turn,)), "2026-11-23")
    (need,) = read(question, known.vocabulary).needs
    assert need.before
    evidence = gather(need, known.ground)
    assert (evidence.status, evidence.need.subject) == ("other_region", "绿色产品认证")


@pytest.mark.parametrize(("better", "passed"), [(0.5, False), (0.7, True)])
def test_what_answered_the_question_before_is_passed_over_where_another_answers_the_next_much_better(
    statement, better, passed
):
    told, other = replace(statement("甲罚一千。"), score=3.0), replace(statement("乙奖两千。"), score=3.0 + better)
    assert (told.text in outdone("甲罚", [other, told])) is passed
    assert not outdone("", [other, told])


@pytest.mark.parametrize(("on", "row"), [("2025-09-01", "old"), ("2026-09-01", "new")])
def test_what_holds_on_the_day_stands_in_for_what_replaces_it_or_what_it_replaces(shelf, on, row):
    shelf.put("rows", "## 补贴：先\n\n奖3万元。{old}\n\n## 补贴：后\n\n首次通过绿色产品认证的企业奖5万元。{new}")
    shelf.put_row(
        "old", "全国", values="{奖励: 30000元}", validity="{state: lapsed, since: '2025-01-01', until: '2025-12-31'}"
    )
    shelf.put_row(
        "new", "全国", values="{奖励: 50000元}", validity="{state: in_force, since: '2026-01-01'}", replaces="old"
    )
    known = shelf.desk().bot.know()
    (need,) = read(Question("首次通过绿色产品认证的企业奖多少", Session(), on), known.vocabulary).needs
    evidence = gather(need, known.ground)
    assert (evidence.status, evidence.local[0].facts[0].id) == ("answered", row)


def test_of_statements_alike_the_one_for_the_place_nearest_to_the_asker_comes_first(shelf):
    shelf.put(
        "rows", "## 条件：省\n\n客房不超过15间。{province}\n\n## 条件：县\n\n客房不超过18间，要满足条件。{county}"
    )
    for identity, region in (("province", "浙江省"), ("county", DEQING)):
        shelf.put_row(identity, region, kind="requirement", values="{客房上限: 15间}")
    known = shelf.desk().bot.know()
    (need,) = read(Question("德清绿色产品认证条件 客房不超过几间", Session(), "2026-11-23"), known.vocabulary).needs
    assert [s.facts[0].id for s in gather(need, known.ground).local] == ["county", "province"]


def test_the_same_measures_are_those_of_the_nearest_place_however_well_another_fits(shelf):
    measures = "{客房上限: 15间, 层数上限: 4层}"
    shelf.put(
        "rows", "## 条件：省\n\n想开店的一栋楼客房最多不超过15间、4层。{province}\n\n## 条件：县\n\n18间、5层。{county}"
    )
    shelf.put_row("province", "浙江省", kind="requirement", values=measures)
    shelf.put_row("county", DEQING, kind="requirement", values=measures.replace("15", "18").replace("4层", "5层"))
    known = shelf.desk().bot.know()
    asked = Question("德清绿色产品认证条件 想开店的一栋楼客房最多不超过几间", Session(), "2026-11-23")
    (need,) = read(asked, known.vocabulary).needs
    evidence = gather(need, known.ground)
    assert [s.facts[0].id for s in evidence.found] == ["province", "county"]
    assert [s.facts[0].id for s in evidence.local] == ["county"]  # the county's limits stand in for the province's


def test_what_was_told_is_a_statement_and_not_its_fact(shelf):
    shelf.put("rows", "## 要求\n\n厨房要装报警器。{alarm}\n\n## 处罚\n\n没装报警器的罚5万元。{alarm}")
    shelf.put_row("alarm", "全国", kind="requirement", values="{罚款: 50000元}")
    known = shelf.desk().bot.know()
    (need,) = read(Question("绿色产品认证没装报警器罚多少", Session(), "2026-11-23"), known.vocabulary).needs
    fine = gather(need, known.ground, frozenset(("厨房要装报警器。",))).local[0]
    assert fine.text == "没装报警器的罚5万元。"
    assert fine.text not in [s.text for s in gather(need, known.ground, frozenset((fine.text,))).local]


def test_of_one_fact_the_statement_under_the_heading_asked_for_comes_first(statement):
    need = Need("绿色产品认证", "材料", None, "2026-11-23", "登记要带啥")
    steps, papers = statement("先办执照再登记。"), statement("登记交申请书。")
    headed = replace(papers, passage=replace(papers.passage, heading="材料"), facts=steps.facts)
    told = (replace(steps, score=5.0), replace(headed, score=4.5))
    assert headed_first(need, told)[0].text == papers.text
    assert headed_first(need, (told[0], replace(told[1], score=2.0)))[0].text == steps.text


def test_the_list_of_what_must_be_handed_in_comes_before_what_lists_nothing(statement):
    need = Need("绿色产品认证", "材料", None, "2026-11-23", "做软件的要带啥")
    rule, papers = (
        statement("软件企业按客户要求来。", heading="要不要做"),
        statement("要交：\n- 执照。", heading="材料"),
    )
    other = replace(papers, passage=replace(papers.passage, subject="民宿"))
    told = (replace(rule, score=9.0), replace(papers, score=2.0))
    assert headed_first(need, told)[0].text == papers.text
    assert headed_first(need, (told[0], replace(other, score=2.0)))[0].text == rule.text
    assert headed_first(replace(need, wants=("count",)), told)[0].text == rule.text


def test_the_list_of_a_subject_named_is_enough_whatever_else_is_said(shelf):
    shelf.put_row("papers", "全国", kind="requirement")
    shelf.put("papers", "## 材料\n\n要交下面这些：\n- 执照。\n- 申请书。{papers}")
    known = shelf.desk().bot.know()
    asked = "绿色产品认证的材料都有哪几份，我们软件公司就十几个人在园区租的楼"
    (need, *_) = read(Question(asked, Session(), "2026-11-23"), known.vocabulary).needs
    assert gather(need, known.ground).status == "answered"


def test_whoever_asks_from_when_is_answered_with_what_is_to_come(one_row, first, label):
    asks = one_row(validity="{state: not_yet, since: '2027-03-01'}")
    answer = asks("德清首次通过绿色产品认证的企业从哪天起奖3万元")
    assert answer["status"] == "answered"
    assert first(answer).startswith(label("not_yet", since="2027-03-01"))


@pytest.mark.parametrize(
    ("asked", "amount"), [("去年首次通过的绿色产品认证奖多少", "3万元"), ("首次通过绿色产品认证奖多少", "5万元")]
)
def test_money_of_a_year_gone_by_is_what_was_paid_then_if_what_is_paid_now_came_later(shelf, first, asked, amount):
    shelf.put(
        "rows", "## 补贴：先\n\n首次通过绿色产品认证奖3万元。{old}\n\n## 补贴：后\n\n首次通过绿色产品认证奖5万元。{new}"
    )
    shelf.put_row(
        "old", "全国", values="{奖励: 30000元}", validity="{state: lapsed, since: '2025-01-01', until: '2025-12-31'}"
    )
    shelf.put_row("new", "全国", values="{奖励: 50000元}", validity="{state: in_force, since: '2026-01-01'}")
    answer = shelf.desk().ask(asked, None, None, "2026-09-01")
    assert (answer["status"], amount in first(answer)) == ("answered", True)


def test_what_is_fined_comes_before_what_is_forbidden_where_the_fine_is_asked_for(statement):
    need = Need("绿色产品认证", "处罚", None, "2026-11-23", "鉴定是危房还开着店咋罚")
    forbidden, fined = statement("危险房屋不能开店。", heading="条件"), statement("危房开店的罚5万元。", heading="处罚")
    told = (replace(forbidden, score=5.0), replace(fined, score=4.5))
    assert headed_first(need, told, ("money",))[0].text == fined.text
    assert headed_first(need, (told[0], replace(told[1], score=2.0)), ("money",))[0].text == forbidden.text


def test_a_question_that_says_nothing_of_what_it_is_about_is_not_guessed_at(desk):
    need = Need("", "补贴", None, "2026-11-23", "那个能补多少钱啊", wants=("money",))
    assert gather(need, desk.bot.know().ground).status == "not_covered"


@pytest.mark.parametrize(
    ("said", "chance", "new"),
    [
        ("客人走了床单不换直接给下一个抓到罚几多", 0.29, True),
        ("客人走了床单不换直接给下一个抓到罚几多", 0.2, False),
        ("超了按几个点", 0.4, False),
        ("超了按几个点", 0.5, True),
        ("上哪告他", 0.9, False),
    ],
)
def test_a_follow_up_is_of_something_new_where_it_says_much_or_is_answered_clearly_better(
    desk, statement, said, chance, new
):
    terms, need = desk.bot.know().vocabulary.terms, Need("3C认证", "处罚", None, "2026-11-23", said)
    best, anew = (Evidence(need, "answered", (replace(statement("罚。"), chance=one),)) for one in (0.3, chance))
    assert is_something_new(said, anew, best, terms) is new


@pytest.fixture
def minors(shelf):
    """What must be done for minors and what is fined, beside another fine; gives the facts that answer a follow-up."""
    for name in ("ask", "fine", "other"):
        shelf.put_row(name, "全国", kind="requirement", values="{}" if name == "ask" else "{罚款: 10000元}")
    shelf.put(
        "minors",
        "## 要求：未成年人\n\n接待未成年人要问清监护人的联系方式。{ask}\n\n## 处罚：未成年人\n\n违反规定的罚1万元。{fine}\n\n"
        "## 处罚：登记\n\n没问清客人姓名就登记的罚1万元。{other}",
    )
    known = shelf.desk().bot.know()

    def answers(text, said, wants=()):
        need = Need(
            "绿色产品认证", "处罚", None, "2026-11-23", text, (), wants, False, before="未成年人要问啥", said=said
        )
        return [fact.id for statement in gather(need, known.ground).local[:1] for fact in statement.facts]

    return answers


def test_the_heading_asked_for_on_the_matter_told_before_comes_first(minors):
    assert minors("要是没问清罚多少", said="接待未成年人要问清") == ["fine"]


def test_only_what_was_told_before_is_no_answer_again_without_the_figure_asked_for(minors):
    asked = "违反规定的罚到第几级"
    assert minors(asked, "", ("count",)) == ["fine"]
    assert minors(asked, "违反规定的罚", ("count",)) == []


def test_what_is_past_passes_over_nothing_that_was_told(statement):
    told = replace(statement("软件投资按15%补。"), score=2.0)
    past = replace(statement("设备投资按8%奖。"), score=9.0, state="lapsed")
    assert outdone("软件投资", [past, told]) == frozenset()
    assert outdone("软件投资", [replace(past, state="in_force"), told]) == frozenset({told.text})


@pytest.mark.parametrize(
    ("text", "said", "placed", "nothing"),
    [
        ("那县里奖多少", "湖州市奖30万元", True, True),
        ("那县里奖多少", "湖州市奖30万元", False, False),
        ("那县里奖多少", "别的话", True, False),
        ("cmmi那张呢", "湖州市奖30万元", False, True),
    ],
)
def test_what_was_told_tells_nothing_new_of_another_place_or_of_a_part_that_it_does_not_name(
    desk, statement, text, said, placed, nothing
):
    ground = desk.bot.know().ground
    deqing, city = ground.regions.find(DEQING), "浙江省湖州市"
    paid = Fact("city", "subsidy", city, Source("某份文件"))
    told = statement("湖州市奖30万元。", facts=[paid])
    told = replace(told, passage=replace(told.passage, region=city))
    need = Need("绿色产品认证", "补贴", deqing, "2026-11-23", text, placed=placed, said=said)
    assert tells_nothing_new(need, told, ground) is nothing


@pytest.mark.parametrize(("text", "nothing"), [("那茶艺师的证给多少", True), ("那管家的证升一级给多少", False)])
def test_what_was_paid_for_one_thing_tells_nothing_new_of_another(desk, statement, text, nothing):
    paid = Fact("butler", "subsidy", DEQING, Source("某份文件"), objects=("民宿管家",))
    told = statement("民宿管家奖5000元。", facts=[paid], heading="补贴：民宿管家")
    need = Need("乡村民宿服务认证", "补贴", None, "2026-11-23", text, said="民宿管家奖5000元")
    assert tells_nothing_new(need, told, desk.bot.know().ground) is nothing


def test_what_holds_answers_a_follow_up_before_what_lapsed_however_likely(statement):
    need = Need("绿色产品认证", "补贴", None, "2026-11-23", "要是花到120万呢")
    holds = Evidence(need, "answered", (replace(statement("按15%补。"), chance=0.2),))
    lapsed = Evidence(need, "not_in_force", past=(replace(statement("按8%奖。"), chance=0.7),))
    likelier = Evidence(need, "answered", (replace(statement("按30%补。"), chance=0.9),))
    assert sorted([likelier, holds, Evidence(need, "not_covered"), lapsed], key=worth)[1:] == [lapsed, holds, likelier]


def test_what_is_told_of_another_county_passes_over_nothing_that_was_told(ask):
    first = ask("德清企业装软件做数字化改造，认定16万，能补几成")
    answer = ask("要是花到120万呢", session=first["session"])
    assert "sub-deqing-software-invest" in {*answer["citations"][0]["facts"]}


def test_a_turn_that_asked_nothing_was_about_what_answered_it(ask):
    first = ask("日照头一回过9001最高能给1万")
    assert ask("换成安吉呢", session=first["session"])["status"] == "other_region"
