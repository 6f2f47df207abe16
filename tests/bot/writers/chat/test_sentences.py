"""A model's stream, cut into sentences with what each cites."""

import pytest

from bot.writers.chat.sentences import LONGEST, LONGEST_SENTENCE, sentences


def cut(text, size=1):
    """The sentences of a text that comes a few characters at a time."""
    return list(sentences(text[place : place + size] for place in range(0, len(text), size)))


def told(text):
    return [(sentence.text, sentence.numbers) for sentence in cut(text)]


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_however_the_text_comes_the_sentences_are_the_same(size):
    text = "奖励20万元[1]。90天内申请。[2] [3]\n1. 先申请[1]。\n2. 再检查[1]。"
    assert cut(text, size) == cut(text)


@pytest.mark.parametrize("mark", ["[1][2]", "[1,2]", "[1、 2]", "【1】【2】", "［1，2］"])
@pytest.mark.parametrize("text", ["要申请{}。", "要申请。{}", "要申请{}"])
def test_marks_are_read_before_and_after_the_stop_in_every_form(text, mark):
    assert told(text.format(mark)) == [("要申请。", (1, 2))]


def test_a_mark_belongs_to_the_sentence_that_it_follows():
    assert told("甲。[1]乙。[2]") == [("甲。", (1,)), ("乙。", (2,))]


def test_a_sentence_comes_as_soon_as_it_is_seen_to_be_whole():
    left = iter("要申请。[1]要检查。[2]还有别的")
    assert next(sentences(left)).text == "要申请。"
    assert "".join(left) == "检查。[2]还有别的"


def test_the_signs_of_a_list_and_decoration_are_taken_off():
    assert told("1、先申请[1]\n- 再检查[1]\n**奖励`20万元`**[1]；\n") == [
        ("先申请。", (1,)), ("再检查。", (1,)), ("奖励20万元。", (1,)),
    ]  # fmt: skip


def test_what_breaks_off_counts_only_if_it_cites():
    assert told("奖励20万元[1]。另外每年再奖") == [("奖励20万元。", (1,))]
    assert told("奖励20万元[1") == []


def test_thoughts_are_not_said():
    assert told("<think>先看[1]。\n再想。</think>\n要申请[1]。") == [("要申请。", (1,))]
    assert told("<think>先看[1]。一直想下去[1]") == []


def test_a_model_that_never_ends_is_read_so_far_and_no_further():
    endless = iter(lambda: "哈" * 10, None)
    assert list(sentences(endless)) == []
    many = list(sentences(iter(lambda: "要申请[1]。", None)))
    assert len(many) <= LONGEST / 5


def test_what_is_too_long_to_be_a_sentence_is_none():
    assert told("哈" * (LONGEST_SENTENCE + 1) + "[1]。要申请[1]。") == [("要申请。", (1,))]
