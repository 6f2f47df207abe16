"""A question is learned with the statement that answers it, and with the sentence of it where that is known."""

from corpus.document import Passage, Source, Span, Validity
from corpus.load import Knowledge
from corpus.ways import Way
from index.training.pairs import pairs

DUTY, FINE = "摊位上的秤要年年检定。检定免费。", "没检的罚1000元以下。"
TEXT = f"{DUTY}\n{FINE}"
SPANS = (Span(0, len(DUTY), ("scale",)), Span(len(DUTY) + 1, len(TEXT), ("scale",)))


def learned(*ways):
    passage = Passage("p", "d", "计量", "秤", TEXT, Source("某法"), Validity("in_force"), "全国", "计量", SPANS)
    return [(pair.statement, pair.answer) for pair in pairs(Knowledge((), {}, (passage,), ways))]


def test_of_several_statements_of_a_fact_the_one_with_the_sentence_is_meant():
    assert learned(Way("没检罚几多", "scale", sentence="没检的罚")) == [(f"计量 秤\n{FINE}", -1)]  # the only sentence


def test_the_place_of_the_sentence_that_answers_is_told_where_it_is_known():
    ways = Way("检秤要钱吗", "scale", sentence="检定免费"), Way("秤要检吗", "scale")
    assert learned(*ways) == [(f"计量 秤\n{DUTY}", 1), (f"计量 秤\n{DUTY}", -1)]
