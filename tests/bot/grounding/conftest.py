"""The project's own statements by their facts, and the check with all it may know but a model."""

import pytest

from bot.conversation import Claim
from bot.grounding import faults
from corpus.load import load
from corpus.regions import Regions
from corpus.terms import load_terms
from evals.grounding import statements_by_fact
from settings import CHECKOUT


@pytest.fixture(scope="session")
def check():
    """Names what fails in a claim that cites the statements of a fact of the corpus."""
    corpus = (CHECKOUT / "corpus",)
    statements, terms, regions = statements_by_fact(load(corpus)), load_terms(corpus), Regions.load(corpus[0] / "words")

    def checks(fact, text, asked=""):
        claim = Claim(text, tuple((s, s.text) for s in statements[fact]))
        return list(faults(claim, asked, regions, terms))

    return checks
