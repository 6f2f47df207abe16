"""Names of places to divisions of China (GB/T 2260) and back: the chain of one, what holds where, places named in running text.

Parks and villages map to the division they lie in; a list (长三角) is a region of its own with members.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.segments import word_bounds

NATION = "全国"
PROVINCE, CITY, COUNTY = 1, 2, 3
"""Levels of divisions; that of the nation is 0."""
AND = "和"
_NO_DIVISION = re.compile(r"[江河湖路街]")
"""What behind a short name makes it one of a river or a street, where a word ends with it: 新安江, 余杭路12号, but 德清湖边, 安吉街道办."""
_TWO_WORDS = re.compile(r"(?<![在到去从]).县[里内]|(?<=[区县市镇乡])和县")
"""A county's name of two characters that is the end of one word and the beginning of another: 一间房|县里, 区和县."""
_SUFFIX = re.compile(r"(?:特别行政区|林区|新区|自治区|自治州|自治县|自治旗|地区|盟|省|市|区|县|旗|镇|街道)$")
_PEOPLES = re.compile(
    r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|撒拉|毛南|"
    r"仡佬|锡伯|塔吉克|怒|鄂温克|裕固|保安|独龙|鄂伦春|各)族?)+自治[区州县旗]$"
)
_LONGEST, _SHOWN = 200, 60
"""Characters of a name that is looked for, and of one that an error says back."""
_NOT_DIVISIONS = ("省直辖县", "自治区直辖县级行政区划", "县")


class UnknownRegion(ValueError):
    """No place of that name is known."""


