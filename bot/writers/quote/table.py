"""A comparison as a table: a row a side, each with the sentence that answers for it and its mark."""

from collections.abc import Iterator, Sequence

from bot.conversation import Claim, Evidence, Statement
from bot.evidence.lead import parts_of
from bot.words import Wording
from bot.writers.quote.label import labelled


def table(evidence: Sequence[Evidence], wording: Wording) -> Iterator[Claim]:
    """The comparison of the sides; one of which nothing is on record says so in its row."""
    sides = "、".join(one.need.side for one in evidence)
    yield Claim(wording.say("compare.lead", sides=sides))
    head = wording.say("compare.head")
    for number, one in enumerate(evidence):
        before = f"\n\n{head}\n| --- | --- |\n" if number == 0 else "\n"
        found = _best(one)
        if found is None:
            yield Claim(f"| {one.need.side} | {wording.say('compare.nothing')}", (), before, " |")
        else:
            part = parts_of(found, one.need)[0]
            said = labelled(part, found, wording).replace("|", "／")
            yield Claim(f"| {one.need.side} | {said}", ((found, part),), before, " |")


def _best(one: Evidence) -> Statement | None:
    """What holds for the side, else what held."""
    return next(iter((*one.local, *one.past)), None)
