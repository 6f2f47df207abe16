"""The words people use, to subjects and aspects: `words/terms.yaml`, `words/aspects.yaml`. Knows nothing of regions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.fact import SUBSIDY
from corpus.figures import plain_text
from corpus.naming import Asking, Aspect, Mention, Subject
from corpus.rows import MalformedFile, read_yaml
from corpus.segments import segmenter

NOUNS = ("n", "nz", "l")
"""Tags of the segmenter for things: nouns, proper names of things, set phrases (无人机)."""
_LINE = "__line__"
_NO_NUMERAL = "(?<![十百千万好])"
_NO_MEASURE = "(?![星颗钻级等年月天次回家])"
_WHICH_ONES = re.compile("哪几[\u4e00-\u9fff]$")
"""哪几样 asks for a list, not how many."""
_SOME_OF = re.compile(r"(?<![要得该须少共])[放摆堆剩]了?着?几[个台只张辆箱瓶件](?=[\u4e00-\u9fff]{2})")
"""放几个充电宝 tells of some of them."""
_WHETHER = re.compile(r"(?!时不时|动不动)([\u4e00-\u9fff])不\1")
"""对不对, 管不管: a verb with its negation asks."""


class Terms:
    """The vocabulary. `subjects` and `aspects` by name."""

    def __init__(self, subjects: Iterable[Subject], aspects: Iterable[Aspect], asking: Asking | None = None) -> None:
        self.subjects = {subject.name: subject for subject in subjects}
        self.aspects = {aspect.name: aspect for aspect in aspects}
        self.asking = asking or Asking()
        known = self.subjects.values()
        self._subject_names = {
            **{_key(near): (s.name, what, False) for s in known for near, what in s.near.items()},
            **{_key(part): (s.name, None, True) for s in known for part in s.parts},
            **{_key(name): (s.name, None, False) for s in known for name in (s.name, *s.names)},
        }
        self._cues = {_key(cue): aspect.name for aspect in self.aspects.values() for cue in aspect.cues}
        self._subject_pattern = _alternatives(self._subject_names)
        self._cue_pattern = _alternatives(self._cues)
        self._asks, self._field = _alternatives(self.asking.asks), _alternatives(self.asking.field)
        self._spent = _alternatives([*self._cues, *(word for words in self.asking.wants.values() for word in words)])
        self._outside = _alternatives(self.asking.outside)
        self._overview, self._compare = _alternatives(self.asking.overview), _alternatives(self.asking.compare)
        self._which = re.compile(
            f"哪[个头边种张样家](?:更|比较|要|来得)?(?!多[少久长大])(?:{_alternatives(self.asking.degrees).pattern})"
        )  # 哪个多, but 哪个要多久 asks how long
        self._vague, self._how_much = _alternatives(self.asking.vague), _alternatives(self.asking.how_much)
        self._givers = _alternatives(self.asking.givers)
        self._want_of = {_key(word): kind for kind, words in self.asking.wants.items() for word in words}
        self._want_pattern = _alternatives(self._want_of)
        self._empty = frozenset(self.asking.empty)
        self._kin = {subject.name: _kin(subject, known) for subject in known}

    def kin(self, subject: str) -> frozenset[str]:
        """The subject itself, what it lies within, and what lies within it; never its siblings."""
        return self._kin.get(subject, frozenset((subject,)))

    def subject_mentions(self, text: str) -> tuple[Mention, ...]:
        """Names of subjects in `text`, left to right, the longest at each place; near misses are marked as such."""
        found = []
        for match in self._subject_pattern.finditer(_key(text)):
            name, near, part = self._subject_names[match[0]]
            found.append(Mention(name, match[0], match.start(), match.end(), near, part))
        return tuple(found)

    def subjects_of(self, mentions: Sequence[Mention], text: str, whole: str) -> tuple[str, ...]:
        """The subjects that a clause of a `whole` question is about: those named, or named by words apart of which it has
        one; a wider subject gives way to a narrower, and all to one that prevails."""
        plain, question = _key(text), _key(whole)
        apart = (s.name for s in self.subjects.values() if any(_apart(w, plain, question) for w in s.together))
        found = dict.fromkeys((*(mention.of for mention in mentions if not mention.near), *apart))
        wider = {name for subject in found for name in self.subjects[subject].within}
        prevailing = tuple(name for name in found if self.subjects[name].prevails)
        return prevailing or tuple(name for name in found if name not in wider)

    def aspect_mentions(self, text: str) -> tuple[Mention, ...]:
        """Cues of aspects in `text`, left to right, the longest at each place."""
        matches = self._cue_pattern.finditer(_key(text))
        return tuple(Mention(self._cues[match[0]], match[0], match.start(), match.end()) for match in matches)

    def wants(self, text: str) -> tuple[str, ...]:
        """Kinds of value that the text asks for: money, duration, date, count, score."""
        found = {kind for kind, _, _ in self.want_spots(text)}
        return tuple(kind for kind in self.asking.wants if kind in found)

    def wants_of(self, aspects: Iterable[str], text: str) -> tuple[str, ...]:
        """Kinds of value that aspects want, where the text asks how much of something it does not name."""
        if not self._how_much.search(_key(text)):
            return ()
        return tuple(dict.fromkeys(kind for aspect in aspects for kind in self.aspects[aspect].wants))

    def want_spots(self, text: str) -> list[tuple[str, int, int]]:
        """Kinds of value asked for, each with where the words that ask begin and end, the longest at each place."""
        plain = self._without_vague(_key(text))
        matches = (m for m in self._want_pattern.finditer(plain) if not _WHICH_ONES.search(plain[: m.end()]))
        return [(self._want_of[match[0]], *match.span()) for match in matches]

    def asks(self, text: str) -> bool:
        """Whether a clause is a question by its words."""
        at_end = text.rstrip("。 ").endswith(self.asking.asks_at_end or ("\0",))
        text = self._without_vague(text)
        return at_end or self._asks.search(text) is not None or _WHETHER.search(text) is not None

    def has_one_of(self, characters: str, text: str) -> bool:
        """Whether the text has one of the characters; the 不 of 收不收 is none, nor that of 收钱不."""
        return any(character in characters for character in _WHETHER.sub(" ", text).rstrip("不 "))

    def _without_vague(self, text: str) -> str:
        """The text with spaces for quantities that ask for none (前几年)."""
        for some in (self._vague, _SOME_OF):
            text = some.sub(lambda match: " " * len(match[0]), text)
        return text

    def given(self, text: str) -> str:
        """The aspect of what the government pays, where the text asks how much money and names who gives it; else nothing."""
        asked = self._givers.search(text) and "money" in self.wants(text)
        return self.subsidies if asked else ""

    @property
    def subsidies(self) -> str:
        """The aspect of what the government pays, which no other kind of row answers; empty where the words have none."""
        return next((aspect.name for aspect in self.aspects.values() if aspect.kinds == (SUBSIDY,)), "")

    def is_price(self, aspect: str) -> bool:
        """Whether an aspect is answered with money alone, that is neither paid by the government nor a fine."""
        known = self.aspects.get(aspect)
        return known is not None and known.wants == ("money",) and not known.kinds and not known.only_with

    def is_outside(self, text: str) -> bool:
        """Whether the text speaks of another matter and asks for no side of ours beside it."""
        return self._outside.search(text) is not None and not self.aspect_mentions(text) and not self.wants(text)

    def asks_for_all(self, text: str) -> bool:
        """Whether the text asks for all there is of something."""
        return self._overview.search(text) is not None

    def compares(self, text: str) -> bool:
        """Whether the text sets sides against each other."""
        return bool(self._compare.search(text) or self._which.search(text))

    def in_field(self, text: str) -> bool:
        """Whether the text speaks of our field at all, though it names no subject."""
        return self._field.search(text) is not None

    def about(self, text: str) -> str:
        """A question without its subject's name and the words that name nothing: those become spaces."""
        return self._without_empty(self._without_subjects(text))

    def left(self, text: str) -> str:
        """What a question is about beyond subject, aspect and kind of value: their words become spaces too."""
        return self._without_empty(self._spent.sub(" ", self._without_subjects(text)))

    def things(self, text: str) -> tuple[str, ...]:
        """The nouns of what is left of a question, two characters or longer."""
        tagged = segmenter().tag(self.left(text))
        return tuple(word for word, tag in tagged if tag in NOUNS and len(word) > 1)

    def names_nothing(self, left: str) -> bool:
        """Whether what is left of a question is put together of empty words: 一张, 办个."""
        return all(character in self._empty or character in "一 " for character in left)

    def _without_subjects(self, text: str) -> str:
        plain = _key(text)
        for mention in reversed(self.subject_mentions(plain)):
            if not mention.says_more:
                plain = f"{plain[: mention.start]} {plain[mention.end :]}"
        return plain

    def _without_empty(self, text: str) -> str:
        """Parts of subjects stay whole: the segmenter knows no 个税."""
        kept, place = "", 0
        for part in self._parts(text):
            kept += self._cut(text[place : part.start]) + part.text
            place = part.end
        return kept + self._cut(text[place:])

    def parts_in(self, text: str) -> tuple[str, ...]:
        """The names in a text that say more than their subject: 五钻, 增值税."""
        return tuple(part.text for part in self._parts(text))

    def _parts(self, text: str) -> Iterator[Mention]:
        return (mention for mention in self.subject_mentions(text) if mention.says_more)

    def _cut(self, text: str) -> str:
        return "".join(" " if word in self._empty else word for word in segmenter().cut(text))

    def bare_aspect(self, text: str) -> str:
        """The first aspect of the list where a text says no more than a subject's name, else none."""
        return next(iter(self.aspects), "") if not self.left(text).strip() and not self.wants(text) else ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, for the segmenter."""
        return tuple(self._subject_names)

    @property
    def field_words(self) -> tuple[str, ...]:
        """Words of our field that name no subject."""
        return self.asking.field

    @property
    def cues(self) -> tuple[str, ...]:
        """All words that ask for an aspect or a kind of value."""
        return (*self._cues, *self._want_of)


def load_terms(folders: Sequence[Path]) -> Terms:
    """The vocabulary of all folders' `words/`; a later folder adds names to a subject or adds subjects. Raises MalformedFile."""
    subjects: dict[str, Subject] = {}
    aspects: dict[str, Aspect] = {}
    for folder in folders:
        for name, row in _rows(folder / "words" / "terms.yaml"):
            known = subjects.get(name, Subject(name, (), {}))
            names, parts, within, together = (
                tuple(row.get(key) or ()) for key in ("names", "parts", "within", "together")
            )
            near = {**known.near, **_plain_mapping(row.get("near"))}
            subjects[name] = Subject(
                name,
                (*known.names, *names),
                near,
                (*known.parts, *parts),
                (*known.within, *within),
                (*known.together, *together),
                known.prevails or bool(row.get("prevails")),
            )
        for name, row in _rows(folder / "words" / "aspects.yaml"):
            cues, wants, kinds, gives_way = (
                tuple(row.get(key) or ()) for key in ("cues", "wants", "kinds", "gives_way")
            )
            aspects[name] = Aspect(name, cues, wants, kinds, gives_way, row.get("only_with") or "")
    return Terms(subjects.values(), aspects.values(), _asking(folders))


