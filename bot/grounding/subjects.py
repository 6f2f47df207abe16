"""What is said is said of the right thing: of the source's certificate, office and side, under the right label and in the right place."""

import re
from collections.abc import Iterator
from functools import cache

from bot.grounding.cited import Cited
from bot.grounding.clauses import any_of, canonical, grams, pairs, words
from bot.grounding.labels import relabelled
from bot.grounding.swaps import by_another, crossed, substituted
from corpus.figures import plain_text
from corpus.terms import Terms

_OF_CERTIFICATE = re.compile("认证|体系|食品|标志|资质|绿色|有机|碳|iso|haccp")
"""What a subject's name has that is a certificate's; others (民宿) are ordinary words too."""
_SOUGHT = "找查选办做"
"""What is done with a certificate or body, no part of its name: 找认证机构."""


def swapped(text: str, there: Cited, terms: Terms | None = None) -> Iterator[str]:
    """What `text` says of another thing than what it cites does."""
    said, topic = there.said, canonical(there.topic)
    yield from _opposites(canonical(text), canonical(said), canonical(there.asked))
    yield from _offices(canonical(text), canonical(there.around))
    if terms:
        yield from _subjects(text, there.around, terms)
    yield from relabelled(text, said, grams(topic))
    yield from crossed(text, said)
    yield from by_another(text, said)
    yield from substituted(text, said, pairs(topic))


def _opposites(own: str, source: str, asked: str) -> Iterator[str]:
    """One of several sides (内审, 外审) where the source and the question have only another."""
    for pattern in _rows():
        has, its = set(pattern.findall(own)), set(pattern.findall(source))
        for word in has - its - set(pattern.findall(asked)) if its - has else ():
            if not re.search(rf"[不没无免非][^,。;]{{0,3}}{re.escape(word)}", own):
                yield f"{word} for {'/'.join(sorted(its - has))}"


def _offices(text: str, around: str) -> Iterator[str]:
    """Offices that are named by their matter alone: 由消防查."""
    yield from (office for office in words()["offices"][0] if office in text and office not in around)
    yield from (match[1] for match in _by_office().finditer(text) if match[1] not in around)


def _subjects(text: str, around: str, terms: Terms) -> Iterator[str]:
    """Certificates and schemes by any of their names; a wider one may stand for a narrower."""
    there = {mention.of for mention in terms.subject_mentions(around)}
    near = {kin for subject in there for kin in terms.kin(subject)}
    for mention in terms.subject_mentions(text):
        named = mention.text.lstrip(_SOUGHT)
        foreign = mention.of not in near and named not in plain_text(around).lower()
        if foreign and _OF_CERTIFICATE.search(mention.text):
            yield mention.text


@cache
def _by_office() -> re.Pattern[str]:
    return re.compile(f"[由向找报归经到](?:当地|省|市|县)?({any_of(words()['matters'][0]).pattern})")


@cache
def _rows() -> tuple[re.Pattern[str], ...]:
    return tuple(map(any_of, words()["opposites"]))
