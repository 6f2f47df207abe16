"""What the knowledge consists of: facts by subject, region, validity and check, the oldest, and plans whose day has passed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.document import Passage
from corpus.fact import Fact
from corpus.figures import figures, is_date
from corpus.load import Knowledge

OLDEST, SHOWN = 10, 12
PLANNED = re.compile(r"计划(?!单列)|拟(?!定)|预计|将[于在]|目标")


def stats(knowledge: Knowledge, day: str) -> str:
    """The figures as of a day, as text."""
    facts = tuple(knowledge.facts.values())
    subjects = {fact: passage.subject for passage in knowledge.passages for fact in passage.facts}
    parts = [
        f"{len(knowledge.documents)} documents, {len(knowledge.passages)} passages, {len(facts)} facts",
        _counted("by subject", Counter(subjects.get(fact.id, "") for fact in facts)),
        _counted("by region", Counter(fact.region for fact in facts)),
        _counted("by validity", Counter(fact.validity.on(day).state for fact in facts)),
        _counted("by check", Counter(fact.source.checked for fact in facts)),
        _listed("oldest sources", (f"{fact.source.issued} {fact.id}" for fact in _oldest(facts))),
        _listed("plans whose day has passed", overdue(knowledge.passages, knowledge.facts, day)),
    ]
    return "\n\n".join(parts)


def overdue(passages: Sequence[Passage], facts: Mapping[str, Fact], day: str) -> Iterator[str]:
    """Facts, not known to have lapsed, whose sentence speaks of a plan for a day before `day`."""
    for passage in passages:
        for span in passage.spans:
            text = passage.text[span.start : span.end]
            known = [facts[fact] for fact in span.facts if fact in facts]
            past = [date for date in _planned(text) if date.ljust(10, "~") < day]
            if past and not all(fact.validity.on(day).state == "lapsed" for fact in known):
                yield f"{', '.join(span.facts)}: {max(past)}: {text[:50]}"


def _planned(text: str) -> Iterator[str]:
    """The dates of the sentences that speak of plans."""
    for sentence in re.split(r"[。；\n]", text):
        if PLANNED.search(sentence):
            yield from (f.form for f in figures(sentence) if is_date(f.form) and not f.form.startswith("-"))


def _oldest(facts: Sequence[Fact]) -> list[Fact]:
    dated = [fact for fact in facts if fact.source.issued]
    return sorted(dated, key=lambda fact: fact.source.issued or "")[:OLDEST]


def _counted(title: str, counter: Counter[str]) -> str:
    """The commonest first, the rest in one line."""
    common = counter.most_common(SHOWN if len(counter) > SHOWN + 3 else None)
    rest = sum(counter.values()) - sum(number for _, number in common)
    lines = [f"  {number:5} {name or '-'}" for name, number in common]
    return "\n".join([title, *lines, *([f"  {rest:5} in {len(counter) - len(common)} others"] if rest else [])])


def _listed(title: str, lines: Iterator[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)])
