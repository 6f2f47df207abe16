"""As of when a question asks: 2024年那会儿, 去年的时候. A year merely named (2024年的政策) names a policy and is no day."""

import re
from datetime import date

_THEN = r"(?:的?时候|那时候?|那会儿?|当时|时)"
_SAID = re.compile(rf"(?:(?P<year>20\d\d)年?(?:(?P<month>1[0-2]|0?[1-9])月)?|(?P<last>去年)|(?P<before>前年)){_THEN}")


def day_asked(text: str, today: str) -> str:
    """The ISO day as of which the text asks: the end of the year or month said, else today. Never after today."""
    said = _SAID.search(text)
    if said is None:
        return today
    now = date.fromisoformat(today)
    year = int(said["year"]) if said["year"] else now.year - (1 if said["last"] else 2)
    month = int(said["month"] or 12)
    return min(today, f"{year}-{month:02d}-28")
