"""The writer that quotes: composes answers from the evidence with no model at all. Offline, in milliseconds, cannot invent."""

from collections.abc import Iterator, Mapping, Sequence

from bot.conversation import Claim, Evidence, Reading
from bot.words import Wording
from bot.writers import Writer
from bot.writers.quote.compose import QuoteWriter
from bot.writers.quote.english import EnglishWriter
from settings import Settings

ENGLISH = "en"


def create(wordings: Mapping[str, Wording], settings: Settings) -> Writer:
    """The quote writer; which language it frames an answer in is the reading's to say."""
    writers: dict[str, Writer] = {name: QuoteWriter(wording) for name, wording in wordings.items()}
    if ENGLISH in wordings:
        writers[ENGLISH] = EnglishWriter(wordings[ENGLISH])
    return Speaking(writers)


class Speaking:
    """Hands a reading to the writer of its language, or to the first."""

    def __init__(self, writers: Mapping[str, Writer]) -> None:
        self._writers = writers

    def write(self, reading: Reading, evidence: Sequence[Evidence]) -> Iterator[Claim]:
        """See Writer."""
        return self._writers.get(reading.language, next(iter(self._writers.values()))).write(reading, evidence)
