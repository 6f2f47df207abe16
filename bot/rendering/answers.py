"""The text of an answer: its Markdown as safe HTML with tappable marks and telephone numbers, and as plain lines for files and copying."""

from collections.abc import Iterator, Mapping
from functools import cache, partial
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bot.rendering.inline import cited, dialled
from bot.words import Wording

_READ = ("table", "list", "blockquote", "emphasis", "newline")
"""All else is text: no HTML, no links (only sources have them, to official hosts), no headings."""


def answer_html(text: str, answer: str, wording: Wording) -> str:
    """An answer's text as HTML: paragraphs, lists, tables; [n] leads to source n of the answer with that id."""
    spoken = partial(wording.say, "page.source")
    return str(_markdown().render(text, {"answer": answer, "spoken": spoken}))


def plain_lines(text: str) -> list[str]:
    """An answer's text line by line without Markdown; items keep their numbers, cells of a row are parted by a bar."""
    return [line for line in _lines(_markdown().parse(text)) if line.strip()]


def copied(answer: Mapping[str, Any]) -> str:
    """An answer object as text to be pasted elsewhere: what it says, its sources, the generated-content mark."""
    sources = [f"[{one['number']}] {named(one)}" for one in answer["citations"]]
    return "\n".join((*plain_lines(answer["answer"]), *sources, answer["notice"]))


def named(citation: Mapping[str, Any]) -> str:
    """Title and number of a source: 《乡村民宿服务质量规范》 GB/T 39000—2020."""
    return f"《{citation['title']}》" + (f" {citation['document_number']}" if citation["document_number"] else "")


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"breaks": True}).enable(list(_READ))
    markdown.add_render_rule("text", _text)
    return markdown


def _text(_renderer: RendererHTML, tokens: list[Token], place: int, _options: Any, env: Any) -> str:
    return cited(dialled(escape(tokens[place].content)), env["answer"], env["spoken"])


def _lines(tokens: list[Token]) -> Iterator[str]:
    prefix, row = "", None
    for token in tokens:
        if token.type == "list_item_open":
            prefix = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "tr_open":
            row = list[str]()
        elif token.type == "tr_close":
            yield " | ".join(row or ())
            row = None
        elif token.type == "inline":
            said = "".join(_said(child) for child in token.children or ())
            if row is None:
                yield from (prefix + said).split("\n")
                prefix = ""
            else:
                row.append(said)


def _said(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
