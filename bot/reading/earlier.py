"""What of a session can be used: it comes back from outside, may be made up, and may be older than the words in use."""

from dataclasses import replace

from bot.conversation import Session, Turn
from bot.reading.vocabulary import Vocabulary
from corpus.regions import AmbiguousRegion, Regions, UnknownRegion


def usable(session: Session, vocabulary: Vocabulary) -> Session:
    """The session without the subjects, aspects and places that the vocabulary lacks: those count as never said."""
    region = _place(session.profile.region, vocabulary.regions)
    turns = tuple(_known(turn, vocabulary) for turn in session.turns)
    return replace(session, profile=replace(session.profile, region=region), turns=turns)


def _known(turn: Turn, vocabulary: Vocabulary) -> Turn:
    terms = vocabulary.terms
    return replace(
        turn,
        subject=turn.subject if turn.subject in terms.subjects else "",
        aspects=tuple(aspect for aspect in turn.aspects if aspect in terms.aspects),
        region=_place(turn.region, vocabulary.regions),
    )


def _place(name: str, regions: Regions) -> str:
    """A name that is one place's, or nothing."""
    try:
        return name and regions.find(name).full_name
    except (UnknownRegion, AmbiguousRegion):
        return ""
