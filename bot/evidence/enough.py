"""Is a statement enough: is it about what was asked? A logistic of its features.

Half way between two fits, as `python -m evals calibrate` does them, never on cases: on 2,500 owners' questions, and on 2,200 more that neither the model nor the
network which reads (index/interaction.py) ever saw: each with the fact that answers it in the corpus and (counting half) without, and those
(counting twice) that nothing answers.
Only the probability from which a statement counts was chosen by the totals of the cases. Where nothing is known of the meaning yet (the model is
loading, or there is too little to compare with) words alone decide.
"""

import math
from collections.abc import Mapping

from bot.conversation import Need
from bot.evidence.candidates import Candidate
from bot.evidence.lacking import lacks_what_is_asked
from bot.evidence.signs import (
    asks_money,
    is_list_asked,
    is_of_another_kind,
    is_of_another_level,
    is_of_another_year,
    lacks_amount,
    lacks_price,
    pays_for_another_thing,
    pays_instead,
    wants_value,
)
from corpus.document import Passage
from corpus.naming import asks_there_is
from corpus.terms import Terms

WEIGHTS: Mapping[str, float] = {
    "heard": 1.65, "votes_aspect": 0.4, "foreign": -0.5, "lead": 0.43, "nearest": 3.8, "gap_share": -6.6, "unpriced": -0.4, "part": -3.2,
    "object": -0.4, "search": -0.4, "answers": 2.4, "lacking": -0.7,
}  # fmt: skip
"""As fitted, but `unpriced`, of which these questions tell little: it stays as it was."""
BIAS = -0.8
ENOUGH = 0.15
"""Probability from which a statement counts, whatever the question names. Of 150 cases asked without the facts that answer them 84 are kept back
with it, 78 with 0.11; of the cases that nothing answers 0.950 instead of 0.930, and 8 of 1,357 that something answers are lost: to mislead is worse."""
ENOUGH_ELSEWHERE = 0.2
"""The same under another heading where a figure is asked for that has a heading of its own, and there is none (管几年, under 步骤)."""
ENOUGH_AS_ASKED = 0.04
"""The same of one whose heading names the subject and the aspect asked, and that has the kind of value wanted: what owners say of it cannot all be on record."""

COVERED, CLOSELY, NEARLY_ALL = 0.3, 0.5, 0.7
"""Words alone: shares of what a question is about that must be held where no aspect was recognised; where not even the subject
was named; where the statement is of another aspect than the one asked."""
ASKED = 0.75
"""Words alone: how like an owner's question it must be that leads to the statement."""
ABOUT_SOMETHING = 3
"""Characters that must be left of a question for a statement of another aspect, or of a subject not named, to answer it."""


def possible(need: Need, candidate: Candidate, terms: Terms) -> bool:
    """Whether a statement may answer at all: not one about another thing than the one judged, nor what is no subsidy where one is asked for."""
    signs = candidate.features
    if candidate.stranger or (signs["foreign"] and _judges_things(need, terms)):
        return False
    if _is_of_another(need, candidate) or _tells_but_what_it_is(need, candidate, terms):
        return False
    if _is_other_figure(need, candidate, terms) or _lacks_money(need, candidate, terms):
        return False
    return bool(signs["object"]) or not _judges_things(need, terms)


def _lacks_money(need: Need, candidate: Candidate, terms: Terms) -> bool:
    """Whether money is asked for and a statement tells of none, or of what is paid the other way round."""
    headed = candidate.features["aspect"]
    asks_amount = "money" in need.wants or not need.wants
    if asks_amount and need.aspect and need.aspect == terms.subsidies and headed == 0:
        return True  # what the government pays is asked for: a price or a statistic is no answer
    if not need.wants and headed == 0 and terms.is_price(need.aspect) and lacks_price(candidate.text):
        return True  # 收不收钱
    # that there is no fee its heading may announce; of what is paid one tells nothing without an amount
    announced = headed == 1 and need.aspect != terms.subsidies
    lacks = lacks_amount(need, candidate.text, _gives_scores(candidate.passage, terms) and terms.is_price(need.aspect))
    return pays_instead(need, candidate.facts, terms) or (lacks and not announced)


def _gives_scores(passage: Passage, terms: Terms) -> bool:
    """Whether the shares that a passage gives are points of a grading, and no part of a price."""
    heading = terms.aspects.get(passage.aspect)
    return heading is not None and "score" in heading.wants


