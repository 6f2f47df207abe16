"""A clause in a conversation: what it takes from the question before, and which question it repeats for something else."""

import re
from dataclasses import replace

from bot.conversation import Turn
from bot.reading.clauses import Clause
from bot.reading.vocabulary import Vocabulary
from corpus.naming import Mention
from corpus.terms import Terms

SHORT = 6
"""Characters of a question that says nothing but 那呢: it repeats the last one."""
REFERS_BACK = re.compile(r"^(?:那么?|它|这个|这种|该|其|刚才|上面)|(?:呢|呐)[？?。]?$")
ENDS_OPEN = re.compile("[呢呐][？?。]?$")
_ASKS_WHO = re.compile("[谁哪怎咋啥]|什么")
"""那管理评审谁来搞 is a question of its own."""
_SAID_BESIDES = re.compile(r"(?<=[呢呐])\s.*$")
"""What is said after 那毛绒的呢."""
_COUNTED = re.compile(r"\d+(?:\.\d+)+|(?:[一二三四五六七八九十]|(?<![a-z])[a-z])(?=([钻星级型档类]))")
"""What numbers one of a row: 四钻, a型, 8.5.2."""
_IT = re.compile("^(?:那么?)?[它其]")
"""Stands for the part of a subject that the last question named."""
_NOT_DONE = re.compile(
    r"^(?:那么?|要是|如果|万一|我们?|就)*(?:不|没)[\u4e00-\u9fff]{1,4}(?:呢|会怎[么样]*|会咋样?|咋办|怎么办)[？?]?$"
)
"""不签呢: what comes of not doing what the question before was about."""
_IS_IT_SO = re.compile(r"(?:对不对|是不是|没错|对|是)(?:吧|吗|么|嘛)?[？?]?$")
"""15间对吧: what was taken for granted of one place is not of the next."""
CONSEQUENCE = "处罚"


def following(clause: Clause, last: Turn, vocabulary: Vocabulary, corrects: bool) -> Clause:
    """A clause in a conversation. One that says no more than a place, a thing or a subject repeats the last question for it."""
    said = clause.text if clause.asides else _SAID_BESIDES.sub("", clause.text)
    left = vocabulary.terms.left(said).strip()
    refers = corrects or bool(clause.places) or bool(REFERS_BACK.search(said))
    if _NOT_DONE.search(clause.text) and not clause.subjects:
        return replace(clause, subjects=(last.subject,), objects=last.objects, aspects=(CONSEQUENCE,))
    asks_itself = _ASKS_WHO.search(said) and not ENDS_OPEN.search(said)
    if corrects and (name := _renamed(left, last, vocabulary.terms)):
        clause, left = replace(clause, text=name.text, subjects=(name.of,)), ""
    bare = not clause.aspects and not clause.wants and len(left) <= SHORT and not asks_itself
    if bare and refers:
        return _repeated(clause, last, left, corrects, vocabulary)
    if (clause.subjects and not (corrects and not clause.aspects)) or (corrects and left and clause.aspects):
        return clause
    if _IT.search(clause.text) and (parts := vocabulary.terms.parts_in(last.question)):
        clause = replace(clause, text=_IT.sub(parts[0], clause.text))
    lent = () if vocabulary.terms.things(clause.text) else last.objects
    whole = replace(clause, subjects=clause.subjects or (last.subject,), objects=clause.objects or lent)
    gives_way = {name for aspect in clause.aspects for name in vocabulary.terms.aspects[aspect].gives_way}
    if not (clause.subjects or clause.places) and len(left) <= SHORT and gives_way & {*last.aspects}:
        whole = replace(whole, aspects=last.aspects)  # 最多能帮到多少钱, after a loan: no price
    if ENDS_OPEN.search(said) and not clause.aspects and not clause.wants:  # 那写了没写出处呢, after what is fined
        whole = replace(whole, aspects=last.aspects, wants=vocabulary.terms.wants(last.question))
    return whole


def _repeated(clause: Clause, last: Turn, left: str, corrects: bool, vocabulary: Vocabulary) -> Clause:
    """The last question, asked for what the clause names: a place, a subject, a thing, or in a correction anything else."""
    terms, named = vocabulary.terms, clause.subjects or clause.objects
    other = bool(left) and not named and not clause.places
    another = corrects and other
    asked = _without_names(last, clause, vocabulary) if named or another else _IS_IT_SO.sub("", last.question)
    if (swapped := _next_of_row(clause.text, last.question)) and clause.subjects in ((), (last.subject,)):
        objects = clause.objects or last.objects
        return replace(
            clause,
            text=swapped,
            subjects=(last.subject,),
            objects=objects,
            aspects=last.aspects,
            wants=terms.wants(swapped),
        )
    if other:
        for thing in (*terms.things(asked), *last.objects):
            asked = asked.replace(thing, " ")
    text = " ".join(f"{clause.text} {asked}".split()) if named or left else asked
    subjects = clause.subjects or ("" if another else last.subject,)
    objects = clause.objects or (() if named or other else last.objects)
    return replace(
        clause, text=text, subjects=subjects, objects=objects, aspects=last.aspects, wants=terms.wants(asked)
    )


def _renamed(left: str, last: Turn, terms: Terms) -> Mention | None:
    """The subject meant by a correction that gives only the end of its name: 食品, after 绿色产品, is 绿色食品."""
    for mention in terms.subject_mentions(last.question):
        for cut in range(1, len(mention.text)):
            name = mention.text[:cut] + left
            found = next(iter(terms.subject_mentions(name)), None)
            if left and found and found.text == name and not found.near and found.of != last.subject:
                return found
    return None


def _next_of_row(text: str, asked: str) -> str:
    """The last question for another of the same row (四钻呢, after 五钻), or nothing."""
    named, before = _COUNTED.search(text), _COUNTED.search(asked)
    if not named or not before or named[0] == before[0] or named[1] != before[1]:
        return ""
    return asked.replace(before[0] + (before[1] or ""), named[0] + (named[1] or ""))


def _without_names(last: Turn, clause: Clause, vocabulary: Vocabulary) -> str:
    """The last question without the subject and things that it named, nor the parts of the subject, if the clause names another."""
    text = vocabulary.terms.about(last.question)
    parts = vocabulary.terms.parts_in(text) if vocabulary.terms.parts_in(clause.text) else ()
    for thing in (*last.objects, *parts):
        text = text.replace(thing, " ")
    return " ".join(text.split())