def _asking(folders: Sequence[Path]) -> Asking:
    """The words of asking of all folders together."""
    wants: dict[str, tuple[str, ...]] = {}
    lists: dict[str, tuple[str, ...]] = dict.fromkeys(
        (
            "field",
            "asks",
            "asks_at_end",
            "outside",
            "overview",
            "compare",
            "degrees",
            "vague",
            "how_much",
            "givers",
            "empty",
        ),
        (),
    )
    for folder in folders:
        rows = dict(_rows(folder / "words" / "asking.yaml"))
        for kind, words in _plain_mapping(rows.get("wants")).items():
            wants[kind] = (*wants.get(kind, ()), *words)
        lists = {key: (*known, *(rows.get(key) or ())) for key, known in lists.items()}
    return Asking(wants, **lists)


def _kin(subject: Subject, known: Iterable[Subject]) -> frozenset[str]:
    inner = (other.name for other in known if subject.name in other.within)
    return frozenset((subject.name, *subject.within, *inner))


def _apart(words: str, text: str, whole: str) -> bool:
    parts = _key(words).split()
    return all(part in whole for part in parts) and any(part in text for part in parts)


def _plain_mapping(value: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: item for key, item in (value or {}).items() if key != _LINE}


def _rows(path: Path) -> list[tuple[str, Mapping[str, Any]]]:
    if not path.exists():
        return []
    content = read_yaml(path.read_text(encoding="utf-8"), path)
    if not isinstance(content, Mapping):
        raise MalformedFile(path, 1, "is not a mapping of names: write `name: {…}` a line each")
    return [(name, row) for name, row in content.items() if name != _LINE]


def _alternatives(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile("|".join(map(_whole_word, ordered)) or r"(?!)")


def _whole_word(name: str) -> str:
    """能拿几 asks how much, 能拿几星 how many stars; 十几个 and 好几个 ask nothing."""
    before = _NO_NUMERAL if name.startswith("几") else ""
    return before + re.escape(name) + (_NO_MEASURE if len(name) > 1 and name.endswith("几") else "")


def _key(name: str) -> str:
    return plain_text(name).lower()
