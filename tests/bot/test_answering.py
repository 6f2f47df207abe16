"""The Bot: a function from question to answer. What a user sees first, and that nothing is shown which no source bears."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.answering import UnusableQuestion
from bot.conversation import Answer, Claim, Question, Session

MONEY = re.compile(r"\d[\d.,]*\s*万?元|\d+万|[一二三四五六七八九十百]+万")
DAY = "2026-11-23"
AWARD = "德清首次通过绿色产品认证奖多少"


class Inventing:
    """A writer that says what it likes about the evidence, as a model might."""

    def __init__(self, *sentences):
        self._sentences = sentences

    def write(self, reading, evidence):
        best = next(statement for one in evidence for statement in one.local)
        for sentence in self._sentences:
            yield Claim(sentence, ((best, best.text),))


@pytest.fixture
def bot(desk):
    return desk.bot


def test_the_first_sentence_gives_amount_and_doubt_of_the_askers_own_county(ask, first, facts_of):
    answer = ask(AWARD)
    assert (answer["status"], answer["region"]) == ("answered", "浙江省湖州市德清县")
    assert "20万元" in first(answer) and "德清" in first(answer)
    assert re.search("是否仍执行待.+确认", first(answer))
    assert "sub-deqing-green-product-first-200k" in facts_of(answer)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("嘉兴绿色产品认证补贴多少", "浙江省嘉兴市"),
        ("嵊泗县绿色产品认证奖多少", "浙江省舟山市嵊泗县"),
        ("杭州西湖区绿色产品认证奖励多少", "浙江省杭州市西湖区"),
        ("我们宁波的厂过了绿色产品认证，政府给多少", "浙江省宁波市"),
        ("武汉绿色产品认证补贴有多少", "湖北省武汉市"),
    ],
)
def test_another_countys_money_is_never_shown_as_the_askers(ask, first, asked, place):
    answer = ask(asked)
    assert (answer["status"], answer["region"]) == ("other_region", place)
    assert place in first(answer)
    assert not re.search(r"\d", first(answer))
    assert place not in [citation["region"] for citation in answer["citations"]]


def test_what_held_for_the_city_is_told_to_its_county_under_the_citys_name(ask, first):
    answer = ask("安吉绿色产品认证奖多少")
    assert (answer["status"], answer["region"]) == ("not_in_force", "浙江省湖州市安吉县")
    assert "湖州" in first(answer)
    assert "德清" not in first(answer)


def test_an_example_from_elsewhere_names_where_it_is_from(ask):
    answer = ask("嘉兴绿色产品认证补贴多少")
    examples = [part for part in answer["answer"].split("\n\n")[1:] if MONEY.search(part)]
    assert examples
    for example in examples:
        number = int(re.search(r"\[(\d+)\]", example)[1])
        assert answer["citations"][number - 1]["region"] in example


def test_money_asked_for_without_a_region_is_shown_under_the_name_of_its_county(ask, desk):
    answer = ask("绿色产品认证补贴")
    paragraphs = [part for part in answer["answer"].split("\n") if part.startswith("- ") and MONEY.search(part)]
    assert len(paragraphs) > 1
    for paragraph in paragraphs:
        number = int(re.search(r"\[(\d+)\]", paragraph)[1])
        region = desk.bot.know().vocabulary.regions.find(answer["citations"][number - 1]["region"])
        assert region.name[:2] in paragraph


def test_a_list_of_steps_keeps_all_its_items(ask):
    answer = ask("绿色产品认证怎么申请")
    assert answer["status"] == "answered"
    assert answer["answer"].count("\n") >= 3


def test_two_things_asked_at_once_are_both_answered(ask):
    answer = ask("没有3C会怎么罚，3C证书有效期几年")
    assert answer["status"] == "answered"
    assert "5年" in answer["answer"]
    assert "20万元" in answer["answer"]


def test_the_same_question_gets_the_same_answer_again(ask):
    assert ask(AWARD)["answer"] == ask(AWARD)["answer"]


def test_each_answer_has_an_id_of_its_own(ask):
    assert len({ask(AWARD)["id"] for _ in range(5)}) == 5


def test_the_pieces_of_a_stream_are_the_answer_and_the_answer_comes_once_and_last(bot):
    *pieces, last = bot.stream(Question(AWARD, Session(), DAY))
    assert isinstance(last, Answer)
    assert pieces and all(isinstance(piece, str) for piece in pieces)
    assert "".join(pieces) == last.text


def test_a_figure_that_a_writer_invents_is_never_shown(another_desk):
    desk = another_desk(Inventing("德清县奖99万元。"))
    answer = desk.ask(AWARD, None, None, DAY)
    assert "99万" not in answer["answer"]
    assert answer["status"] == "not_covered"
    assert answer["citations"] == []


def test_of_a_writer_that_invents_only_the_true_sentences_are_shown(another_desk):
    desk = another_desk(Inventing("德清县一次性奖励20万元。", "另外每年再给5万元。"))
    answer = desk.ask(AWARD, None, None, DAY)
    assert answer["answer"].startswith("德清县一次性奖励20万元。")
    assert "5万" not in answer["answer"]
    assert answer["status"] == "answered"


def test_an_answer_whose_direct_sentence_was_struck_is_none(another_desk):
    desk = another_desk(Inventing("德清县一次性奖励99万元。", "每多一张证书还有奖励。"))
    answer = desk.ask(AWARD, None, None, DAY)
    assert "99万" not in answer["answer"]
    assert answer["status"] == "not_covered"


def test_an_invented_figure_is_not_streamed_either(another_desk):
    desk = another_desk(Inventing("德清县奖99万元。", "德清县奖20万元。"))
    pieces = [part for part in desk.stream(AWARD, None, None, DAY) if isinstance(part, str)]
    assert not any("99" in piece for piece in pieces)
    assert any("20万元" in piece for piece in pieces)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "长" * 501])
def test_a_question_empty_or_too_long_is_refused_before_the_first_piece(bot, text):
    with pytest.raises(UnusableQuestion):
        next(bot.stream(Question(text, Session(), DAY)))


def test_a_question_of_the_longest_length_is_answered(ask):
    assert ask((AWARD + "，") + "谢" * (500 - len(AWARD) - 1))["answer"]


def test_suggestions_can_be_asked_and_are_answered(ask):
    for suggestion in ask("3C认证是什么")["suggestions"]:
        assert ask(suggestion)["status"] == "answered"


def test_an_aspect_that_was_asked_is_not_suggested(ask):
    suggestions = ask("绿色产品认证有什么好处")["suggestions"]
    assert suggestions and not any("好处" in suggestion for suggestion in suggestions)


def test_sixteen_threads_at_once_get_the_answers_that_one_gets(desk):
    questions = [
        AWARD, "嘉兴绿色产品认证补贴多少", "充电宝要不要做3C", "绿色产品认证怎么申请",
        "民宿服务认证分几级", "3C证书有效期几年", "你好", "诸暨绿色产品认证奖多少",
    ] * 4  # fmt: skip

    def asked(question):
        answer = desk.ask(question, None, None, DAY)
        return {key: value for key, value in answer.items() if key not in ("id", "key", "took_ms")}

    alone = [asked(question) for question in questions]
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(asked, questions)) == alone
