"""From a need to candidates: every statement of what the search and the ways in find, each with its features.

Knows nothing of region or validity; those are conditions, not degrees (see gather.py).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from bot.conversation import Need
from bot.evidence.asked import USUAL_STANDING, Asked, asked
from bot.evidence.ground import Ground
from bot.evidence.places import holds_for
from bot.evidence.signs import asks_money, fits, holds_wanted, is_stranger, lacks_figures, names_object, wants_value
from corpus.document import Passage, Span
from corpus.fact import Fact
from corpus.regions import short_name
from corpus.split import sentences
from index.search import Hit, Keep, keep_all

MOST, MOST_FOREIGN = 60, 30
"""Passages looked at per need; where it names a subject, MOST of that and MOST_FOREIGN of others."""
LED = 10
"""Facts nearest by owners' questions whose passages are looked at besides."""
USUAL_BM25 = 20.0
NOBODY_ASKS = -0.3
"""How far a statement is taken to be from the nearest question where no question is near at all, as in a corpus without any: as one that none leads to."""
SAYS_ENOUGH = 8
"""Characters beyond subject and aspect from which a question is found by what it says, whatever the heading."""
MOST_GAPS = 0.3
"""Share of near questions without an answer beyond which more of them tell no more: some subjects have many."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement with its features, each about 0 to 1, and what rules look at.

    `found` is the search's score, `left` is what the question says beyond subject and aspect, `held` the share of it that the statement has. `standing` is
    index.search.Hit's, None where no model is loaded. `voted` is bot.conversation.Statement's.
    """

    passage: Passage
    text: str
    facts: tuple[Fact, ...]
    features: Mapping[str, float]
    found: float
    left: str
    held: float
    standing: float | None
    stranger: bool
    voted: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What all candidates of a need are compared with."""

    need: Need
    about: str
    left: str
    said: int
    """Characters that the question itself says beyond subject and aspect."""
    things: tuple[str, ...]
    ways: Asked
    nearest: float
    """How near the nearest question is that something on record answers."""
    own: Keep
    """As `own_of` gives it."""


def examine(need: Need, ground: Ground) -> Iterator[Candidate]:
    """All candidates, in no order."""
    terms, index, sense = ground.terms, ground.index, sense_of(need)
    ways = asked_of(need, ground)
    led = [passage for fact in ways.nearest(LED) for passage in ground.stating.get(fact, ())]

    own = own_of(need, ground)

    def found(keep: Keep, limit: int) -> tuple[Hit, ...]:
        return index.search(words_of(need), keep, limit, meaning=sense, besides=led)

    hits = found(own, MOST)
    foreign = found(lambda passage: not own(passage), MOST_FOREIGN) if need.subject else ()
    if not hits and not foreign:
        return
    about = terms.about(need.text)
    asking = _Asking(
        need=need,
        about=about,
        left=terms.left(need.text) if need.subject else about,
        said=len("".join(terms.left(need.own or need.text).split())),
        things=terms.things(need.text),
        ways=ways,
        nearest=ways.nearness_answered,
        own=own,
    )
    for hit in (*hits, *foreign):
        for span in hit.passage.spans or (Span(0, len(hit.passage.text), ()),):
            yield _candidate(asking, hit, span, ground)


def asked_of(need: Need, ground: Ground) -> Asked:
    """What the owners' questions nearest to a need lead to, for whoever asks."""
    return asked(ground.index.near(sense_of(need)), ground.places, _twins_here(need, ground) if need.subject else {})


def _twins_here(need: Need, ground: Ground) -> Mapping[str, Collection[str]]:
    """By fact of another place, those that tell the asker what is paid here for the same certificate, of the subject named."""
    asker, kin = need.region or ground.home, ground.terms.kin(need.subject)

    def holds(fact: str) -> bool:
        return holds_for(ground.facts[fact].region, asker, ground.regions)

    here = {fact for fact in ground.twins if holds(fact) and ground.places[fact][0] in kin}
    return {fact: here.intersection(others) for fact, others in ground.twins.items() if here and not holds(fact)}


def words_of(need: Need) -> str:
    """What is looked for by words: the place and the aspect besides."""
    place = short_name(need.region.name) if need.region and need.region.level else ""
    return f"{place} {need.aspect} {sense_of(need)}"


