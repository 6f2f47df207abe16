"""What a question wants, subject by aspect, with what the conversation so far supplies."""

import pytest

from bot.conversation import Question, Session, Turn
from bot.reading.needs import MOST_NEEDS
from bot.reading.read import read

AWARD = "德清首次通过绿色产品认证奖多少"


@pytest.fixture
def wants(desk):
    """Pairs of subject and aspect that a question wants."""

    def wants(text, *turns):
        reading = read(Question(text, Session(turns=turns), "2026-11-23"), desk.bot.know().vocabulary)
        return [(need.subject, need.aspect) for need in reading.needs]

    return wants


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("绿色产品认证怎么申请", ("绿色产品认证", "步骤")),
        ("绿标补贴多少钱", ("绿色产品认证", "补贴")),
        ("3C要交多少钱", ("3C认证", "费用")),
        ("强制性产品认证有效期", ("3C认证", "有效期")),
        ("民宿评钻多少分算过", ("乡村民宿服务认证", "评定")),
        ("充电宝要不要做", ("3C认证", "要不要做")),
    ],
)
def test_loose_words_are_understood_as_subject_and_aspect(wants, text, need):
    assert wants(text) == [need]


def test_a_subject_alone_asks_what_it_is(wants, desk):
    first = next(iter(desk.bot.know().vocabulary.terms.aspects))
    assert wants("绿色产品认证") == [("绿色产品认证", first)]


def test_two_aspects_are_two_needs(wants):
    assert wants("绿色产品认证怎么申请，有效期几年") == [("绿色产品认证", "步骤"), ("绿色产品认证", "有效期")]


def test_two_subjects_are_two_needs(wants):
    assert wants("3C证书有效期几年，绿色产品认证补贴多少") == [("3C认证", "有效期"), ("绿色产品认证", "补贴")]


def test_a_clause_without_a_subject_has_that_of_the_clause_before(wants):
    assert {subject for subject, _ in wants("3C认证怎么申请？还有，要多少钱？")} == {"3C认证"}


def test_the_same_asked_twice_is_one_need(wants):
    assert wants("绿色产品认证补贴多少，绿色产品认证补贴") == [("绿色产品认证", "补贴")]


def test_a_question_of_many_parts_is_cut_to_what_can_be_answered(wants):
    many = "3C认证是什么，怎么申请，要什么材料，多少钱，有效期几年，怎么罚，去哪查"
    assert len(wants(many)) == MOST_NEEDS


def test_a_thing_that_a_row_speaks_of_is_recognised_in_the_question(desk):
    reading = read(Question("移动电源要不要做3C", Session(), "2026-11-23"), desk.bot.know().vocabulary)
    assert reading.needs[0].objects == ("移动电源",)


def test_another_place_repeats_the_last_question(wants):
    last = Turn("首次通过绿色产品认证奖多少", "绿色产品认证", ("补贴",), "浙江省湖州市德清县")
    assert wants("嘉兴呢", last) == [("绿色产品认证", "补贴")]


def test_another_aspect_is_asked_of_the_last_subject(wants):
    last = Turn("绿色产品认证奖多少", "绿色产品认证", ("补贴",))
    assert wants("那证书有效期呢", last) == [("绿色产品认证", "有效期")]


def test_another_subject_is_not_overruled_by_the_last(wants):
    last = Turn("绿色产品认证奖多少", "绿色产品认证", ("补贴",))
    assert wants("3C证书有效期几年", last) == [("3C认证", "有效期")]


def test_a_conversation_goes_from_place_to_place_and_aspect_to_aspect(ask, first, facts_of):
    award = ask(AWARD)
    other = ask("嘉兴呢", session=award["session"])
    assert (other["status"], other["region"]) == ("other_region", "浙江省嘉兴市")
    assert "嘉兴" in first(other) and "20万" not in first(other)
    term = ask("那证书有效期呢", session=other["session"])
    assert (term["status"], term["region"]) == ("answered", "浙江省嘉兴市")
    assert "5年" in first(term)
    back = ask("德清呢", session=award["session"])
    assert "sub-deqing-green-product-first-200k" in facts_of(back)


