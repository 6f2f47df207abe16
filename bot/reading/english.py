"""An English question read as a Chinese one, by the words of `words/english.yaml` and the pinyin of places."""

import re
from collections.abc import Mapping
from functools import lru_cache

from pypinyin import lazy_pinyin

from corpus.regions import Region, Regions, short_name

FEWEST_WORDS = 2
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'&-]*|\d[\w.,]*")


def is_english(text: str) -> bool:
    """Whether a question is asked in English: two words or more, and hardly a Chinese character."""
    return len(re.findall(r"[A-Za-z]{2,}", text)) >= FEWEST_WORDS and len(_HAN.findall(text)) <= 2


def translated(text: str, words: Mapping[str, str], regions: Regions) -> str:
    """The Chinese of all phrases that are known, in their order; figures stay; the rest is dropped."""
    tokens = [token.lower() for token in _WORD.findall(text)]
    places, found, place = _places(regions), list[str](), 0
    while place < len(tokens):
        for size in range(min(6, len(tokens) - place), 0, -1):
            phrase = " ".join(tokens[place : place + size])
            name = words.get(phrase) or (places.get(phrase.replace(" ", "")) if size <= 2 else None)
            if name or (size == 1 and phrase[0].isdigit()):
                found.append(name or phrase)
                place += size
                break
        else:
            place += 1
    return "·".join(dict.fromkeys(found))


@lru_cache(maxsize=2)
def _places(regions: Regions) -> Mapping[str, str]:
    """Short and full names of divisions by their pinyin; of two that sound alike the one of the home province or the wider."""
    named: dict[str, str] = {}
    for region in sorted(regions.divisions, key=_importance):
        for name in (short_name(region.name), region.name):
            if len(name) > 1:
                named.setdefault("".join(lazy_pinyin(name)), region.full_name)
    return named


def _importance(region: Region) -> tuple[bool, int, str]:
    return not region.code.startswith("33"), region.level, region.code
