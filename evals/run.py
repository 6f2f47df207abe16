"""Runs the cases through a pipeline: the product itself, or the textbook's. Judges nothing (judge.py does)."""

import re
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import dropwhile
from statistics import mean

from bot.answering import Bot
from bot.conversation import Answer, Need, Profile, Question, Session, Statement
from bot.evidence.gather import gather
from bot.evidence.ground import Ground
from bot.reading.read import read
from corpus.document import Passage
from corpus.regions import Region, Regions
from evals import metrics
from evals.case import Case
from evals.judge import Outcome, Verdict, judge
from evals.textbook import Found, Textbook
from evals.wrong_figures import wrong_figures

DAY = "2026-11-24"
"""The day as of which cases are asked that name none: answers must not change with the calendar."""
CLAIMS_NOTHING = re.compile("《[^》]*》|“[^”]*”|待[^，。；]*确认")
"""Where a place is only part of a name: the title of a source, a brand in quotes (“江苏精品”), the office that would have to confirm."""
DEPTH = 20
"""Passages of a ranking that are looked at."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of a pipeline, by case id."""

    outcomes: Mapping[str, Outcome]
    verdicts: Mapping[str, Verdict]
    retrieval: Mapping[str, float]
    quotes: float = 1.0
    """Share of quotes that stand in their passage word for word."""
    figures: Mapping[str, Collection[str]] | None = None
    """Wrong figures, by case id; None where they were not looked for."""
    precision: float | None = None
    """Share of the citations, in answers to questions that the corpus answers, that state a gold fact; None where nothing is cited."""


def run_product(cases: Sequence[Case], bot: Bot) -> Run:
    """Every case through the bot, in a conversation of its own."""
    regions = bot.know().vocabulary.regions
    asked = {case.id: last_question(case, bot) for case in cases}
    answers = {identity: bot.answer(question) for identity, question in asked.items()}
    outcomes = {i: Outcome(_spoken(a), a.status, _cited(a, bot), a.took_ms) for i, a in answers.items()}
    ranked = {identity: evidence_for(question, bot) for identity, question in asked.items()}
    relevant = {case.id: stating(case, bot.index.passages.values()) for case in cases}
    quotes = [c.quote in bot.index.passages[c.passage.id].text for a in answers.values() for c in a.citations]
    return Run(
        outcomes,
        _judged(cases, outcomes, regions),
        retrieval_figures(ranked, relevant),
        mean(map(float, quotes or [True])),
        _wrong(cases, outcomes, bot, regions),
        _precision(cases, answers),
    )


def _wrong(
    cases: Sequence[Case], outcomes: Mapping[str, Outcome], bot: Bot, regions: Regions
) -> dict[str, Collection[str]]:
    facts, passages = bot.index.facts, tuple(bot.index.passages.values())
    away = {case.id: partial(elsewhere, case=case, regions=regions) for case in cases}
    return {c.id: wrong_figures(c, outcomes[c.id], facts, passages, away[c.id]) for c in cases}


def _precision(cases: Sequence[Case], answers: Mapping[str, Answer]) -> float:
    right = [
        bool({fact for group in case.gold for fact in group} & set(citation.facts))
        for case in cases
        for citation in answers[case.id].citations
        if case.answerable
    ]
    return mean(map(float, right or [True]))


def run_textbook(cases: Sequence[Case], pipeline: Textbook, regions: Regions) -> Run:
    """Every case's last question through the textbook pipeline: its answer is the best chunk."""
    outcomes, ranked = {}, {}
    for case in cases:
        started = time.perf_counter()
        found = pipeline.search(case.turns[-1], DEPTH)
        took = (time.perf_counter() - started) * 1000
        outcomes[case.id] = Outcome(_body(found[0].text), "", found[0].facts, took)
        ranked[case.id] = [chunk.id for chunk in found]
    relevant = {case.id: stating(case, pipeline.chunks) for case in cases}
    return Run(outcomes, _judged(cases, outcomes, regions), retrieval_figures(ranked, relevant))


