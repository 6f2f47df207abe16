"""Markdown with a YAML header and fact ids in braces: the format of `facts/FORMAT.md`. Does not judge ids or headings (check does)."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.document import Block, Document, Section
from corpus.rows import MalformedFile, digest, read_yaml, source, validity

EXTENSIONS = (".md", ".markdown")

_HEADER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_MARK = re.compile(r"\s*\{([a-z0-9][a-z0-9-]*(?:\s+[a-z0-9][a-z0-9-]*)*)\}\s*$")


def read(path: Path) -> Document:
    """The document in `path`. Without a header the first heading is the title. Raises MalformedFile."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    match = _HEADER.match(text)
    header = read_yaml(match[1], path, first_line=2) if match else {}
    if not isinstance(header, Mapping):
        raise MalformedFile(path, 2, "the header is no list of `key: value` lines: write `title: …` and so on")
    body, skipped = (text[match.end() :], text[: match.end()].count("\n")) if match else (text, 0)
    sections = tuple(_sections(body, skipped))
    title = str(header.get("title") or _first_heading(body) or path.stem)
    return Document(
        id=str(header.get("id") or path.stem),
        title=title,
        sections=sections,
        source=source(header.get("source"), title),
        subject=str(header.get("subject") or ""),
        region=str(header.get("region") or "全国"),
        validity=validity(header.get("validity")),
        questions=tuple(header.get("questions") or ()),
        path=str(path),
        digest=digest(path),
    )


def _first_heading(body: str) -> str | None:
    match = re.search(r"^#\s+(.+)$", body, re.MULTILINE)
    return match[1].strip() if match else None


def _sections(body: str, skipped: int) -> Iterator[Section]:
    """Cuts at second-level headings; what stands before the first is a section without a heading."""
    heading, line, blocks = "", skipped + 1, list[Block]()
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for kind, block in _blocks(tokens, skipped):
        if kind == "title":
            continue
        if kind == "heading":
            if blocks:
                yield Section(heading, tuple(blocks), line)
            heading, line, blocks = block.text, block.line, []
        else:
            blocks.append(block)
    if blocks:
        yield Section(heading, tuple(blocks), line)


def _blocks(tokens: list[Token], skipped: int) -> Iterator[tuple[str, Block]]:
    """Headings, paragraphs, list items (with their number or dash) and table rows, in order."""
    lists: list[tuple[str, int]] = []
    marker, kind, line = "", "paragraph", 1
    head, cells = list[str](), list[str]()
    for token in tokens:
        line = token.map[0] + skipped + 1 if token.map else line
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                lists.append((token.type, int(token.attrGet("start") or 1)))
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "list_item_open":
                of, number = lists.pop()
                marker = f"{number}. " if of == "ordered_list_open" else "- "
                lists.append((of, number + 1))
            case "heading_open":
                kind = "title" if token.tag == "h1" else "heading"
            case "tr_open":
                kind, cells = "cell", []
            case "thead_close":
                head = cells
            case "tr_close" if head:
                yield "paragraph", _block(_row(head, cells), line)
            case "heading_close" | "table_close":
                kind, head = "paragraph", []
            case "inline" if kind == "cell":
                cells.append(_plain(token))
            case "inline":
                yield kind, _block(marker + _plain(token), line)
                marker = ""


def _row(head: list[str], cells: list[str]) -> str:
    """A table row as a sentence of its own: heading：cell；heading：cell."""
    return "；".join(f"{name}：{cell}" if name else cell for name, cell in zip(head, cells, strict=False))


def _plain(token: Token) -> str:
    """The text of an inline token, without emphasis and links' addresses."""
    return "".join(" " if child.type == "softbreak" else child.content for child in token.children or []).strip()


def _block(text: str, line: int) -> Block:
    match = _MARK.search(text)
    return (
        Block(text[: match.start()].strip(), tuple(match[1].split()), line) if match else Block(text.strip(), (), line)
    )
