"""What a comparison sets beside each other: places, years, subjects or their parts, each a need of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.conversation import Need
from bot.reading.day import years_compared
from bot.reading.vocabulary import Vocabulary
from corpus.naming import Mention
from corpus.places import without_places
from corpus.regions import Region

DIFFERENCE = "区别"
FEWEST_SIDES, MOST_SIDES = 2, 3
FAR_APART = 10
"""Characters between the names of two sides, at most."""
_BREAK_BETWEEN = re.compile(r"[，,。；;？?]")
"""Between the names of two sides stands no end of a clause."""
_JOINED = re.compile(r"[跟和与比及同、/ ]|还是|或")
"""But what joins them: 开民宿先办执照还是先办消防 sets no 民宿 beside 执照."""

Side = tuple[str, Region | None, str]
"""A subject, a place or a day."""


def sides(text: str, several: Sequence[Need], vocabulary: Vocabulary) -> Iterator[Need]:
    """What a comparison needs: one statement that compares, or else one for each side."""
    names = _names_of_sides(text, several, vocabulary)
    if len(names) < FEWEST_SIDES:
        return
    whole = several[0]
    yield replace(whole, text=text, aspect=DIFFERENCE, told=True)
    aspect = "" if whole.aspect == DIFFERENCE else whole.aspect
    for name, (subject, region, day) in list(names.items())[:MOST_SIDES]:
        others = [other for other in names if other != name]
        words = text
        for other in others:
            words = words.replace(other, " ")
        bare = words if region is None else vocabulary.placed(words, region)[0]
        yield replace(
            whole,
            subject=subject or whole.subject,
            region=region or whole.region,
            day=day or whole.day,
            aspect=aspect,
            text=bare,
            objects=(),
            side=name,
        )


def _names_of_sides(text: str, several: Sequence[Need], vocabulary: Vocabulary) -> dict[str, Side]:
    """The sides by the names that the text gives them: places, else years, else subjects or their parts."""
    _, mentions = without_places(text, vocabulary.terms, vocabulary.regions)
    near = several[0].region if several and several[0].region else vocabulary.home
    places: dict[str, Side] = {
        text[m.start : m.end]: ("", region, "")
        for m in mentions
        if (region := m.region or vocabulary.nearby(m.choices, near))
    }
    if len({region for _, region, _ in places.values()}) >= FEWEST_SIDES:
        return dict(places)
    years = years_compared(text, several[0].day) if several else {}
    if len(set(years.values())) >= FEWEST_SIDES:
        return {name: ("", None, day) for name, day in years.items()}
    subjects = [m for m in vocabulary.terms.subject_mentions(text) if not m.near]
    if any(_BREAK_BETWEEN.search(text[one.end : other.start]) for one, other in pairwise(subjects)):
        return {}
    subjects = [m for m in subjects if any(_are_joined(m, other, text) for other in subjects)]
    named: dict[str, Side] = {m.text: (m.of, None, "") for m in subjects}
    parts = {m.text: named[m.text] for m in subjects if m.says_more}
    if len(parts) >= FEWEST_SIDES:
        return parts
    return named if len({subject for subject, _, _ in named.values()}) >= FEWEST_SIDES else {}


def _are_joined(one: Mention, other: Mention, text: str) -> bool:
    """Whether only what joins two sides, and little else, stands between them."""
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return one is not other and len(between) <= FAR_APART and _JOINED.search(between) is not None
