"""Made passages look like the corpus's own and hold elsewhere."""

from corpus.load import load
from corpus.regions import Regions
from evals.times import made
from settings import CHECKOUT

KNOWLEDGE = load((CHECKOUT / "corpus",))
DIVISIONS = Regions.load(CHECKOUT / "corpus" / "words").divisions
WANTED = len(KNOWLEDGE.passages) + 200


def test_as_many_are_made_as_are_missing_each_with_its_own_id() -> None:
    passages = made(KNOWLEDGE, WANTED, DIVISIONS).passages
    assert len({passage.id for passage in passages}) == WANTED
    assert passages[: len(KNOWLEDGE.passages)] == KNOWLEDGE.passages


def test_they_are_the_same_each_time() -> None:
    assert made(KNOWLEDGE, WANTED, DIVISIONS).passages == made(KNOWLEDGE, WANTED, DIVISIONS).passages


def test_they_state_no_facts_and_hold_for_a_county_that_they_name() -> None:
    for passage in made(KNOWLEDGE, WANTED, DIVISIONS).passages[len(KNOWLEDGE.passages) :]:
        assert passage.facts == ()
        assert passage.region.endswith(passage.text[:2]) or passage.text[:2] in passage.region
