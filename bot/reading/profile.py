"""What an asker says of themselves in passing: industry, size, certificates held. Kept in the session and shown for correction."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.conversation import Profile
from corpus.rows import read_yaml
from corpus.terms import Terms

_BREAK = r"[，。；,;\s]"
NEAR = 4
"""Characters between a certificate's name and the words that say it is held."""
MOST_CERTIFICATES = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of `words/profile.yaml`: by name, the words that tell it."""

    industry: Mapping[str, Sequence[str]]
    size: Mapping[str, Sequence[str]]
    holds: Sequence[str]


def load_telling(folders: Sequence[Path]) -> Telling:
    """The words of the first folder that has them. Raises MalformedFile."""
    for path in (folder / "words" / "profile.yaml" for folder in folders):
        if path.exists():
            rows = read_yaml(path.read_text(encoding="utf-8"), path)
            return Telling(_plain(rows["industry"]), _plain(rows["size"]), tuple(rows["holds"]))
    return Telling({}, {}, ())


def told(text: str, known: Profile, telling: Telling, terms: Terms) -> Profile:
    """The profile with what the text tells; what it does not speak of stays."""
    held = (*known.certificates, *_held(text, telling.holds, terms))
    return replace(
        known,
        industry=_named(text, telling.industry) or known.industry,
        size=_named(text, telling.size) or known.size,
        certificates=tuple(dict.fromkeys(held))[-MOST_CERTIFICATES:],
    )


def _named(text: str, words: Mapping[str, Sequence[str]]) -> str:
    return next((name for name, cues in words.items() if any(cue in text for cue in cues)), "")


def _held(text: str, holds: Sequence[str], terms: Terms) -> Iterable[str]:
    """Subjects beside whose name it is said that they are held."""
    for mention in terms.subject_mentions(text):
        before, after = text[max(0, mention.start - NEAR) : mention.start], text[mention.end : mention.end + NEAR]
        around = re.split(_BREAK, before)[-1], re.split(_BREAK, after)[0]
        if not mention.near and mention.of.endswith("认证") and any(cue in part for cue in holds for part in around):
            yield mention.of


def _plain(rows: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {name: tuple(words) for name, words in rows.items() if name != "__line__"}