def _is_of_another(need: Need, candidate: Candidate) -> bool:
    """Whether a statement is of another kind, level or year, pays for another thing than the one asked about, or has nothing of what is
    asked for in plain words."""
    text, passage = candidate.text, candidate.passage
    if lacks_what_is_asked(need, text) or is_of_another_kind(need, f"{passage.heading} {text}"):
        return True
    if is_of_another_level(need, f"{passage.heading} {text}") or is_of_another_year(need, text):
        return True
    return pays_for_another_thing(need, passage, candidate.facts)


def _tells_but_what_it_is(need: Need, candidate: Candidate, terms: Terms) -> bool:
    """Whether a statement tells what a thing is, where it is asked if there is one in a place that is named: 武汉有质量贷吗."""
    in_a_place = need.placed and need.region is not None and need.region.level > 0
    return in_a_place and asks_there_is(need.text) and candidate.passage.aspect == next(iter(terms.aspects))


def _judges_things(need: Need, terms: Terms) -> bool:
    """Whether it is asked if something holds for the things named: a rule that names others tells nothing of these. Whatever else is asked
    of a thing (烟感装在哪里), a statement may call it otherwise."""
    return bool(need.objects and need.aspect and "verdict" in terms.aspects[need.aspect].wants)


def enough(need: Need, candidate: Candidate, terms: Terms) -> bool:
    """Whether a possible statement is about what was asked."""
    signs = candidate.features
    if candidate.standing is None:
        return bool(need.objects or signs["fitting"]) or _by_words(need, candidate, terms)
    if (
        signs["fitting"]
        and need.aspect
        and (terms.names_nothing(candidate.left) or is_list_asked(need, candidate.text))
    ):
        return True  # a name and a heading are all that was said, or it is the list of the heading
    return probability(signs) >= _needed(need, signs, terms)


def _needed(need: Need, signs: Mapping[str, float], terms: Terms) -> float:
    """The probability from which a statement counts."""
    if signs["fitting"]:
        return ENOUGH_AS_ASKED
    has_its_own = need.wants and need.aspect and {*need.wants} & {*terms.aspects[need.aspect].wants}
    return ENOUGH_ELSEWHERE if has_its_own and signs["aspect"] < 1 and signs["lacking"] else ENOUGH


def probability(features: Mapping[str, float]) -> float:
    """That the statement answers, 0 to 1."""
    return 1 / (1 + math.exp(-BIAS - sum(weight * features[name] for name, weight in WEIGHTS.items())))


def _is_other_figure(need: Need, candidate: Candidate, terms: Terms) -> bool:
    """Whether a statement is on a fine, where nothing done wrong is asked about, or on a price, a subsidy or a number of another subject than
    the one named: such a statement has to name that one."""
    passage = candidate.passage
    heading = terms.aspects.get(passage.aspect)
    if heading is None:
        return False
    money = "money" in heading.wants and (asks_money(need, terms) or terms.is_price(passage.aspect))
    if not (money or ("count" in need.wants and "count" in heading.wants)):
        return False
    if heading.only_with:
        return not terms.has_one_of(heading.only_with, need.text)
    if not ((need.told or need.before) and candidate.features["foreign"]):
        return False
    around = f"{passage.title} {passage.heading} {candidate.text}"
    return all(mention.of not in terms.kin(need.subject) for mention in terms.subject_mentions(around))


def _by_words(need: Need, candidate: Candidate, terms: Terms) -> bool:
    """The less the question names, the more of what it is about must be held."""
    signs, left, held = candidate.features, candidate.left.strip(), candidate.held
    says_enough = len("".join(left.split())) >= ABOUT_SOMETHING
    if signs["unpriced"]:
        return False  # what is paid is asked for: only what names an amount tells it
    if signs["way"] >= ASKED and (signs["aspect"] > 0 or not need.aspect):
        return True  # of another aspect a short question is like this one by the subject's name alone
    if not need.subject or signs["foreign"]:
        return says_enough and held >= (COVERED if need.aspect and signs["aspect"] > 0 else CLOSELY)
    if not need.aspect:
        answers = (need.wants or not left) and signs["wanted"] > 0
        return bool(answers) or held >= (COVERED if need.told else CLOSELY)
    if signs["aspect"] > 0:
        return bool(signs["exact"]) or held >= COVERED or not left
    return (not wants_value(need, terms) or signs["wanted"] > 0) and held >= NEARLY_ALL and says_enough
