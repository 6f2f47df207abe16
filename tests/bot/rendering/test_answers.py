"""An answer's text as HTML and as plain lines."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.answers import answer_html, copied, plain_lines
from bot.words import load_wording
from tests.bot.rendering.test_sources import ATTACK, Tags

WORDING = load_wording()
LIST = "分两步，办完为止：[1]\n1. 申请。\n2. 检查，打12315问。\n\n适用：全国。"


def test_paragraphs_lists_marks_and_numbers_are_set():
    html = answer_html(LIST, "a", WORDING)
    assert html.count("<li>") == 2
    assert html.count("<p>") >= 2
    assert 'href="#source-a-1"' in html
    assert 'href="tel:12315"' in html


def test_plain_lines_have_neither_markdown_nor_html():
    assert plain_lines(LIST) == ["分两步，办完为止：[1]", "1. 申请。", "2. 检查，打12315问。", "适用：全国。"]
    assert plain_lines("**要**做。\n- 甲\n- 乙") == ["要做。", "• 甲", "• 乙"]
    assert plain_lines("| 档 | 元 |\n| --- | --- |\n| 一 | 5 |") == ["档 | 元", "一 | 5"]


def test_html_links_and_images_of_a_writer_are_only_text():
    html = answer_html(
        f"{ATTACK}\n\n[点这里](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
        "a",
        WORDING,
    )
    assert Tags(html).tags <= {"p", "br"}


@given(st.text(max_size=80))
def test_no_text_brings_its_own_tags(text):
    found = Tags(answer_html(text, "a", WORDING))
    assert found.tags <= {
        "p",
        "blockquote",
        "br",
        "ol",
        "ul",
        "li",
        "strong",
        "em",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert found.attributes <= {"class", "href", "aria-label", "start", "style"}


@given(st.text(max_size=80))
def test_plain_lines_lose_no_word(text):
    def words(some):
        return re.findall(r"[\u4e00-\u9fff]+", some)

    assert "".join(words("".join(plain_lines(text)))) == "".join(words(text))


def test_a_copy_carries_sources_and_the_mark(ask):
    answer = ask("德清首次通过绿色产品认证奖多少")
    text = copied(answer)
    assert "20万元" in text
    assert all(citation["title"] in text for citation in answer["citations"])
    assert text.endswith(answer["notice"])
