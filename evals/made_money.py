"""Made-up money: a folder of knowledge in the project's own format whose every amount stands in it once, so that an amount in an
answer tells which fact it was taken from.

Policies, dates and amounts are invented, and every source says so; subjects and places are those of the words. From a fixed seed.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.regions import Region, Regions, short_name

SEED = 20261124
SUBJECTS = (
    "绿色产品认证", "政府质量奖", "品字标浙江制造", "有机产品认证", "绿色工厂", "能源管理体系认证", "售后服务认证", "产品碳足迹认证",
)  # fmt: skip
PROVINCES, CITIES, COUNTIES = ("浙江省", "江苏省"), 3, 4
"""Provinces, cities of each and counties of each city that have money."""
NOTHING = 0.15
"""Share of subjects and places of which nothing is on record."""
MADE_UP = "虚构，只用于测试"
TEXTS = (
    "{place}对首次获得{subject}的企业一次性奖励{first}。{{{id}}}",
    "{place}的企业首次获得{subject}，一次性奖励{first}。第二年仍然合格的，再奖励{second}。{{{id}}}",
    "{place}对首次获得{subject}的企业奖励{first}；第二年仍然合格的，再奖励{second}。{{{id}}}",
)
"""How a fact is written: one sentence, a sentence with a further one, one of two parts."""
WAYS = (
    "拿到{subject}能领多少奖金",
    "{subject}县里给几万",
    "做{subject}政府补不补钱",
    "{subject}有没有钱拿",
    "第一次通过{subject}给奖励吗",
    "{subject}补助标准是多少",
)
"""How owners ask: the ways in without which a follow-up that names a place alone would find little."""

Rows = tuple[tuple[str, str, str, str], ...]
SCHEMES: tuple[Rows, ...] = (
    (("in_force", "2025-03-01", "", ""),),
    (("in_force", "2025-03-01", "2027-12-31", ""),),
    (("in_force", "2023-05-01", "2025-12-31", ""),),
    (("lapsed", "2022-01-01", "2024-12-31", ""),),
    (("lapsed", "", "", ""),),
    (("not_yet", "2027-03-01", "", ""),),
    (("draft", "", "", ""),),
    (("unknown", "", "", ""),),
    (("lapsed", "2023-01-01", "2025-06-30", "2025-06-30"), ("in_force", "2025-07-01", "", "")),
    (("in_force", "2023-01-01", "", "2025-06-30"), ("in_force", "2025-07-01", "", "")),
    (("in_force", "2023-01-01", "", "2026-12-31"), ("not_yet", "2027-01-01", "", "")),
)
"""What a place has for a subject: state, since, until of its rows, and the last day where the row after it replaces it. Where that day
is no `until`, only the newer row tells of it."""


@dataclass(frozen=True, slots=True)
class Money:
    """A made fact. `since` and `until` stand in its row; `last` is the day on which it truly ends, empty where it has no end."""

    id: str
    subject: str
    place: Region
    amounts: tuple[str, ...]
    state: str
    since: str
    until: str
    last: str

    def on(self, day: str) -> str:
        """How it stands on an ISO day: current, lapsed, not_yet or draft. Told from its days alone, not by the product's code."""
        if self.state == "draft" or (self.state == "lapsed" and not self.last):
            return self.state
        if self.last and day > self.last:
            return "lapsed"
        return "not_yet" if day < self.since else "current"


@dataclass(frozen=True, slots=True)
class Cell:
    """A subject in a place, with what is on record of it: the older first."""

    subject: str
    place: Region
    money: tuple[Money, ...]


def made_cells(regions: Regions) -> list[Cell]:
    """All cells, the empty ones too."""
    chance = random.Random(SEED)
    amounts = iter(chance.sample(range(11, 9990), 2 * len(SUBJECTS) * 100))
    return [_cell(subject, place, chance, amounts) for place in _places(regions, chance) for subject in SUBJECTS]


def _places(regions: Regions, chance: random.Random) -> Iterator[Region]:
    yield regions.find("全国")
    for province in map(regions.find, PROVINCES):
        yield province
        for city in chance.sample(regions.below(province), CITIES):
            yield city
            yield from chance.sample(regions.below(city), COUNTIES)


def _cell(subject: str, place: Region, chance: random.Random, amounts: Iterator[int]) -> Cell:
    if chance.random() < NOTHING:
        return Cell(subject, place, ())
    name = f"made-{SUBJECTS.index(subject)}-{place.code}"
    made = [
        Money(
            id=f"{name}-{number}",
            subject=subject,
            place=place,
            amounts=(f"{next(amounts)}00元", f"{next(amounts)}00元"),
            state=state,
            since=since,
            until=until,
            last=replaced or until,
        )
        for number, (state, since, until, replaced) in enumerate(chance.choice(SCHEMES))
    ]
    return Cell(subject, place, tuple(made))


def said(place: Region, regions: Regions) -> str:
    """How people call a place: its short name where that means it alone, else with the city's."""
    short = short_name(place.name)
    alone = [mention.region for mention in regions.mentions(f"{short}奖")] == [place]
    return short if alone or not place.level else f"{short_name(regions.chain(place)[1].name)}{place.name}"


def write(cells: Sequence[Cell], folder: Path, words: Path) -> None:
    """The cells as a folder of knowledge: a document a subject, and the words that are the project's own."""
    chance = random.Random(SEED)
    for room in ("documents", "facts", "questions"):
        (folder / room).mkdir(parents=True)
    (folder / "words").symlink_to(words)
    for number, subject in enumerate(SUBJECTS):
        own = [cell for cell in cells if cell.subject == subject and cell.money]
        head = f"---\nid: made-{number}\ntitle: 各地对{subject}的奖励（{MADE_UP}）\nsubject: {subject}\n---\n"
        sections = (f"\n## 补贴：{cell.place.name}\n\n{_paragraphs(cell, chance)}\n" for cell in own)
        (folder / "documents" / f"made-{number}.md").write_text(head + "".join(sections), encoding="utf-8")
        rows = (f"- {json.dumps(row, ensure_ascii=False)}\n" for cell in own for row in _rows(cell))  # JSON is YAML
        (folder / "facts" / f"made-{number}.yaml").write_text("".join(rows), encoding="utf-8")
        ways = {"subject": subject, "aspect": "补贴", "ask": [way.format(subject=subject) for way in WAYS]}
        (folder / "questions" / f"made-{number}.yaml").write_text(
            json.dumps([ways], ensure_ascii=False), encoding="utf-8"
        )


def _paragraphs(cell: Cell, chance: random.Random) -> str:
    return "\n\n".join(
        chance.choice(TEXTS).format(
            place=cell.place.name, subject=cell.subject, id=money.id, first=money.amounts[0], second=money.amounts[1]
        )
        for money in cell.money
    )


def _rows(cell: Cell) -> Iterator[dict[str, Any]]:
    for money, older in zip(cell.money, (None, *cell.money), strict=False):
        days = {key: value for key, value in (("since", money.since), ("until", money.until)) if value}
        title = f"{cell.place.name}{cell.subject}奖励办法（{MADE_UP}）"
        yield {
            "id": money.id,
            "kind": "subsidy",
            "region": cell.place.full_name,
            "values": dict(zip(("奖励", "再奖"), money.amounts, strict=True)),
            "confirm_with": f"{cell.place.name}的主管部门",
            "validity": {"state": money.state, **days},
            "source": {"title": title, "issuer": MADE_UP, "checked": "primary"},
            **({"replaces": older.id} if older else {}),
        }