def test_a_thing_named_earlier_is_still_meant(ask, desk):
    before = ask("充电宝要不要做3C")
    answer = ask("那从哪天起非做不可", session=before["session"])
    assert answer["citations"]
    for citation in answer["citations"]:
        passage = desk.bot.index.passages[citation["passage"]]
        assert "充电宝" in passage.heading + passage.text


def test_small_talk_in_between_does_not_break_the_thread(ask):
    award = ask(AWARD)
    thanked = ask("谢谢", session=award["session"])
    assert ask("嘉兴呢", session=thanked["session"])["status"] == "other_region"


def test_without_a_conversation_a_follow_up_is_no_answer_about_anything(ask):
    assert ask("嘉兴呢")["citations"] == []


def test_conversations_do_not_mix(ask):
    green, ccc = ask(AWARD)["session"], ask("充电宝要不要做3C")["session"]
    assert "绿色" in ask("有效期几年", session=green)["answer"]
    assert "3C" in ask("有效期几年", session=ccc)["answer"]


def test_a_session_can_be_used_twice_for_different_follow_ups(ask):
    session = ask(AWARD)["session"]
    before = ask("嘉兴呢", session=session)["answer"]
    ask("那证书有效期呢", session=session)
    assert ask("嘉兴呢", session=session)["answer"] == before


def test_a_question_repeated_for_another_place_names_what_it_named(desk):
    vocabulary = desk.bot.know().vocabulary
    last = Turn("首次通过绿色产品认证奖多少", "绿色产品认证", ("补贴",), "浙江省湖州市德清县")
    need = read(Question("那安吉呢", Session(turns=(last,)), "2026-11-23"), vocabulary).needs[0]
    assert (need.region.name, need.told) == ("安吉县", True)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("有机产品认证市里头贴几万", "补贴"),
        ("有机产品认证县里发几万", "补贴"),
        ("有机产品认证要花几万", ""),
        ("有机产品认证县里管不管", "要不要做"),
    ],
)
def test_money_that_an_office_gives_is_a_subsidy(wants, text, aspect):
    assert wants(text) == [("有机产品认证", aspect)]


def test_a_question_that_follows_keeps_the_words_of_the_one_before(desk):
    turns = (Turn("3C标志有几种大小", "3C认证", ("标志",)),)
    reading = read(Question("东西太小贴不下咋整", Session(turns=turns), "2026-11-23"), desk.bot.know().vocabulary)
    assert [(need.subject, need.before) for need in reading.needs] == [("3C认证", "3C标志有几种大小")]


def test_a_question_with_a_subject_of_its_own_follows_nothing(desk):
    turns = (Turn("3C标志有几种大小", "3C认证", ("标志",)),)
    question = Question("绿色产品认证有效期几年", Session(turns=turns), "2026-11-23")
    assert [need.before for need in read(question, desk.bot.know().vocabulary).needs] == [""]


def test_the_sides_of_a_comparison_follow_nothing(desk):
    turns = (Turn("首次通过绿色产品认证奖多少", "绿色产品认证", ("补贴",)),)
    question = Question("德清和安吉哪边给得多", Session(turns=turns), "2026-11-23")
    needs = read(question, desk.bot.know().vocabulary).needs
    assert [need.side for need in needs if need.side] == ["德清", "安吉"]
    assert {need.before for need in needs} == {""}


def test_two_years_set_beside_each_other_are_sides_each_as_of_its_own_day(desk):
    question = Question("服务业贷款贴息今年跟去年比一户差多少", Session(), "2026-11-23")
    needs = read(question, desk.bot.know().vocabulary).needs
    assert {need.side: need.day for need in needs if need.side} == {"去年": "2025-12-28", "今年": "2026-11-23"}


def test_what_is_asked_of_each_is_asked_of_all_that_was_told(wants):
    assert wants("我公司刚过CMMI五级，又拿了绿色产品认证，县里各给多少") == [
        ("软件与数据成熟度认证", "补贴"),
        ("绿色产品认证", "补贴"),
    ]


def test_names_that_nothing_joins_are_no_sides(desk):
    question = Question("开民宿先办执照还是先办消防", Session(), "2026-11-23")
    assert not any(need.side for need in read(question, desk.bot.know().vocabulary).needs)


