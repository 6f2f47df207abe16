"""What reads question and sentence together is trained on what the assistant itself found: which sentence is right, which are not."""

import numpy as np

from corpus.document import Passage, Source, Validity
from evals.reading import Found, examples
from index.embedders import Asking

TEXT = "首次获证奖20万元。续期不奖。"
OTHER = "材料有两样。"


def passage(identity, text):
    return Passage(identity, "d", "标题", "补贴", text, Source("文件"), Validity("in_force"), "全国")


class Kept:
    """An index whose pieces of a range are told by where it stands."""

    passages = {"one": passage("one", TEXT), "two": passage("two", OTHER)}  # noqa: RUF012 - a double

    def sentences(self, passage, parts):
        return [(np.array([[start]], np.int8), np.ones(1, bool)) for start, _ in parts]


STATED = (("one", TEXT, frozenset({"award"})), ("two", OTHER, frozenset({"papers"})))


def made(fact, begins):
    return examples([Found(Asking(np.zeros(1, np.float32)), fact, begins, STATED)], Kept())


def places(some):
    return [int(pieces[0, 0]) for pieces, _ in some]


def test_the_sentence_that_answers_is_right_the_others_of_its_statement_and_other_statements_are_not():
    (example,) = made("award", "续期")
    assert (places(example.right), places(example.own)) == ([10], [0])
    assert [set(rival.facts) for rival in example.rivals] == [{"papers"}]


def test_a_statement_of_one_sentence_is_right_without_being_told_which():
    (example,) = made("papers", "")
    assert (places(example.right), list(example.own)) == ([0], [])


def test_where_it_is_not_known_which_sentence_answers_nothing_is_learned():
    assert made("award", "") == []
    assert made("elsewhere", "") == []


def test_what_nothing_answers_has_all_for_rivals():
    (example,) = made("", "")
    assert (list(example.right), len(example.rivals)) == ([], 2)
