"""A bot without facts: neither their rows nor their words nor their ways in are found, and what stands beside them stays."""

from types import MappingProxyType, SimpleNamespace

from corpus.document import Passage, Source, Span, Validity
from corpus.ways import Way
from evals.hiding import Hiding
from index.search import Hit
from index.ways import Near

TEXT = "首次获证奖20万元。续期不奖。"


def passage(identity: str, *spans: Span) -> Passage:
    return Passage(identity, "d", "标题", "补贴", TEXT, Source("文件"), Validity("in_force"), "全国", spans=spans)


BOTH = passage("both", Span(0, 10, ("first",)), Span(10, 15, ("again",)))
ONE = passage("one", Span(0, 10, ("first",)))


class Found:
    """An index that finds everything."""

    passages = MappingProxyType({p.id: p for p in (BOTH, ONE)})

    def search(self, query, keep, limit, meaning, besides):
        return tuple(Hit(p, 1.0, 1.0, 1.0) for p in self.passages.values() if keep(p))

    def near(self, text):
        ways = (Way("能奖多少", "first"), Way("续期呢", "again"))
        return [Near(way, 1.0, None) for way in ways]


def test_a_passage_that_states_nothing_else_is_not_found_and_of_others_the_rest_stays():
    left = Hiding(Found(), frozenset({"first"}))
    assert [(hit.passage.id, [span.facts for span in hit.passage.spans]) for hit in left.search("奖")] == [
        ("both", [("again",)])
    ]


def test_ways_in_to_what_is_hidden_and_the_question_itself_are_not_near():
    assert [one.way.fact for one in Hiding(Found(), frozenset({"first"})).near("奖")] == ["again"]
    assert [one.way.fact for one in Hiding(Found(), question="续期呢").near("奖")] == ["first"]


def test_everything_else_is_the_index_s_own():
    assert Hiding(SimpleNamespace(version="v1")).version == "v1"
