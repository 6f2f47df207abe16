"""When a question is about: as of a day gone by (2024年那会儿, 去年的时候), in a year that it names (去年放的款), ahead (明年).

A year merely named (2024年的政策) names a policy as a rule, and is no day: what holds now is answered, unless it came only after that year.
"""

import re
from datetime import date

_YEAR = r"(?:(?P<year>20\d\d)年?(?:(?P<month>1[0-2]|0?[1-9])月)?|(?P<last>去年)|(?P<before>前年))"
_THEN = r"(?:的?时候|那时候?|那会儿?|那阵子?|当时|时)"
_LATER = r"[^。？?]{0,14}(?:那时候|那会儿|那阵子?|当时)"
"""去年我贷了款，那会儿的贴息: what happened then may be told between."""
_SAID = re.compile(f"{_YEAR}(?:{_THEN}|{_LATER})")
_NAMED = re.compile(_YEAR)
_NOW = re.compile("现在|眼下|目前|如今|今年|明年|以后")
_PRESENT = re.compile("今年|现在|如今")
_ONE = r"(?:20\d\d年?|去年|前年|今年|现在|如今)"
_BESIDE = re.compile(f"{_ONE}的?[跟和与比同、]{_ONE}")
_AHEAD = re.compile("明年|后年|将来|下个月|下半年")


def day_asked(text: str, today: str) -> str:
    """The ISO day as of which the text asks: the end of the year or month said, else today. Never after today."""
    said = _SAID.search(text)
    return _end_of(said, today) if said else today


def year_named(text: str, today: str) -> str:
    """The ISO day at the end of the year gone by that a text names; empty if it names none, or speaks of the present too."""
    said = _NAMED.search(text)
    if said is None or _NOW.search(text):
        return ""
    day = _end_of(said, today)
    return day if day[:4] < today[:4] else ""


def years_compared(text: str, today: str) -> dict[str, str]:
    """Two years that a text sets beside each other (去年和今年), by the words it has for them, each with its last day, or today."""
    beside = _BESIDE.search(text)
    if beside is None:
        return {}
    past = {said[0]: _end_of(said, today) for said in _NAMED.finditer(beside[0])}
    return {**past, **dict.fromkeys(_PRESENT.findall(beside[0]), today)}


def looks_ahead(text: str) -> bool:
    """Whether a text speaks of what is to come."""
    return _AHEAD.search(text) is not None


def _end_of(said: re.Match[str], today: str) -> str:
    now = date.fromisoformat(today)
    year = int(said["year"]) if said["year"] else now.year - (1 if said["last"] else 2)
    month = int(said["month"] or 12)
    return min(today, f"{year}-{month:02d}-28")
