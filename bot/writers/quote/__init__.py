"""The writer that quotes: composes answers from the evidence with no model at all. Offline, in milliseconds, cannot invent."""

from bot.words import Wording
from bot.writers.quote.compose import QuoteWriter


def create(wording: Wording) -> QuoteWriter:
    """The quote writer in the language of `wording`."""
    return QuoteWriter(wording)