@pytest.mark.parametrize("text", ["不签呢", "那要是没签会怎样", "没签咋办"])
def test_what_comes_of_not_doing_it_is_asked_of_what_was_spoken_of(desk, text):
    turns = (Turn("民宿排污要签啥协议", "民宿环保", ("材料",)),)
    (need,) = read(Question(text, Session(turns=turns), "2026-11-23"), desk.bot.know().vocabulary).needs
    assert (need.subject, need.aspect, need.before) == ("民宿环保", "处罚", "民宿排污要签啥协议")


def test_a_thing_told_before_it_is_asked_what_holds_is_meant(desk):
    question = Question("做电饭煲出口的，内销一点点，3C还要不要", Session(), "2026-11-23")
    (need,) = read(question, desk.bot.know().vocabulary).needs
    assert (need.subject, need.objects) == ("3C认证", ("电饭煲",))


def test_in_what_two_things_differ_is_no_need_of_its_own(desk):
    question = Question("证书被暂停跟被撤销哪个严重，差在哪", Session(), "2026-11-23")
    (need,) = read(question, desk.bot.know().vocabulary).needs
    assert (need.aspect, need.compares) == ("区别", True)


def test_a_round_figure_that_is_told_is_not_asked_for(desk):
    question = Question("花几千块从中介手里买张绿标，被抓到罚多少", Session(), "2026-11-23")
    assert [need.aspect for need in read(question, desk.bot.know().vocabulary).needs] == ["处罚"]


def test_parts_of_a_subject_are_sides_and_not_the_subject_beside_them(desk):
    question = Question("民宿挂三颗钻跟挂五颗钻，分数要求差多少", Session(), "2026-11-23")
    assert [need.side for need in read(question, desk.bot.know().vocabulary).needs if need.side] == ["三钻", "五钻"]


@pytest.fixture
def asides(desk):
    """What a question asks besides, in words that tell nothing of what is wanted."""

    def asides(text):
        reading = read(Question(text, Session(), "2026-11-23"), desk.bot.know().vocabulary)
        return [need.text for need in reading.needs if need.perhaps]

    return asides


def test_what_is_asked_besides_in_other_words_may_be_a_need_of_its_own(asides):
    assert asides("3C证书有效期几年，隔壁厂冒用我们的该咋收场") == ["隔壁厂冒用我们的该咋收场"]


def test_what_says_nothing_of_its_own_is_none(asides):
    assert asides("3C证书有效期几年，到底怎么样呢") == []
    assert asides("3C证书有效期几年，多少钱") == []


def test_a_follow_up_knows_the_question_before_and_how_it_was_answered(desk):
    before = Turn("3c证书有效期几年", "3C认证", ("有效期",), said="3C证书有效期5年")
    (need,) = read(Question("那要多少钱", Session(turns=(before,)), "2026-11-23"), desk.bot.know().vocabulary).needs
    assert (need.before, need.said) == (before.question, before.said)


def test_a_question_repeated_is_answered_again(desk):
    before = Turn("3c证书有效期几年", "3C认证", ("有效期",), said="3C证书有效期5年")
    (need,) = read(
        Question("3C证书有效期几年", Session(turns=(before,)), "2026-11-23"), desk.bot.know().vocabulary
    ).needs
    assert need.said == ""


@pytest.fixture
def follows(desk):
    """The need of a question that follows another."""

    def follows(text, *last, **turn):
        turns = (Turn(*last, **turn),)
        (need,) = read(Question(text, Session(turns=turns), "2026-11-23"), desk.bot.know().vocabulary).needs
        return need

    return follows


def test_what_ends_open_asks_what_the_question_before_asked(follows):
    need = follows("那写了通过某某认证但没写出处呢", "海报上写最佳民宿要罚多少", "广告与价格", ("处罚",))
    assert (need.subject, need.aspect, need.wants) == ("广告与价格", "处罚", ("money",))


def test_a_follow_up_that_asks_who_or_what_is_a_question_of_its_own(follows):
    need = follows("那管理评审谁来搞", "内审能自己审自己那摊活吗", "内审与管理评审", ())
    assert need.text == "那管理评审谁来搞"