class AmbiguousRegion(ValueError):
    """Several places have that name; `choices` are they."""

    def __init__(self, name: str, choices: tuple["Region", ...]) -> None:
        super().__init__(f"“{name}”有好几处：{'、'.join(choice.full_name for choice in choices)}，请写全称")
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Region:
    """A division. `level` is 0 for the nation, else PROVINCE, CITY or COUNTY; a list has that of a province and `members` (full names)."""

    code: str
    name: str
    full_name: str
    level: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in `text[start:end]`: its region, or the choices if the name is ambiguous."""

    region: Region | None
    choices: tuple[Region, ...]
    start: int
    end: int


SHORTEST = 2
"""Characters of a name, 和县 as well as 德清."""


class Regions:
    """All divisions, parks and lists. Made by `load`."""

    def __init__(self, divisions: Mapping[str, str], places: Mapping[str, Any]) -> None:
        self._divisions = divisions
        nation = Region("000000", NATION, NATION, 0)
        self._by_code = {"000000": nation, **{code: self._region(code) for code in divisions}}
        lists = (Region("", name, name, PROVINCE, tuple(members)) for name, members in places.get("lists", {}).items())
        self._by_full_name = {region.full_name: region for region in (*lists, *self._by_code.values())}
        ordinary = frozenset(places.get("ordinary_words", ()))
        self._shorts = self._by_short_name()
        self._names = self._index(ordinary)
        self._short_starts = _by_start(name for name in self._shorts if len(name) > 1)
        for name, full_name in {**places.get("parks", {}), **places.get("aliases", {})}.items():
            self._names[name] = (self._by_full_name[full_name],)
        self._starts = _by_start(self._names)
        self._ordinary = {short: self._shorts.get(short, ()) for short in ordinary}

    @classmethod
    def load(cls, words: Path) -> "Regions":
        """The regions of `words/regions.yaml` and `words/places.yaml`."""
        divisions, places = (
            yaml.load((words / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for name in ("regions.yaml", "places.yaml")
        )
        return cls(divisions, places)

    def find(self, name: str) -> Region:
        """The region of any name: full, own, short, part of the chain, code, park, list. Raises UnknownRegion, AmbiguousRegion."""
        if name in self._by_full_name:
            return self._by_full_name[name]
        wanted = re.sub(r"[\s,，·>、/]+", "", name)
        if wanted in self._by_full_name or wanted in self._by_code:
            return self._by_full_name.get(wanted) or self._by_code[wanted]
        choices = self._named(wanted) if len(wanted) <= _LONGEST else ()
        name = name[:_SHOWN]
        if not choices:
            raise UnknownRegion(f"不认识“{name}”这个地方，请写省、市、县的名称，例如浙江省湖州市德清县")
        if len(choices) > 1:
            raise AmbiguousRegion(name, choices)
        return choices[0]

    def _named(self, wanted: str) -> tuple[Region, ...]:
        return self._names.get(wanted) or self._ordinary.get(wanted) or self._joined(wanted)

    def chain(self, region: Region) -> tuple[Region, ...]:
        """The region and what it lies in: county, city, province, nation."""
        codes = (
            dict.fromkeys((region.code, region.code[:4] + "00", region.code[:2] + "0000", "000000"))
            if region.code
            else ()
        )
        above = [self._by_code[code] for code in codes if code in self._by_code]
        return tuple(above) if above else (region, self._by_code["000000"])

    def covers(self, holder: Region, asker: Region) -> bool:
        """Whether what holds in `holder` holds for the asker: it is a rung of the asker's chain, or a list with such a member."""
        chain = {region.full_name for region in self.chain(asker)}
        return holder.full_name in chain or bool(chain & set(holder.members))

    def within(self, inner: Region, outer: Region) -> bool:
        """Whether `inner` lies in `outer` or is it."""
        return outer in self.chain(inner)

    @property
    def divisions(self) -> tuple[Region, ...]:
        """All divisions, the nation too."""
        return tuple(self._by_code.values())

    def below(self, region: Region) -> tuple[Region, ...]:
        """The divisions directly beneath, in the order of their codes."""
        inside = [other for other in self._by_code.values() if other != region and self.chain(other)[1:2] == (region,)]
        return tuple(sorted(inside, key=lambda other: other.code))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Places named in a running text, left to right; a chain (浙江省湖州市德清县, 湖州德清) is one mention of its last."""
        found: list[Mention] = []
        position = 0
        while position < len(text):
            before = found[-1] if found else None
            if before and before.end == position and (part := self._part_at(text, position, before)):
                found[-1] = part
            elif name := self._name_at(text, position):
                choices, end = self._names[name], position + len(name)
                joined = self._inside(choices, before) if before else ()
                whole = before is not None and bool(joined) and before.end == position
                mention = _mention(joined or choices, found.pop().start if whole else position, end)
                found.append(mention)
            else:
                position += 1
                continue
            position = found[-1].end
        return tuple(found)

    def without(self, text: str) -> str:
        """The text without the names of places."""
        for mention in reversed(self.mentions(text)):
            text = text[: mention.start] + text[mention.end :]
        return text

    def _name_at(self, text: str, position: int) -> str:
        """The longest name that begins there, or nothing: 长兴和安吉 names 安吉, not 和安, 新安江 is a river, 越南开厂 names no 南开."""
        name = _longest(self._starts, text, position)
        short = name in self._shorts
        if (short or len(name) == SHORTEST) and position not in word_bounds(text, guesses=False):
            return ""  # 知道县里 names no 道县 either
        if len(name) == SHORTEST and position and _TWO_WORDS.match(text, position):
            return ""
        if short and self._is_of_water(name, text, position):
            return ""
        follows = name.startswith(AND) and len(_longest(self._starts, text, position + 1)) >= len(name)
        return "" if follows else name

    def _is_of_water(self, name: str, text: str, position: int) -> bool:
        """Whether a short name there is one of a river or a street; a province's never is: 浙江河长制."""
        end = position + len(name)
        is_word = _NO_DIVISION.match(text, end) is not None and end + 1 in word_bounds(text, guesses=False)
        is_part = bool(_longest(self._short_starts, text, end))  # 唐山路南
        return is_word and not is_part and all(region.level > PROVINCE for region in self._shorts[name])

    def _part_at(self, text: str, position: int, before: Mention) -> Mention | None:
        """A part of the place named just before, by a short name that may be an everyday word or another place's elsewhere: 上海金山, 常州新北."""
        name = _longest(self._short_starts, text, position)
        inside = self._inside(self._shorts[name], before) if name else ()
        kind = _SUFFIX.match(text, position + len(name), position + len(name) + 1) if inside else None
        return None if kind or not inside else _mention(inside, before.start, position + len(name))

    def _inside(self, choices: Iterable[Region], before: Mention) -> tuple[Region, ...]:
        """Those of the choices that lie in the place named before."""
        if before.region is None:
            return ()
        found = [region for region in choices if region != before.region and self.within(region, before.region)]
        return _highest(found) if found else ()  # 云南大理: the prefecture, not the city of that name within it

    def _joined(self, name: str) -> tuple[Region, ...]:
        """A name put together of several: 湖州德清, 浙江德清县."""
        mentions = self.mentions(name)
        whole = len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(name))
        return () if not whole else (mentions[0].region,) if mentions[0].region else mentions[0].choices

    def _region(self, code: str) -> Region:
        level = PROVINCE if code.endswith("0000") else CITY if code.endswith("00") else COUNTY
        above = (code[:2] + "0000", code[:4] + "00", code)
        names = [self._divisions[c] for c in dict.fromkeys(above) if c in self._divisions]
        return Region(
            code, self._divisions[code], "".join(dict.fromkeys(n for n in names if n not in _NOT_DIVISIONS)), level
        )

    def _index(self, ordinary: frozenset[str]) -> dict[str, tuple[Region, ...]]:
        """Own and short names to regions. Of several of one name the highest level wins; of equals all stay."""
        named = defaultdict[str, list[Region]](list)
        for region in self._by_full_name.values():
            named[region.full_name].append(region)
            named[region.name].append(region)
        for short, regions in self._shorts.items():
            named[short] += regions if short not in ordinary else ()
        return {name: _highest(regions) for name, regions in named.items() if regions and len(name) > 1}

    def _by_short_name(self) -> dict[str, tuple[Region, ...]]:
        shorts = defaultdict[str, tuple[Region, ...]](tuple)
        for region in self._by_code.values():
            shorts[short_name(region.name)] += (region,)
        return dict(shorts)


def short_name(name: str) -> str:
    """A division's name without its kind and peoples: 德清县 is 德清, 恩施土家族苗族自治州 is 恩施."""
    peoples = "族" in name or "维吾尔" in name
    stem = _PEOPLES.sub("", name) if peoples else name
    return stem if stem != name else _SUFFIX.sub("", name)


def _highest(regions: Iterable[Region]) -> tuple[Region, ...]:
    distinct = tuple(dict.fromkeys(regions))
    level = min(region.level for region in distinct)
    return tuple(region for region in distinct if region.level == level)


def _by_start(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names by their first two characters, the longest first."""
    groups = defaultdict[str, list[str]](list)
    for name in names:
        groups[name[:2]].append(name)
    return {start: tuple(sorted(group, key=len, reverse=True)) for start, group in groups.items()}


def _longest(starts: Mapping[str, tuple[str, ...]], text: str, position: int) -> str:
    """The longest of the names that begins there, or nothing."""
    return next((name for name in starts.get(text[position : position + 2], ()) if text.startswith(name, position)), "")


def _mention(choices: tuple[Region, ...], start: int, end: int) -> Mention:
    return Mention(choices[0], (), start, end) if len(choices) == 1 else Mention(None, choices, start, end)
