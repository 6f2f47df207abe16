"""A question is learned with the statement that answers it."""

from corpus.document import Passage, Source, Span, Validity
from corpus.load import Knowledge
from corpus.ways import Way
from index.training.pairs import pairs

DUTY, FINE = "摊位上的秤要年年检定。检定免费。", "没检的罚1000元以下。"
TEXT = f"{DUTY}\n{FINE}"
SPANS = (Span(0, len(DUTY), ("scale",)), Span(len(DUTY) + 1, len(TEXT), ("scale",)))


def learned(*ways):
    passage = Passage("p", "d", "计量", "秤", TEXT, Source("某法"), Validity("in_force"), "全国", "计量", SPANS)
    return [pair.statement for pair in pairs(Knowledge((), {}, (passage,), ways))]


def test_of_several_statements_of_a_fact_the_one_with_the_sentence_is_meant():
    assert learned(Way("没检罚几多", "scale", sentence="没检的罚")) == [f"计量 秤\n{FINE}"]


def test_where_the_sentence_is_not_known_the_first_is_taken():
    assert learned(Way("秤要检吗", "scale")) == [f"计量 秤\n{DUTY}"]
