"""Is money kept to its place and its time? Made-up facts (made_money.py), each with amounts of its own, are asked for from here and
elsewhere, for today and other days, in every way that a place or a day is told.

An answer offends if it gives an amount that is lapsed, not yet in force or a draft on the day asked for, and the sentence does not say
so; or one that does not hold for the asker, and the sentence does not name its place and, where it lies outside the asker's, does not
say that it is elsewhere.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answering import Bot
from bot.conversation import REFUSALS, Answer, Profile, Question, Session
from corpus.figures import forms
from corpus.regions import Region, Regions
from corpus.split import whole_sentences
from evals.made_money import SEED, Cell, Money, said
from evals.run import DAY

MARKS = {"lapsed": "已失效", "not_yet": "还没到施行的日子", "draft": "征求意见稿"}
"""Words by which a sentence says that something does not hold on the day asked for."""
ELSEWHERE = "别处的做法"
OF_A_KIND = 80
"""Questions of a kind that are asked: all would take several minutes."""
HOLDS_NOW, THEN = "现行有效", "当时"
ASKS = (
    "{where}{subject}奖多少",
    "{where}拿到{subject}政府给多少钱",
    "{where}{subject}补贴多少",
    "{where}首次获得{subject}奖励多少钱",
)
_MARK = re.compile(r"\[\d+\]")
FAR = "四川省成都市双流区"
"""A county in whose province nothing is on record."""
LAST_YEAR, IN_2024 = "2025-12-28", "2024-12-28"
"""The days as of which 去年的时候 and 2024年时 ask."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question: `profile` is the place that the door knows, `askers` are the places that it asks for, `on` the day on which it is
    asked and `day` the one as of which it asks."""

    kind: str
    turns: tuple[str, ...]
    subject: str
    askers: tuple[Region, ...]
    profile: str = ""
    on: str = DAY
    day: str = DAY


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a question: whether an amount holds there and then, whether it was given, and the sentences that offend."""

    asking: Asking
    holds: bool
    right: bool
    refused: bool
    stale: tuple[str, ...]
    foreign: tuple[str, ...]


class Asker:
    """Makes the questions of a cell; `cells` are all, `regions` their divisions."""

    def __init__(self, cells: Sequence[Cell], regions: Regions) -> None:
        self._regions, self._chance = regions, random.Random(SEED)
        self._places = tuple(dict.fromkeys(cell.place for cell in cells))
        self._home, self._far = regions.find("浙江省"), regions.find(FAR)

    def of(self, cell: Cell) -> Iterator[Asking]:
        """All kinds of question about a cell."""
        yield from self._here(cell)
        yield from self._elsewhere(cell)
        yield from self._then(cell)
        yield from self._together(cell)

    def _ask(self, subject: str, where: str = "") -> str:
        return self._chance.choice(ASKS).format(where=where, subject=subject)

    def _near(self, place: Region) -> Region:
        """Another place of the same level under the same roof, else any other."""
        roof = self._regions.chain(place)[1:2]
        others = [one for one in self._places if one != place and one.level]
        beside = [one for one in others if self._regions.chain(one)[1:2] == roof]
        return self._chance.choice(beside or others)

    def _here(self, cell: Cell) -> Iterator[Asking]:
        subject, place, name = cell.subject, cell.place, said(cell.place, self._regions)
        yield Asking("place said", (self._ask(subject, name),), subject, (place,))
        yield Asking("place in profile", (self._ask(subject),), subject, (place,), place.full_name)
        yield Asking("no place", (self._ask(subject),), subject, (self._home,))

    def _elsewhere(self, cell: Cell) -> Iterator[Asking]:
        subject, place, near = cell.subject, cell.place, self._near(cell.place)
        name = said(near, self._regions)
        yield Asking(
            "neighbour said, own place in profile", (self._ask(subject, name),), subject, (near,), place.full_name
        )
        turns = (self._ask(subject, said(place, self._regions)), f"那{name}呢")
        yield Asking("follow-up for a neighbour", turns, subject, (near,))
        yield Asking(
            "follow-up, place in profile", (self._ask(subject), f"{name}呢"), subject, (near,), place.full_name
        )
        for kind, above in zip(("city above", "province above"), self._regions.chain(place)[1:-1], strict=False):
            yield Asking(kind, (self._ask(subject, said(above, self._regions)),), subject, (above,))
        yield Asking(
            "another province said", (self._ask(subject, said(self._far, self._regions)),), subject, (self._far,)
        )
        yield Asking("another province in profile", (self._ask(subject),), subject, (self._far,), FAR)

    def _then(self, cell: Cell) -> Iterator[Asking]:
        subject, place, name = cell.subject, cell.place, said(cell.place, self._regions)
        for kind, words, day in (("last year", "去年的时候", LAST_YEAR), ("in 2024", "2024年时", IN_2024)):
            yield Asking(kind, (words + self._ask(subject, name),), subject, (place,), day=day)
        for kind, day in _edges(cell):
            yield Asking(kind, (self._ask(subject, name),), subject, (place,), on=day, day=day)

    def _together(self, cell: Cell) -> Iterator[Asking]:
        subject, place, near = cell.subject, cell.place, self._near(cell.place)
        names = [said(one, self._regions) for one in (place, near)]
        yield Asking("two compared", (f"{names[0]}和{names[1]}的{subject}哪边补得多",), subject, (place, near))
        yield Asking("all there is", (f"{names[0]}{subject}有哪些补贴",), subject, (place,))


