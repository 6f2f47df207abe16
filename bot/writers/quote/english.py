"""Answers in English: a first sentence made from the row's values, the statement itself quoted in Chinese beneath."""

import re
from collections.abc import Iterator, Sequence

from bot.conversation import Claim, Evidence, Reading, Statement
from bot.evidence.lead import parts_of
from bot.words import Wording
from bot.writers.quote.label import labelled, named_state
from corpus.figures import forms, same

MOST_VALUES = 4
_UNITS = {
    "年": "years", "月": "months", "天": "days", "工作日": "working days", "小时": "hours", "分钟": "minutes", "分": "points"
}  # fmt: skip
_FORM = re.compile(r"([\d.]+)(\D+)")


class EnglishWriter:
    """See the module. Stateless apart from its wording."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def write(self, reading: Reading, evidence: Sequence[Evidence]) -> Iterator[Claim]:
        """The claims of each need's answer, needs parted by a paragraph."""
        for number, one in enumerate(evidence):
            statement = next(iter((*one.local, *one.past)), None)
            if statement is None and one.elsewhere:
                yield Claim(self._elsewhere(one), before="\n\n" if number else "")
                statement = one.elsewhere[0]
                yield from self._quoted(statement, one, "\n\n", example=True)
            elif statement:
                yield from self._quoted(statement, one, "\n\n" if number else "")
                state = named_state(statement, one.need, self._wording)
                yield Claim(
                    self._wording.say("holds", region=self._wording.place(statement.passage.region), state=state),
                    (),
                    "\n\n",
                )

    def _quoted(self, statement: Statement, one: Evidence, before: str, example: bool = False) -> Iterator[Claim]:
        part, *rest = parts_of(statement, one.need)
        on = ((statement, part),)
        own = self._own_words(statement, one, part)
        said = labelled(own or self._plain(statement, part), statement, self._wording).rstrip("。.")
        said = said[0].upper() + said[1:] + ("." if own else "")
        if example:
            said = self._wording.say("example", region=self._wording.place(statement.passage.region), sentence=said)
        yield Claim(said, on, before)
        if own:
            yield Claim("> " + part.replace("\n", "\n> "), on, "\n\n")
        if "\n" in statement.text:
            yield from (Claim(f"> {item}", ((statement, item),), "\n") for item in rest)

    def _plain(self, statement: Statement, part: str) -> str:
        """The statement itself, where no sentence of ours says what it does."""
        return self._wording.say("english.plain", sentence=part, **self._names(statement))

    def _own_words(self, statement: Statement, one: Evidence, part: str) -> str:
        """A sentence made from the row's verdict and values; empty where it has neither."""
        say, names = self._wording.say, self._names(statement)
        values = "; ".join(_values(statement, part))
        verdict = next((fact.verdict for fact in statement.facts if fact.verdict), None)
        asked = one.need.aspect in self._wording.list("verdict.asked") and verdict
        if asked:
            key = "english.verdict_values" if values else "english.verdict"
            return say(key, verdict=say(f"verdict.{verdict}"), values=values, **names)
        return say("english.values", values=values, **names) if values else ""

    def _names(self, statement: Statement) -> dict[str, str]:
        """What a statement is about, in English; a subject without a name is called by its document's title."""
        passage = statement.passage
        return {
            "subject": self._wording.name(passage.subject) or passage.title,
            "aspect": self._wording.name(passage.aspect),
        }

    def _elsewhere(self, one: Evidence) -> str:
        need, say, name = one.need, self._wording.say, self._wording.name
        names = {"subject": name(need.subject), "aspect": name(need.aspect) or say("english.unnamed")}
        if need.region:
            return self._wording.nothing_in(self._wording.place(need.region.full_name), **names)
        return self._wording.say("region_unsaid", **names)


def _values(statement: Statement, part: str) -> Iterator[str]:
    """The row's values that stand in the sentence quoted, in English."""
    there = forms(part)
    values = [value for fact in statement.facts for value in fact.values.values()]
    stated = [value for value in dict.fromkeys(values) if any(same(value, form) for form in there)]
    yield from map(spelled, stated[:MOST_VALUES])


def spelled(form: str) -> str:
    """A figure in English: 200000元 is CNY 200,000, 0.2 is 20%, 5年 is 5 years."""
    if re.fullmatch(r"0\.\d+|1", form):
        return f"{float(form) * 100:g}%"
    found = _FORM.fullmatch(form)
    if not found:
        return form
    number, unit = found.groups()
    if unit.startswith("元"):
        return f"CNY {float(number):,.0f}{_per(unit)}"
    name = _UNITS.get(unit)
    return f"{number} {name[:-1] if number == '1' and name else name}" if name else form


def _per(unit: str) -> str:
    per = unit.partition("/")[2]
    return f" per {_UNITS[per][:-1]}" if per in _UNITS else f" per {per}" if per else ""
