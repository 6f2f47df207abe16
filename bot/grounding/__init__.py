"""Checks claims against what they rely on, before a word is shown; read this file first, then a file an idea.

figures and names: every number, amount, unit, date, share, document number, title, place and organisation stands in what is cited.
negation, scope, conditions, subjects, meaning: a sentence that is no quote says no more and nothing else than its source. Rules go
first; the embedder is asked only where the shared words leave open what a sentence is about.
"""

import re
from collections.abc import Iterable, Iterator

from bot.conversation import Claim
from bot.grounding import conditions, figures, names, negation, scope, subjects
from bot.grounding.cited import Cited, cited, vouched
from bot.grounding.frames import bare, without_verdict
from bot.grounding.meaning import Likeness, is_unsupported
from corpus.regions import Regions
from corpus.terms import Terms

__all__ = ["faults", "grounded", "struck", "vouched"]

_WITHIN = "(?:[^“”]|“[^“”]*”)*"
_QUOTED = re.compile(f"“({_WITHIN}[\u4e00-\u9fff]{_WITHIN})”")
"""Chinese in quotes, which may hold a quote of its own: “…评为“绿色产品”的…”."""
_ENDS = ("", "。", "；", "！", "？", "\n")
_TITLE, _HAN, _WORD = re.compile("《[^》]*》"), re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]*[a-z]{2}")


def grounded(
    claim: Claim,
    asked: str,
    regions: Regions | None = None,
    terms: Terms | None = None,
    likeness: Likeness | None = None,
) -> bool:
    """Whether the claim may be shown: nothing in it goes beyond what it cites or the question. Places are judged where `regions` is given,
    names of certificates where `terms` is; words of the bot's own, which cite nothing, need only have no figure."""
    return next(faults(claim, asked, regions, terms, likeness), None) is None


def struck(claims: Iterable[Claim], asked: str) -> tuple[Claim, ...]:
    """The claims that fail."""
    return tuple(claim for claim in claims if not grounded(claim, asked))


def faults(
    claim: Claim,
    asked: str,
    regions: Regions | None = None,
    terms: Terms | None = None,
    likeness: Likeness | None = None,
) -> Iterator[str]:
    """What fails in a claim, as `check: words`, cheapest checks first; nothing for one that may be shown."""
    if any(quote not in statement.passage.text for statement, quote in claim.on):
        yield "quote: stands in no cited passage"
        return
    there, text = cited(claim, asked), _unnumbered(claim.text)
    yield from _named("figure", figures.unvouched(text, there.figures, there.around))
    if not claim.on:
        return
    foreign = _is_foreign(text)
    if foreign:
        said = _TITLE.sub("", there.said)
        yield from _named("quote", (q for q in _QUOTED.findall(_TITLE.sub("", text)) if q.strip("。") not in said))
    yield from _named("name", names.unnamed(text, there.around, foreign))
    if regions:
        yield from _named("place", names.unplaced(text, there.places, regions))
    if not foreign and not claim.computed:
        yield from _unmeant(claim, there, terms, likeness)


def _unmeant(claim: Claim, there: Cited, terms: Terms | None, likeness: Likeness | None) -> Iterator[str]:
    """Faults of meaning, in what is neither a quote nor our own frame around one."""
    sentence = without_verdict(bare(claim.text), (fact for statement, _ in claim.on for fact in statement.facts))
    if sentence is None:
        yield "verdict: no row has it"
    elif not _is_quoted(sentence, there.said):
        regions = [statement.passage.region for statement, _ in claim.on]
        yield from _named("negation", negation.contradictions(sentence, there.said))
        yield from _named("scope", scope.widened(sentence, there.said, regions))
        yield from _named("condition", conditions.dropped(sentence, there.said, there.asked))
        yield from _named("subject", subjects.swapped(sentence, there, terms))
        if is_unsupported(sentence, there.around, [statement.passage.id for statement, _ in claim.on], likeness):
            yield "meaning: about something else"


def _is_quoted(sentence: str, said: str) -> bool:
    """Whether it is a sentence, or several, of what is said, word for word: not less than one, which might leave out a condition."""
    start = said.find(sentence)
    before, after = said[:start].rstrip(" -"), said[start + len(sentence) :]
    return start >= 0 and before[-1:] in _ENDS and after[:1] in _ENDS


def _named(check: str, found: Iterable[str]) -> Iterator[str]:
    return (f"{check}: {words}" for words in found)


def _is_foreign(text: str) -> bool:
    """Whether a text is in words of letters more than in Chinese, titles and Chinese in quotes aside."""
    plain = _QUOTED.sub("", _TITLE.sub("", text))
    return len(_WORD.findall(plain)) > len(_HAN.findall(plain)) / 3


def _unnumbered(text: str) -> str:
    """Without the number in front of a list item."""
    return text.split(". ", 1)[1] if text.split(". ", 1)[0].isdigit() and ". " in text else text
