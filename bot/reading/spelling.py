"""Traditional characters, slips of sound and pinyin, read as what was meant. Changes only what names nothing as it stands."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from corpus.figures import plain_text
from corpus.regions import Regions

SHORTEST, LONGEST = 2, 8
"""Characters of a name that is recognised by its sound."""
SHORTEST_IN_LETTERS = 5
SOME = 2
"""Words known by their letters from which a stretch of letters is taken for pinyin."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LETTERS = re.compile(r"[a-z]+(?: [a-z]+)*")
_PARTICLES = "是的了吗呢吧么啊呀怎有要能多几该在"
"""What follows a name and is no part of it."""
_MEASURE = re.compile(r"(?<=[一二三四五])颗(?=[钻星])")
"""三颗钻 is 三钻."""
_SPREAD = re.compile(
    r"[\u4e00-\u9fffa-zA-Z0-9，。？]([ \-@.·*_~])(?:[\u4e00-\u9fffa-zA-Z0-9，。？]\1){2,}[\u4e00-\u9fffa-zA-Z0-9，。？]"
)
"""Characters set apart one by one (编@造@一@套), as who hides what he writes does."""
_SAID_ELSEWHERE = {"几多": "多少"}
"""Words of dialects for a word that many cues are made of."""
_ALIKE = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"v(?=e?$)"), "u"),
)
"""Sounds that southern speakers and their input methods mix up: zh z, ing in, l n, lü lu."""


class Speller:
    """Knows names by their sound (of two characters only the field's `words`: 收件 is not 首件), and cues only by their letters: 几万 and 罚款 sound like too much else; names of `regions` stay. `known` says whether a stretch of text is in use as it stands."""

    def __init__(
        self, names: Iterable[str], words: Collection[str], cues: Iterable[str], known: str, regions: Regions
    ) -> None:
        plain = {name for name in (*names, *words) if SHORTEST <= len(name) <= LONGEST and _HAN.fullmatch(name)}
        self._names, self._known, self._regions = plain, known, regions
        self._typed = tuple(sorted(plain | {cue for cue in cues if _HAN.fullmatch(cue)}))
        heard = {name for name in plain if len(name) > SHORTEST or name in words}
        self._by_sound: Mapping[str, str] = {sound(name): name for name in sorted(heard, key=len, reverse=True)}
        self._having: dict[tuple[int, int, str], list[str]] = {}
        for name in self._by_sound.values():
            for place, character in enumerate(name):
                self._having.setdefault((len(name), place, character), []).append(name)
        self._simple = OpenCC("t2s")

    def corrected(self, text: str) -> str:
        """The text in simplified characters, what was set apart put together, words of dialects as cues have them, and names that only sound right
        written right."""
        simple = _SPREAD.sub(_together, _MEASURE.sub("", self._simple.convert(plain_text(text))))
        for said, meant in _SAID_ELSEWHERE.items():
            simple = simple.replace(said, meant)
        return self._from_letters(self._by_ear(simple))

    def _by_ear(self, text: str) -> str:
        """One pass from left to right; at each place the longest name that sounds like what stands there."""
        heard, place = "", 0
        spots = [index for m in self._regions.mentions(text) for index in range(m.start, m.end)]
        while place < len(text):
            sizes = range(min(LONGEST, len(text) - place), SHORTEST - 1, -1)
            parts = (text[place : place + size] for size in sizes)
            names = (name for part in parts if (name := self._meant(part)) and _keeps(name, text, place, spots))
            name = next(names, text[place])
            heard += name
            place += len(name)
        return heard

    def _meant(self, part: str) -> str | None:
        """The name that a part stands for: itself if it is one."""
        if part in self._names:
            return part
        if part[-1] in _PARTICLES and part[:-1] in self._names:
            return None  # 三同是什么 asks for 三同, not for 三同时, and 绿色食品怎么报 for no 绿色食品证
        if not self._resembles_one(part):
            return None
        name = self._by_sound.get(sound(part)) if _HAN.fullmatch(part) else None
        return name if name and part not in self._known and _looks_like(name, part) else None

    def _resembles_one(self, part: str) -> bool:
        """Whether any name looks like a part: to look at a part is quicker than to sound it out."""
        spots = ((len(part), place, character) for place, character in enumerate(part))
        return any(_looks_like(name, part) for spot in spots for name in self._having.get(spot, ()))

    def _from_letters(self, text: str) -> str:
        """renzheng, duo shao qian: words typed in pinyin, the longest that is one first."""
        return _LETTERS.sub(lambda match: self._words_in(match[0].split(" ")), text)

    def _words_in(self, syllables: list[str]) -> str:
        """Where some are known, the unknown ones that are pinyin too are left out: they would count as names in letters."""
        said, place = list[str](), 0
        while place < len(syllables):
            ends = range(len(syllables), place, -1)
            name, end = next(
                ((name, end) for end in ends if (name := self._in_letters.get("".join(syllables[place:end])))),
                (syllables[place], place + 1),
            )
            said.append(name)
            place = end
        known = [word for word in said if not word.isascii()]
        return " ".join(said if len(known) < SOME else [w for w in said if not w.isascii() or not self._is_pinyin(w)])

    def _is_pinyin(self, letters: str) -> bool:
        return _syllables(self._typed).fullmatch(letters) is not None

    @property
    def _in_letters(self) -> Mapping[str, str]:
        return _letters(self._typed)


def _keeps(name: str, text: str, place: int, spots: Iterable[int]) -> bool:
    """Whether a name put in at `place` leaves what names a place as it stands: 吴兴售后服务 is not 五星售后服务."""
    return all(text[spot] == name[spot - place] for spot in spots if place <= spot < place + len(name))


def _looks_like(name: str, part: str) -> bool:
    """Whether at least half of the characters are the same: a slip changes one or two."""
    return 2 * sum(one == other for one, other in zip(name, part, strict=False)) >= len(name)


@lru_cache(maxsize=1024)
def sound(text: str) -> str:
    """How a text sounds, without tones, mixed-up sounds made one."""
    return " ".join(_merged(syllable) for syllable in lazy_pinyin(text))


def _merged(syllable: str) -> str:
    for pattern, replacement in _ALIKE:
        syllable = pattern.sub(replacement, syllable)
    return syllable


@lru_cache(maxsize=2)
def _letters(names: tuple[str, ...]) -> Mapping[str, str]:
    spelled = {"".join(lazy_pinyin(name)): name for name in names}
    return {letters: name for letters, name in spelled.items() if len(letters) >= SHORTEST_IN_LETTERS}


@lru_cache(maxsize=2)
def _syllables(names: tuple[str, ...]) -> re.Pattern[str]:
    """One or more of the syllables that names are spelled with."""
    known = {syllable for name in names for syllable in lazy_pinyin(name)}
    return re.compile(f"(?:{'|'.join(sorted(known, key=len, reverse=True))})+")


def _together(spread: re.Match[str]) -> str:
    """What was set apart, if it is Chinese; 8.5.2.1 is no word."""
    return spread[0].replace(spread[1], "") if len("".join(_HAN.findall(spread[0]))) > SHORTEST else spread[0]
