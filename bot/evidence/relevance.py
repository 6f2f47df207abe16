"""How well a statement answers a need: a sum of plain features, each between 0 and 1, with its weight beside it.

Knows nothing of region or validity; those are conditions, not degrees (see gather.py).
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from bot.conversation import Need
from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import is_count, is_date, is_duration, is_money, is_score, is_share, plain_text
from corpus.regions import Regions
from corpus.terms import Terms

WEIGHTS = {
    "aspect": 0.8, "object": 1.0, "coverage": 1.8, "search": 1.0, "standing": 3.0, "wanted": 0.4, "head": 0.1, "aside": -0.4, "kin": -0.3, "part": -0.3, "recalled": -0.3
}  # fmt: skip
"""Aspect and thing asked for count most: the right passage about the wrong side is the commonest miss (retrieval notes)."""

_KINDS: Mapping[str, Callable[[Fact], bool]] = {
    "money": lambda fact: any(map(is_money, fact.values.values())),
    "duration": lambda fact: any(map(is_duration, fact.values.values())),
    "score": lambda fact: any(is_score(value) or is_share(value) for value in fact.values.values()),
    "count": lambda fact: any(map(is_count, fact.values.values())),
    "date": lambda fact: any(map(is_date, (*fact.values.values(), fact.validity.since or ""))),
    "verdict": lambda fact: fact.verdict is not None,
}


_NUMBERED = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,6}(?![\d元万])")
"""Numbers of standards: four to six digits that are no year and no money."""


_COUNTED = re.compile(r"(?:几|多少)个?([级家张种类项条章步户人批件天层])")
"""What is counted: 分几级, 多少家."""


class Rarity:
    """Inverse document frequency of characters and their bigrams over all passages: what most texts share counts little.

    idf as in BM25 (Robertson and Zaragoza, 2009, eq. 3.1 smoothed): ln(1 + (N - n + 0.5) / (n + 0.5)).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        seen = [grams(text) for text in texts]
        counts = Counter(gram for text in seen for gram in text)
        total = len(seen)
        self._idf = {gram: math.log(1 + (total - n + 0.5) / (n + 0.5)) for gram, n in counts.items()}
        self._unseen = math.log(1 + (total + 0.5) / 0.5)

    def likeness(self, question: str, text: str) -> float:
        """Share of the question's characters and bigrams, weighted by idf, that the text has: 0 to 1. For ranking."""
        return self._share(grams(question), grams(text))

    def coverage(self, question: str, text: str) -> float:
        """The same of bigrams alone: single characters are shared by chance too often to prove anything."""
        return self._share(bigrams(question), bigrams(text))

    def _share(self, asked: frozenset[str], there: frozenset[str]) -> float:
        # fsum: exact, so that the order in which a set is walked never changes a score
        total = math.fsum(self._idf.get(gram, self._unseen) for gram in asked)
        held = math.fsum(self._idf.get(gram, self._unseen) for gram in asked & there)
        return held / total if total else 0.0


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """The character bigrams of a text's words: spaces and punctuation part them."""
    return frozenset(run[i : i + 2] for run in _runs(text) for i in range(max(1, len(run) - 1)))


@lru_cache(maxsize=8192)
def grams(text: str) -> frozenset[str]:
    """The characters and character bigrams of a text's words."""
    return bigrams(text) | frozenset("".join(_runs(text)))


def _runs(text: str) -> list[str]:
    return "".join(c.lower() if c.isalnum() else " " for c in plain_text(text)).split()


def fits(need: Need, passage: Passage, facts: Iterable[Fact], terms: Terms) -> float:
    """Whether a statement is about the aspect asked for: 1 if its heading says so, 0.5 if kind and values do, else 0."""
    if not need.aspect or passage.aspect == need.aspect:
        return 1.0
    aspect = terms.aspects[need.aspect]
    facts = tuple(facts)
    of_kind = any(fact.kind in aspect.kinds for fact in facts)
    return 0.5 if of_kind and aspect.wants and holds_wanted(need, facts, terms) else 0.0


def holds_wanted(need: Need, facts: Iterable[Fact], terms: Terms) -> float:
    """Share of the kinds of value wanted that a row has: those of the question's words, else those of the aspect (any one)."""
    facts = tuple(facts)
    if need.wants:
        return sum(_holds(want, need.text, facts) for want in need.wants) / len(need.wants)
    wants = terms.aspects[need.aspect].wants if need.aspect else ()
    return float(any(_KINDS[want](fact) for fact in facts for want in wants))


def _holds(want: str, asked: str, facts: tuple[Fact, ...]) -> float:
    """1 if a row has a value of the kind wanted; half that for a count of other things (几级 asks for levels, not for sheets)."""
    if not any(_KINDS[want](fact) for fact in facts):
        return 0.0
    counted = _COUNTED.findall(asked) if want == "count" else []
    values = [value for fact in facts for value in fact.values.values()]
    return 1.0 if not counted or any(value.endswith(unit) for value in values for unit in counted) else 0.5


def names_object(need: Need, text: str, facts: Iterable[Fact]) -> bool:
    """Whether the statement is about a thing that the need names."""
    named = {name.lower() for fact in facts for name in fact.objects}
    plain = plain_text(text).lower()
    return any(thing in named or thing in plain for thing in need.objects)


def is_stranger(left: str, around: str) -> bool:
    """Whether what is left of a question names a standard's number that stands nowhere around a statement."""
    return any(number not in around for number in _NUMBERED.findall(left))


def topics_of(passage: Passage, terms: Terms, regions: Regions) -> tuple[frozenset[str], ...]:
    """The special topics of a passage, its document's and its heading's, each as bigrams: beyond subject, aspect and place."""
    texts = (regions.without(passage.title), regions.without(passage.heading.partition("：")[2]))
    subject = terms.subjects.get(passage.subject)
    known = bigrams(" ".join((subject.name, *subject.names))) if subject else frozenset()
    return tuple(topic for text in texts if (topic := bigrams(terms.left(text)) - known))


def is_aside(need: Need, topics: Iterable[frozenset[str]]) -> bool:
    """Whether a passage is about a special topic of which the question says nothing."""
    asked = bigrams(need.text)
    return any(not asked & topic for topic in topics)