def askings(cells: Sequence[Cell], regions: Regions, most: int = OF_A_KIND) -> list[Asking]:
    """Questions about all cells, of each kind at most so many, drawn evenly."""
    asker, kinds = Asker(cells, regions), defaultdict[str, list[Asking]](list)
    for asking in (asking for cell in cells for asking in asker.of(cell)):
        kinds[asking.kind].append(asking)
    chance = random.Random(SEED)
    return [asking for own in kinds.values() for asking in chance.sample(own, min(most, len(own)))]


def _edges(cell: Cell) -> Iterator[tuple[str, str]]:
    """The first and last days of what is on record, and those beside them."""
    for money in cell.money:
        if money.since:
            yield from (("day before the start", _day(money.since, -1)), ("first day", money.since))
        if money.last:
            yield from (("last day", money.last), ("day after the end", _day(money.last, 1)))


def _day(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def find(asked: Iterable[Asking], cells: Sequence[Cell], bot: Bot, regions: Regions) -> Iterator[Finding]:
    """Asks and judges."""
    owners = {amount: money for cell in cells for money in cell.money for amount in money.amounts}
    for asking in asked:
        yield judged(asking, _answered(asking, bot), owners, regions)


def _answered(asking: Asking, bot: Bot) -> Answer:
    session = Session(Profile(asking.profile))
    for turn in asking.turns[:-1]:
        session = bot.answer(Question(turn, session, asking.on)).session
    return bot.answer(Question(asking.turns[-1], session, asking.on))


def judged(asking: Asking, answer: Answer, owners: Mapping[str, Money], regions: Regions) -> Finding:
    """The finding; `owners` has the fact of every amount."""
    parts = whole_sentences(_MARK.sub("", answer.text))
    given = [(part, owners[form]) for part in parts for form in forms(part) if form in owners]
    wanted = _nearest(asking, owners.values(), regions)
    stale = [part for part, money in given if _is_stale(money, part, asking)]
    if any(money.on(asking.on) != "current" for _, money in given if money in wanted):
        stale += [part for part in parts if HOLDS_NOW in part and THEN not in part]
    return Finding(
        asking,
        holds=bool(wanted),
        right=any(money in wanted and not _says_other_time(part) for part, money in given),
        refused=answer.status in REFUSALS,
        stale=tuple(dict.fromkeys(stale)),
        foreign=tuple(dict.fromkeys(part for part, money in given if _is_foreign(money, part, asking, regions))),
    )


def _nearest(asking: Asking, money: Iterable[Money], regions: Regions) -> list[Money]:
    """What holds then on the subject for the places asked for: the nearest rung's, or the parts' where the whole has none."""
    held = [one for one in money if one.subject == asking.subject and one.on(asking.day) == "current"]
    over = [one for one in held if any(regions.covers(one.place, asker) for asker in asking.askers)]
    nearest = max((one.place.level for one in over), default=0)
    parts = [one for one in held if any(_is_part(one.place, asker, regions) for asker in asking.askers)]
    return [one for one in over if one.place.level == nearest] or parts


def _is_stale(money: Money, sentence: str, asking: Asking) -> bool:
    state = money.on(asking.day)
    return state != "current" and MARKS[state] not in sentence


def _says_other_time(sentence: str) -> bool:
    return any(mark in sentence for mark in MARKS.values())


def _is_foreign(money: Money, sentence: str, asking: Asking, regions: Regions) -> bool:
    if any(regions.covers(money.place, asker) for asker in asking.askers):
        return False
    inside = any(_is_part(money.place, asker, regions) for asker in asking.askers)
    return money.place.name not in sentence or not (inside or ELSEWHERE in sentence)


def _is_part(place: Region, asker: Region, regions: Regions) -> bool:
    """Whether a place lies within the province or city asked for: its money is told there under its own name."""
    return bool(asker.level) and place != asker and regions.within(place, asker)


def report(findings: Sequence[Finding], misses: bool = False) -> tuple[str, int]:
    """A line an offence, a line a kind, and how many answers offend; with `misses` also what holds and is not given."""
    offends = [one for one in findings if one.stale or one.foreign]
    lines = [_line("lapsed as current", one, part) for one in offends for part in one.stale]
    lines += [_line("foreign as local", one, part) for one in offends for part in one.foreign]
    lines += [_line("not given", one, "") for one in findings if misses and one.holds and not one.right]
    counts: tuple[tuple[str, Callable[[Finding], object]], ...] = (
        ("asked", lambda one: one.asking),
        ("holds", lambda one: one.holds),
        ("right", lambda one: one.right),
        ("refused", lambda one: one.refused),
        ("lapsed as current", lambda one: one.stale),
        ("foreign as local", lambda one: one.foreign),
    )
    lines.append(f"{'':36}" + "".join(f"{name:>{max(8, len(name) + 2)}}" for name, _ in counts))
    kinds = dict.fromkeys(one.asking.kind for one in findings)
    for kind in (*kinds, "all"):
        own = [one for one in findings if kind in (one.asking.kind, "all")]
        figures = (f"{sum(map(bool, map(of, own))):>{max(8, len(name) + 2)}}" for name, of in counts)
        lines.append(f"{kind:36}" + "".join(figures))
    return "\n".join(lines), len(offends)


def _line(what: str, one: Finding, sentence: str) -> str:
    asking = one.asking
    return f"{what}: {asking.kind}, {asking.profile or '-'}, {asking.on}, {' / '.join(asking.turns)}: {sentence}"
