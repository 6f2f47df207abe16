"""Asks the assistant one owner's question of corpus/questions/, as somebody where its fact holds would."""

from collections.abc import Iterator

from bot.answering import Bot
from bot.conversation import Need, Profile, Question, Session
from bot.evidence import enough
from bot.evidence.candidates import Candidate, examine
from bot.evidence.ground import Ground
from bot.evidence.places import holds_for
from bot.reading.read import read
from corpus.ways import Way
from evals.run import DAY


def need_of(way: Way, bot: Bot) -> Need | None:
    """The first need of a question; None where nothing is understood."""
    known, fact = bot.know(), bot.index.facts.get(way.fact)
    region = known.vocabulary.regions.find(fact.region) if fact else known.ground.home
    session = Session(Profile(region.full_name if region.level and not region.members else ""))
    return next(iter(read(Question(way.text, session, DAY), known.vocabulary).needs), None)


def possible(need: Need, ground: Ground) -> Iterator[Candidate]:
    """The candidates that may answer, and hold where it is asked."""
    asker = need.region or ground.home
    may = (one for one in examine(need, ground) if enough.possible(need, one, ground.terms))
    return (one for one in may if holds_for(one.passage.region, asker, ground.regions))
