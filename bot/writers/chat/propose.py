"""Proposes questions for documents that have none: a chat model says how owners would ask for each passage, a person accepts.

The model adds no knowledge: what it writes becomes a way in at most, and only once somebody has moved it from `proposed/` to `questions/`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.words import Wording, load_wording
from bot.writers.chat.model import ChatModel
from bot.writers.chat.prompt import as_data
from corpus.document import Passage
from corpus.load import load
from corpus.rows import yaml_text
from corpus.terms import Terms, load_terms
from corpus.whole import write_whole
from settings import InvalidSetting, Settings

PROPOSED = "proposed"
"""The folder of what is proposed, beside `questions/`; it is not read by the index."""
MOST, SHORTEST, LONGEST = 6, 3, 60
"""Questions a passage, and characters of one."""
_NUMBERING = re.compile(r"^\s*(?:[-*•]|\d+[.、)）])\s*")


def propose_for(settings: Settings, folder: Path) -> Iterator[str]:
    """Proposes for all documents of a folder of knowledge, written as each is done; yields the file of each, and what nothing was
    proposed for. Raises InvalidSetting without a model, MalformedFile."""
    if not (settings.chat_url and settings.chat_model):
        raise InvalidSetting("propose needs CERTGUIDE_CHAT_URL (http…/v1, OpenAI-compatible) and CERTGUIDE_CHAT_MODEL")
    folders = (*(known for known in settings.corpus if known.resolve() != folder.resolve()), folder)
    knowledge, terms, patience = load(folders), load_terms(folders), settings.chat_limit
    model = ChatModel.at(settings.chat_url, settings.chat_key, settings.chat_model, patience, patience)
    known = {way.text for way in knowledge.ways}
    for document in knowledge.documents:
        if not Path(document.path).resolve().is_relative_to(folder.resolve()):
            continue
        passages = [passage for passage in knowledge.passages if passage.document == document.id]
        proposed = list(propose(passages, known, model, load_wording(), terms))
        if rows := [row for _, row in proposed if row]:
            yield str(write_proposed(folder, document.id, rows))
        for passage in (passage for passage, row in proposed if not row):
            yield f"{document.id}: nothing for {passage.text[:24]!r}: it has no fact and no subject, or the model was of no use"


def propose(
    passages: Sequence[Passage], known: Collection[str], model: ChatModel, wording: Wording, terms: Terms
) -> Iterator[tuple[Passage, Mapping[str, Any] | None]]:
    """For each passage a row of `questions/` with what the model proposes, or None where there is nothing to point to or nothing
    usable came. `known` are questions that are there already."""
    seen = set(known)
    for passage in passages:
        target = _target(passage, terms)
        questions = _questions(passage, model, wording, seen) if target else ()
        seen |= set(questions)
        yield passage, {**target, "ask": list(questions)} if target and questions else None


def write_proposed(folder: Path, document: str, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Writes the rows of a document to `proposed/` in a folder of knowledge and returns the file; what stood there is replaced whole."""
    place = folder / PROPOSED
    place.mkdir(exist_ok=True)
    path = place / f"{document}.yaml"
    write_whole(path, yaml_text(rows))
    return path


def _target(passage: Passage, terms: Terms) -> dict[str, str]:
    """What a question for a passage points to: its fact, else its subject and aspect; empty where it has neither."""
    if passage.facts:
        return {"fact": passage.facts[0]}
    if passage.subject in terms.subjects and passage.aspect in terms.aspects:
        return {"subject": passage.subject, "aspect": passage.aspect}
    return {}


def _questions(passage: Passage, model: ChatModel, wording: Wording, seen: Collection[str]) -> tuple[str, ...]:
    text = as_data(f"{passage.title} {passage.heading}\n{passage.text}")
    asked = wording.say("propose.passage", text=text, number=MOST)
    said = "".join(model.pieces([("system", wording.say("propose.system")), ("human", asked)]))
    lines = (_NUMBERING.sub("", line).strip() for line in said.splitlines())
    usable = (line for line in lines if SHORTEST <= len(line) <= LONGEST and line not in seen)
    return tuple(dict.fromkeys(line for line in usable if line not in passage.text))[:MOST]
