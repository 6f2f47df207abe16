"""A bot as if some facts were not on record: neither their rows nor their words nor the owners' questions that lead to them.

What is rare and what is ordinary stays as it is in the whole: a fact or two among a thousand change neither.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from bot.answering import Bot, Knowing
from corpus.document import Passage
from index.search import Hit, Index, Keep, keep_all
from index.ways import Near


@dataclass(frozen=True)
class Hiding:
    """An index without facts and without one question."""

    index: Any
    hidden: frozenset[str] = frozenset()
    question: str = ""

    def near(self, text: str) -> list[Near]:
        """As the index's, without what is hidden."""
        found = self.index.near(text)
        return [one for one in found if one.way.text != self.question and one.way.fact not in self.hidden]

    def search(
        self, query: str, keep: Keep = keep_all, limit: int = 20, meaning: str = "", besides: Collection[str] = ()
    ) -> tuple[Hit, ...]:
        """As the index's; passages that state nothing else are not found."""
        hits = self.index.search(query, lambda p: p.id in self.passages and keep(p), limit, meaning, besides)
        return tuple(replace(hit, passage=self.passages[hit.passage.id]) for hit in hits)

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Those that are left, without the spans that state what is hidden."""
        left = (_without(passage, self.hidden) for passage in self.index.passages.values())
        return {passage.id: passage for passage in left if passage}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


def hiding(bot: Bot, facts: Collection[str], question: str = "") -> Bot:
    """The bot without facts, under any id joined into them, and without one question among the ways in."""
    known = bot.know()
    hidden = frozenset(i for f in bot.index.facts.values() if set(facts) & {f.id, *f.also} for i in (f.id, *f.also))
    index = cast(Index, Hiding(bot.index, hidden, question))
    voices = {fact: said.replace(question, "") if question else said for fact, said in known.ground.voices.items()}
    ground = replace(known.ground, index=index, voices={f: said for f, said in voices.items() if f not in hidden})
    return replace(bot, index=index, know=lambda: Knowing(known.vocabulary, ground))


def _without(passage: Passage, hidden: Collection[str]) -> Passage | None:
    """The passage without the spans that state what is hidden; nothing if none is left."""
    if not set(passage.facts) & set(hidden):
        return passage
    kept = tuple(span for span in passage.spans if not set(span.facts) & set(hidden))
    return replace(passage, spans=kept) if kept else None
