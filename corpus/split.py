"""Cuts documents into passages: within one section, where source, region or validity changes, and before one grows too long.

A passage thus has exactly one Source. Long unmarked paragraphs of people's own documents are cut at sentences.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from corpus.document import Block, Document, Passage, Section, Source, Span, Validity
from corpus.fact import Fact

LONGEST = 320
"""Characters a passage may have before it is cut at the next block: a phone screen, and well below 512 tokens."""

Ground = tuple[Source, str, Validity]
"""What a passage has exactly one of: source, region, validity."""

_SENTENCE = re.compile(r"(?:《[^》\n]*》|[^。！？；\n])*(?:[。！？；\n]+[”」』）]*|$)")


def passages(document: Document, facts: Mapping[str, Fact]) -> Iterator[Passage]:
    """The passages of a document in order. A block's ground is its first fact's, or the header's."""
    for section in document.sections:
        blocks = [cut for block in section.blocks for cut in _cut(block)]
        grounds = list(_grounds(document, blocks, facts))
        numbered = groupby(range(len(blocks)), key=lambda index: grounds[index])
        for ground, indices in numbered:
            for group in _groups([blocks[index] for index in indices]):
                yield _passage(document, section, group, ground)


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each with its closing mark, cut after 。！？； and at line ends."""
    return tuple(part for part in (match[0].strip() for match in _SENTENCE.finditer(text)) if part)


def whole_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text as a reader counts them: what a semicolon parts stays together."""
    whole: list[str] = []
    for part in sentences(text):
        if whole and whole[-1].endswith("；"):
            whole[-1] += part
        else:
            whole.append(part)
    return tuple(whole)


def _grounds(document: Document, blocks: list[Block], facts: Mapping[str, Fact]) -> Iterator[Ground]:
    """A joining sentence stands on the ground of the marked block after it, else of the one before."""
    header: Ground = (document.source, document.region, document.validity)
    marked = [index for index, block in enumerate(blocks) if block.facts and block.facts[0] in facts]
    for index in range(len(blocks)):
        owner = next((m for m in marked if m >= index), marked[-1] if marked else None)
        if owner is None:
            yield header
        else:
            fact = facts[blocks[owner].facts[0]]
            yield fact.source, fact.region, fact.validity


def _cut(block: Block) -> Iterator[Block]:
    """A block that is too long for a passage, cut at sentences."""
    if len(block.text) <= LONGEST:
        yield block
        return
    piece = ""
    for sentence in sentences(block.text):
        if piece and len(piece) + len(sentence) > LONGEST:
            yield replace(block, text=piece)
            piece = ""
        piece += sentence
    yield replace(block, text=piece)


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """Runs of blocks up to LONGEST characters; items of one fact (a list of steps) stay together."""
    group: list[Block] = []
    for block in blocks:
        same_fact = bool(group and block.facts and block.facts == group[-1].facts)
        full = sum(len(member.text) for member in group) + len(block.text) > LONGEST
        if group and full and not same_fact and group[-1].facts:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _passage(document: Document, section: Section, blocks: list[Block], ground: Ground) -> Passage:
    text = "\n".join(block.text for block in blocks)
    source, region, validity = ground
    key = "\x00".join((document.id, document.title, section.heading, text))
    return Passage(
        id=f"{document.id}-{hashlib.blake2b(key.encode(), digest_size=5).hexdigest()}",
        document=document.id,
        title=document.title,
        heading=section.heading,
        text=text,
        source=source,
        validity=validity,
        region=region,
        subject=document.subject,
        spans=tuple(_spans(blocks)),
        page=blocks[0].page,
    )


def _spans(blocks: Iterable[Block]) -> Iterator[Span]:
    """One span a run of blocks that state the same facts."""
    start, open_span = 0, None
    for block in blocks:
        end = start + len(block.text)
        if open_span and block.facts == open_span.facts:
            open_span = replace(open_span, end=end)
        else:
            if open_span:
                yield open_span
            open_span = Span(start, end, block.facts) if block.facts else None
        start = end + 1
    if open_span:
        yield open_span