def last_question(case: Case, bot: Bot) -> Question:
    """The last turn of a case, in the conversation that the turns before it made."""
    regions = bot.know().vocabulary.regions
    session = Session(Profile(regions.find(case.region).full_name if case.region else ""))
    for turn in case.turns[:-1]:
        session = bot.answer(Question(turn, session, case.on or DAY)).session
    return Question(case.turns[-1], session, case.on or DAY)


def evidence_for(question: Question, bot: Bot) -> list[str]:
    """Ids of the passages gathered for a question, best first."""
    known = bot.know()
    needs = read(question, known.vocabulary).needs
    statements = [statement for need in needs for statement in gathered(need, known.ground)]
    best = sorted(statements, key=lambda statement: -statement.score)
    return list(dict.fromkeys(statement.passage.id for statement in best))[:DEPTH]


def gathered(need: Need, ground: Ground) -> tuple[Statement, ...]:
    """All statements that are evidence for a need, of whatever place and time."""
    evidence = gather(need, ground)
    return (*evidence.local, *evidence.past, *evidence.elsewhere)


def _body(chunk: str) -> str:
    """A chunk from its first sentence on: titles and headings are no first sentence to judge it by."""
    return (
        "\n".join(dropwhile(lambda line: not line.strip().endswith(("。", "；", "：", "！", "？")), chunk.split("\n")))
        or chunk
    )


def _spoken(answer: Answer) -> str:
    """The text as a reader hears it: without the marks of its sources."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(f"[{citation.number}]", "")
    return text


def _cited(answer: Answer, bot: Bot) -> Collection[str]:
    """Facts that the citations state, under every id that was joined into them."""
    facts = bot.index.facts
    cited = [facts[identity] for citation in answer.citations for identity in citation.facts]
    return {identity for fact in cited for identity in (fact.id, *fact.also)}


def _judged(cases: Sequence[Case], outcomes: Mapping[str, Outcome], regions: Regions) -> dict[str, Verdict]:
    return {case.id: judge(case, outcomes[case.id], partial(elsewhere, case=case, regions=regions)) for case in cases}


def elsewhere(sentence: str, case: Case, regions: Regions) -> bool:
    """Whether the sentence names only places that do not cover the asker's; the nation is no place."""
    said = CLAIMS_NOTHING.sub("", sentence)
    named = [mention.region for mention in regions.mentions(said) if mention.region and mention.region.level]
    asker = _asker(case, regions)
    return bool(named) and asker is not None and not any(regions.covers(region, asker) for region in named)


def _asker(case: Case, regions: Regions) -> Region | None:
    said = [m.region for turn in case.turns for m in regions.mentions(turn) if m.region]
    return said[-1] if said else regions.find(case.region) if case.region else None


def stating(case: Case, passages: Collection[Passage] | Collection[Found]) -> frozenset[str]:
    """Ids of the passages that state a gold fact of the case."""
    gold = {fact for group in case.gold for fact in group}
    return frozenset(passage.id for passage in passages if gold & set(passage.facts))


def retrieval_figures(ranked: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]) -> dict[str, float]:
    """Means over the cases that have relevant passages."""
    asked = [identity for identity in ranked if relevant[identity]]
    if not asked:
        return {}
    return {
        "hit@1": mean(metrics.success(ranked[i], relevant[i], 1) for i in asked),
        "hit@5": mean(metrics.success(ranked[i], relevant[i], 5) for i in asked),
        "recall@5": mean(metrics.recall(ranked[i], relevant[i], 5) for i in asked),
        "MRR": mean(metrics.reciprocal_rank(ranked[i], relevant[i]) for i in asked),
        "nDCG@10": mean(metrics.ndcg(ranked[i], relevant[i], 10) for i in asked),
    }
