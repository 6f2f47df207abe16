"""Reads a question: region, intent, needs. Pure: looks at nothing but the question, its session and the vocabulary."""

import re
from dataclasses import replace

from bot.conversation import Need, Question, Reading
from bot.reading.day import day_asked, looks_ahead, year_named
from bot.reading.earlier import usable
from bot.reading.english import is_english, translated
from bot.reading.needs import needs
from bot.reading.profile import told
from bot.reading.vocabulary import Vocabulary
from corpus.figures import plain_text
from corpus.regions import Region

LONGEST_SCATTERED = 3
"""Characters that words typed one by one have on average, at most: clauses are longer."""
LONGEST_SMALL_TALK, LONGEST_IN_LETTERS = 12, 30
"""Characters: a greeting in front of a longer question is manners, not small talk."""


def read(question: Question, vocabulary: Vocabulary) -> Reading:
    """The question understood."""
    question = replace(question, session=usable(question.session, vocabulary))
    text = vocabulary.speller.corrected(_joined(plain_text(question.text).strip().lower()))
    english = is_english(text)
    text = translated(text, vocabulary.english, vocabulary.regions) if english else text
    language = question.session.profile.language or ("en" if english else "zh")
    profile = told(text, question.session.profile, vocabulary.telling, vocabulary.terms)
    reading = _read(text, question, vocabulary)
    original = question.text if english else ""
    ahead = looks_ahead(text) or any("date" in need.wants for need in reading.needs)
    year = year_named(text, question.on)

    def dated(need: Need) -> Need:
        then = need.day != question.on
        return replace(need, original=original, then=then, ahead=ahead, year="" if then or need.side else year)

    return replace(reading, needs=tuple(map(dated, reading.needs)), language=language, profile=profile)


def _read(text: str, question: Question, vocabulary: Vocabulary) -> Reading:
    known = _known_region(question, vocabulary)
    said, choices = _region_in(text, known or vocabulary.home, vocabulary)
    if choices:
        return Reading(text, "ambiguous_region", detail=choices[0].name, choices=tuple(c.full_name for c in choices))
    region = said or known
    reading = Reading(text, "ask", region=region)
    greeting = _small_talk(text if text.strip() else question.text, vocabulary)
    if greeting:
        return replace(reading, intent="small_talk", detail=greeting)
    if vocabulary.terms.is_outside(text):
        return Reading(text, "out_of_scope", region=known)  # the weather in 杭州 moves nobody there
    day = day_asked(text, question.on)
    found = needs(text, question.session, vocabulary, region, day)
    if not found and (near := _near_miss(text, vocabulary)):
        return replace(reading, intent="near_miss", detail=near[0], choices=near[1:])
    return replace(reading, needs=found or (Need("", "", region, day, text, told=False),))


def _joined(text: str) -> str:
    """Words typed or dictated one by one are put together; spaces that part clauses stay."""
    words = text.split()
    is_scattered = len(words) > 2 and sum(map(len, words)) / len(words) <= LONGEST_SCATTERED
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text) if is_scattered else text


def _region_in(text: str, near: Region, vocabulary: Vocabulary) -> tuple[Region | None, tuple[Region, ...]]:
    """The last region that the text names, or the choices of an ambiguous name if it names no other."""
    _, places = vocabulary.placed(text, near)
    divisions = [region for region in places if region.level] or list(places)
    if divisions:
        return divisions[-1], ()
    mentions = [mention for mention in vocabulary.regions.mentions(text) if mention.choices and not mention.region]
    return None, mentions[0].choices if mentions else ()


def _known_region(question: Question, vocabulary: Vocabulary) -> Region | None:
    """Said earlier, else in the profile, else the setting."""
    session = question.session
    said = next((turn.region for turn in reversed(session.turns) if turn.region), "")
    name = said or session.profile.region
    return vocabulary.regions.find(name) if name else vocabulary.default_region


def _small_talk(text: str, vocabulary: Vocabulary) -> str | None:
    bare = text.strip("，。！？!?~ 啊呀哦吧").lower()
    longest = LONGEST_IN_LETTERS if bare.isascii() else LONGEST_SMALL_TALK
    if len(bare) > longest or vocabulary.terms.subject_mentions(text) or vocabulary.objects_in(text):
        return None
    kinds = enumerate(vocabulary.wording.small_talk())
    return next((str(kind) for kind, (cues, _) in kinds if any(bare.startswith(cue) for cue in cues)), None)


def _near_miss(text: str, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """A look-alike name in the text: the name, what it is, and the subject it is mistaken for."""
    mention = next((m for m in vocabulary.terms.subject_mentions(text) if m.near), None)
    return (mention.text, mention.near or "", mention.of) if mention else None
