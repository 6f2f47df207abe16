"""Whether a sentence is about what it cites at all: by the words they share, and by the embedder where words leave it open.

Shares and standings are those of our own rewordings (tests/bot/grounding/honest.yaml): of 100, 99 share more than 0.44 of their pairs of
characters with what they cite and stand above 3.7; a sentence that cites another passage of its subject shares 0.17 in the middle and stands at 1.7.
"""

from collections.abc import Callable, Iterable

from bot.grounding.clauses import canonical, pairs, share

Likeness = Callable[[str, str], float | None]
"""How far a text's cosine with a passage (by id) stands above that with ordinary passages; None where no model is loaded."""

FEWEST = 8
"""Pairs from which a share tells anything."""
FOREIGN, OPEN = 0.3, 0.5
"""Share of pairs below which a sentence is not about its source, and below which the embedder is asked."""
NEAR, FAR = 4.0, 3.0
"""Standing from which a sentence of few shared words is about its source all the same, and below which it is not."""


def is_unsupported(text: str, around: str, passages: Iterable[str], likeness: Likeness | None = None) -> bool:
    """Whether a sentence is about something else than what it cites. The embedder is asked only where words leave it open, and
    embeds the sentence once."""
    said = pairs(canonical(text))
    held = share(said, pairs(canonical(around)))
    if held >= OPEN or len(said) < FEWEST:
        return False
    standings = [likeness(text, passage) for passage in passages] if likeness else []
    known = [standing for standing in standings if standing is not None]
    if not known:
        return held < FOREIGN
    return max(known) < (NEAR if held < FOREIGN else FAR)