def test_what_is_taken_in_before_the_next_question_is_no_part_of_it(follows):
    need = follows("哦要满一年。那到时候报名要带些啥材料", "开了半年能报评钻吗", "乡村民宿服务认证", ("条件",))
    assert (need.text, need.aspect) == ("那到时候报名要带些啥材料", "材料")


def test_it_stands_for_the_part_of_a_subject_that_was_named(follows):
    need = follows("它是看哪个国标来审的", "数据安全管理认证不是强制的吧", "数据与App安全认证", ())
    assert need.text == "数据安全管理认证是看哪个国标来审的"


def test_another_part_of_the_subject_takes_the_place_of_the_one_before(follows):
    need = follows("那个税呢", "一个月卖九万增值税要交不", "小微企业税费优惠", ())
    assert "增值税" not in need.text


def test_what_was_taken_for_granted_of_one_place_is_not_of_the_next(follows):
    need = follows("那安吉呢", "民宿客房上限是15间对吧", "民宿", ())
    assert (need.region.name, need.text) == ("安吉县", "民宿客房上限是15间")


def test_words_that_only_swap_one_for_another_are_no_part_of_the_question(follows):
    assert follows("换成天津呢", "评上市级绿色工厂奖几万", "绿色工厂", ("补贴",)).text == "评上市级绿色工厂奖几万"


def test_who_corrects_the_subject_and_asks_anew_is_not_held_to_the_one_before(follows):
    need = follows("不是 我说的是文旅那个，乙级要啥条件", "民宿服务认证分几级", "乡村民宿服务认证", ("评定",))
    assert (need.subject, need.aspect) == ("", "条件")


def test_a_name_that_ends_open_goes_with_what_is_asked_next(wants):
    assert wants("那拿了ISO27001呢，奖多少") == [("信息安全管理体系认证", "补贴")]


def test_how_many_days_one_is_locked_up_is_asked_of_what_comes_of_it(wants):
    assert (
        wants("民宿没去派出所办证，被抓到会关几天") == [("民宿开办", "处罚")]
        or wants("民宿没办证关几天")[0][1] == "处罚"
    )


def test_of_each_is_asked_without_what_was_told_of_the_others_alone(desk):
    question = Question("我公司刚过CMMI五级，又拿了绿色产品认证，县里各给多少", Session(), "2026-11-23")
    texts = {need.subject: need.text for need in read(question, desk.bot.know().vocabulary).needs}
    assert "绿色产品" not in texts["软件与数据成熟度认证"]
    assert "cmmi" not in texts["绿色产品认证"]


def test_what_somebody_bought_is_asked_about_as_bought(wants):
    assert wants("网上花两千块买了张9001的证，被查出来要罚多少钱") == [("假认证与买证", "处罚")]


def test_a_question_knows_whether_it_names_its_place(desk):
    vocabulary = desk.bot.know().vocabulary
    named, unnamed = (
        read(Question(text, Session(), "2026-11-23"), vocabulary).needs[0] for text in ("德清民宿分几级", "民宿分几级")
    )
    assert (named.placed, unnamed.placed) == (True, False)


def test_what_ends_open_goes_with_what_is_asked_next(wants):
    assert [aspect for _, aspect in wants("3C证书要是没办呢，会怎么罚")] == ["处罚"]


def test_whether_there_is_something_in_a_place_does_not_ask_what_it_is(wants):
    assert [aspect for _, aspect in wants("武汉有认证贷吗")] != ["是什么"]


@pytest.mark.parametrize(
    ("said", "subject"),
    [("不是，我说的是食品", "绿色食品"), ("不是，我说的是火箭", "")],
)
def test_a_correction_that_gives_the_end_of_a_name_means_the_subject_of_that_name(wants, said, subject):
    turn = Turn("绿色产品的证能管几年", "绿色产品认证", ("有效期",))
    assert wants(said, turn) == [(subject, "有效期")]


@pytest.mark.parametrize(
    ("text", "aspect"), [("那一户顶多能帮到多少钱", "融资"), ("那请会计师来出审计报告的服务费收多少", "费用")]
)
def test_how_much_money_after_a_loan_is_asked_of_the_loan_unless_it_names_what_costs(wants, text, aspect):
    turn = Turn("听说国家能帮着出点利息", "贷款贴息与担保", ("融资",))
    assert wants(text, turn) == [("贷款贴息与担保", aspect)]
