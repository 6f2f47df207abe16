"""Reads closely what leads: how likely each sentence answers, as a small network judges that reads question and sentence together.

The first look (search, ways in, features) is over a hundred statements; this one over the few that lead there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import Need
from bot.evidence.candidates import Candidate, sense_of
from bot.evidence.ground import Ground
from bot.evidence.relevance import score
from corpus.document import Passage
from corpus.split import sentences

READ = 12
"""Candidates that are read closely: the right one is among them where it is found at all, and each takes a third of a millisecond."""
FURTHEST = 6.0
"""Logarithm of odds beyond which a difference tells nothing more."""
UNREAD = -0.4
"""What counts where no model reads: with it as many statements are enough as before there was one that does."""


def read_closely(need: Need, candidates: Sequence[Candidate], ground: Ground) -> list[Candidate]:
    """The candidates with the feature `answers`, -1 to 1: the best sentence of each that leads."""
    best = sorted(candidates, key=lambda one: -score({**one.features, "answers": 0.0}))
    read = [_read(need, one, ground) for one in best[:READ]]
    least = min((one.features["answers"] for one in read), default=UNREAD)
    return read + [replace(one, features={**one.features, "answers": least}) for one in best[READ:]]


def _read(need: Need, one: Candidate, ground: Ground) -> Candidate:
    odds = odds_of(need, one.passage, one.text, ground)
    reached = max(odds.values()) / FURTHEST if odds else UNREAD
    return replace(one, features={**one.features, "answers": max(-1.0, min(1.0, reached))})


def odds_of(need: Need, passage: Passage, text: str, ground: Ground) -> Mapping[str, float]:
    """For each sentence of a statement the logarithm of the odds that it answers; empty where no model tells."""
    parts = sentences(text)
    odds = ground.index.odds(sense_of(need), passage, ranges(passage, text))
    return dict(zip(parts, odds, strict=True)) if odds else {}


def ranges(passage: Passage, text: str) -> list[tuple[int, int]]:
    """Where each sentence of a statement begins and ends in its passage's text."""
    begin = passage.text.find(text)
    return [(start, start + len(part)) for part in sentences(text) for start in [passage.text.find(part, begin)]]