def sense_of(need: Need) -> str:
    """What is compared by meaning."""
    return " ".join(filter(None, (need.subject, *need.objects, need.text, need.original)))


def own_of(need: Need, ground: Ground) -> Keep:
    """Whether a passage is of the subject named, of its kin, or of none; all are where none is named."""
    if not need.subject:
        return keep_all
    own = frozenset().union(*(ground.of_subject.get(name, ()) for name in ("", *ground.terms.kin(need.subject))))
    return lambda passage: passage.id in own


def _candidate(asking: _Asking, hit: Hit, span: Span, ground: Ground) -> Candidate:
    passage = hit.passage
    text = passage.text[span.start : span.end]
    facts = tuple(fact for identity in span.facts if (fact := ground.facts.get(identity)))
    around = f"{passage.title} {passage.heading} {text}"
    around_all = f"{around} {' '.join(ground.voices.get(fact.id, '') for fact in facts)}"
    unheard = ground.rarity.rarest_missing(asking.things, around_all)
    return Candidate(
        passage,
        text,
        facts,
        {
            **_features(asking, hit, text, facts, ground),
            "unheard": unheard,
            "lacking": lacks_figures(asking.need, text),
            "heard": 1.0
            if ground.terms.names_nothing(asking.left)
            else ground.rarity.coverage(asking.left, around_all),
        },
        hit.score,
        asking.left,
        ground.rarity.coverage(asking.left, around),
        hit.standing,
        is_stranger(asking.left, around_all),
        asking.ways.sentences(facts, text),
    )


def _features(asking: _Asking, hit: Hit, text: str, facts: tuple[Fact, ...], ground: Ground) -> dict[str, float]:
    need, passage = asking.need, hit.passage
    around = f"{passage.title} {passage.heading} {text}"
    own = asking.own(passage)
    aspect = fits(need, passage, facts, ground.terms) if need.aspect else 0.0
    wanted = holds_wanted(need, facts, ground.terms)
    way = asking.ways.of(facts, (passage.subject, passage.aspect), text)
    return {
        "aspect": aspect,
        "object": float(names_object(need, text, facts)),
        "coverage": max(ground.rarity.likeness(asking.about, part) for part in (around, *sentences(text))),
        "standing": (hit.standing or 0.0) / USUAL_STANDING,
        "met": (hit.met or 0.0) / USUAL_STANDING,
        "words": min(2.0, hit.lexical / USUAL_BM25),
        "wanted": wanted,
        "misses": float(wants_value(need, ground.terms) and wanted == 0),
        "unpriced": float(wanted == 0 and aspect < 1 and asks_money(need, ground.terms)),
        "exact": float(bool(need.subject) and passage.subject == need.subject),
        "foreign": float(not own),
        "part": float(ground.regions.find(passage.region).level > (need.region or ground.home).level),
        "recalled": float(any(fact.source.checked == "recalled" for fact in facts)),
        "way": way,
        "share": asking.ways.share_of(facts, text),
        "gap_share": min(MOST_GAPS, asking.ways.gap_share),
        "nearest": way - asking.nearest if asking.nearest else NOBODY_ASKS,
        "votes_aspect": asking.ways.aspects.get(passage.aspect, 0.0),
        "headed": _headed(asking, passage, aspect),
        "fitting": float(
            _names_subject(asking, ground)
            and passage.subject == need.subject
            and _has_what_is_asked(need, aspect, wanted)
        ),
    }


def _names_subject(asking: _Asking, ground: Ground) -> bool:
    """Whether a question names its subject, or follows one that did and says nothing else of its own (那多少钱)."""
    follows = bool(asking.need.before) and ground.terms.names_nothing(asking.left)
    return asking.need.told or follows


def _headed(asking: _Asking, passage: Passage, aspect: float) -> float:
    """How much a heading of the aspect asked for tells: the more, the less the question says besides subject and aspect."""
    need = asking.need
    if not need.aspect or aspect < 1 or passage.subject != need.subject:
        return 0.0
    return max(0.0, 1 - asking.said / SAYS_ENOUGH)


def _has_what_is_asked(need: Need, aspect: float, wanted: float) -> bool:
    """Whether a statement has the aspect and the kind of value asked for, as far as the question names them."""
    if need.aspect:
        return aspect == 1.0 or (aspect > 0 and wanted == 1.0)
    return bool(need.wants) and wanted == 1.0
