"""How well a statement answers a need: a sum of plain features, each between 0 and 1, with its weight beside it.

Knows nothing of region or validity; those are conditions, not degrees (see gather.py).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from bot.conversation import Need
from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import is_count, is_duration, is_money, is_score, plain_text
from corpus.terms import Terms

WEIGHTS = {"aspect": 1.2, "object": 1.0, "coverage": 1.0, "search": 0.6, "wanted": 0.3, "lead": 0.1, "recalled": -0.3}
"""Aspect and thing asked for count most: the right passage about the wrong side is the commonest miss (retrieval notes)."""

_KINDS: Mapping[str, Callable[[Fact], bool]] = {
    "money": lambda fact: any(map(is_money, fact.values.values())),
    "duration": lambda fact: any(map(is_duration, fact.values.values())),
    "score": lambda fact: any(map(is_score, fact.values.values())),
    "count": lambda fact: any(map(is_count, fact.values.values())),
    "verdict": lambda fact: fact.verdict is not None,
}


class Bigrams:
    """Inverse document frequency of character bigrams over all passages: what a question shares with most texts counts little.

    idf as in BM25 (Robertson and Zaragoza, 2009, eq. 3.1 smoothed): ln(1 + (N - n + 0.5) / (n + 0.5)).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        seen = [bigrams(text) for text in texts]
        counts = Counter(bigram for text in seen for bigram in text)
        total = len(seen)
        self._idf = {bigram: math.log(1 + (total - n + 0.5) / (n + 0.5)) for bigram, n in counts.items()}
        self._unseen = math.log(1 + (total + 0.5) / 0.5)

    def coverage(self, question: str, text: str) -> float:
        """Share of the question's bigrams, weighted by idf, that the text has: 0 to 1."""
        asked = bigrams(question)
        total = sum(self._idf.get(bigram, self._unseen) for bigram in asked)
        held = sum(self._idf.get(bigram, self._unseen) for bigram in asked & bigrams(text))
        return held / total if total else 0.0

    def knows(self, word: str) -> bool:
        """Whether every bigram of the word stands in some passage."""
        return all(bigram in self._idf for bigram in bigrams(word))


def bigrams(text: str) -> frozenset[str]:
    """The character bigrams of a text's words: spaces and punctuation part them."""
    runs = "".join(c.lower() if c.isalnum() else " " for c in plain_text(text)).split()
    return frozenset(run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1)))


def fits(need: Need, passage: Passage, facts: Iterable[Fact], terms: Terms) -> float:
    """Whether a statement is about the aspect asked for: 1 if its heading says so, 0.5 if kind and values do, else 0."""
    if not need.aspect or passage.aspect == need.aspect:
        return 1.0
    aspect = terms.aspects[need.aspect]
    facts = tuple(facts)
    of_kind = any(fact.kind in aspect.kinds for fact in facts)
    return 0.5 if of_kind and aspect.wants and holds_wanted(need, facts, terms) else 0.0


def holds_wanted(need: Need, facts: Iterable[Fact], terms: Terms) -> bool:
    """Whether a row has what the aspect wants: money, duration, score, count, verdict."""
    wants = terms.aspects[need.aspect].wants if need.aspect else ()
    return any(_KINDS[want](fact) for fact in facts for want in wants)


def names_object(need: Need, text: str, facts: Iterable[Fact]) -> bool:
    """Whether the statement is about a thing that the need names."""
    named = {name.lower() for fact in facts for name in fact.objects}
    plain = plain_text(text).lower()
    return any(thing in named or thing in plain for thing in need.objects)


def content(need: Need, terms: Terms) -> str:
    """The words of the need's clause that are neither its subject's name nor a cue: what sets it apart from its neighbours."""
    text = plain_text(need.text).lower()
    for mention in reversed(terms.subject_mentions(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text
