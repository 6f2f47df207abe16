"""Who phrases the answer, a module each: `create(wordings, settings) -> Writer`, wordings by language. A writer is never a source: it phrases the
evidence that it is given."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from bot.conversation import Claim, Evidence, Reading


class Writer(Protocol):
    """Phrases evidence as claims; each is checked against what it relies on before it is shown."""

    def write(self, reading: Reading, evidence: Sequence[Evidence]) -> Iterator[Claim]:
        """The answer to a reading whose needs have this evidence, claim by claim; a need without any is the caller's to decline."""
        ...
