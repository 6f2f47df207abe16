"""Sources as HTML: everything escaped, exactly the quote marked."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from bot.rendering.sources import marked, sources_html
from bot.words import load_wording

ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&'"
ALLOWED = {
    "section", "h3", "details", "summary", "p", "dl", "div", "dt", "dd", "span", "blockquote", "mark", "br", "a",
    "form", "label", "textarea", "button"
}  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags and attributes of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture
def answer(ask):
    return ask("德清首次通过绿色产品认证奖多少")


@pytest.fixture
def html(answer, desk):
    return sources_html(answer, desk.bot.index.passages, load_wording(), ())


def test_each_source_is_a_fold_with_its_number_and_title(html, answer):
    for citation in answer["citations"]:
        assert f'data-number="{citation["number"]}"' in html
        assert citation["title"] in unescape(html)
    assert html.count('<details class="source"') == len(answer["citations"])


def test_exactly_the_quote_is_marked_and_all_of_the_passage_shown(html, answer, desk):
    marks = re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)
    assert [plain(mark) for mark in marks] == [citation["quote"] for citation in answer["citations"]]
    texts = re.findall(r"<blockquote>(.*?)</blockquote>", html, re.DOTALL)
    passages = [desk.bot.index.passages[citation["passage"]].text for citation in answer["citations"]]
    assert [plain(text.replace("<mark>", "").replace("</mark>", "")) for text in texts] == passages


def plain(html):
    return unescape(html.replace("<br>", "\n"))


def test_a_list_is_marked_over_all_its_lines(ask, desk):
    answer = ask("绿色产品认证怎么申请")
    html = sources_html(answer, desk.bot.index.passages, load_wording(), ())
    assert plain(re.search(r"<mark>(.*?)</mark>", html, re.DOTALL)[1]) == answer["citations"][0]["quote"]


def test_region_and_validity_of_a_source_are_shown(html, say):
    assert "浙江省湖州市德清县" in html
    assert say("status.unknown") in html


@pytest.mark.parametrize("key", ["title", "document_number", "issuer", "region", "heading", "quote", "url"])
def test_a_hostile_source_cannot_bring_its_own_html(answer, key):
    hostile = {**answer, "citations": [{**answer["citations"][0], key: ATTACK}]}
    found = Tags(sources_html(hostile, {}, load_wording(), ()))
    assert found.tags <= ALLOWED
    assert not any(name.startswith("on") for name in found.attributes)


def test_a_hostile_answer_id_cannot_leave_its_attribute(answer):
    html = sources_html({**answer, "id": ATTACK}, {}, load_wording(), ())
    assert Tags(html).tags <= ALLOWED


def test_an_answer_without_sources_has_no_html(ask, desk):
    assert sources_html(ask("你好"), desk.bot.index.passages, load_wording(), ()) == ""


def test_of_a_passage_no_longer_there_the_quote_is_shown(answer):
    html = sources_html(answer, {}, load_wording(), ())
    assert answer["citations"][0]["quote"] in plain(html)


def test_quote_and_surroundings_are_escaped():
    assert marked("a<b>c</b>&d", "<b>c") == "a<mark>&lt;b&gt;c</mark>&lt;/b&gt;&amp;d"


def test_a_quote_that_is_not_in_the_text_is_not_marked():
    assert marked("甲\n<乙>", "丙") == "甲<br>&lt;乙&gt;"


def test_an_empty_quote_marks_nothing():
    assert "<mark>" not in marked("甲乙", "")


def test_only_a_source_with_an_address_has_a_link(answer):
    with_link = {**answer["citations"][0], "url": "https://www.cnca.gov.cn/a?b=1&c=2"}
    html = sources_html({**answer, "citations": [with_link, {**with_link, "url": None}]}, {}, load_wording(), ())
    assert re.findall(r'href="([^"]*)"', html) == ["https://www.cnca.gov.cn/a?b=1&amp;c=2"]
    assert 'rel="noopener"' in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "data:text/html,x"])
def test_an_address_that_would_run_something_is_no_link(answer, url):
    source = {**answer["citations"][0], "url": url}
    assert "href" not in sources_html({**answer, "citations": [source]}, {}, load_wording(), ())


def test_number_issuer_dates_and_check_are_named(answer):
    full = {**answer["citations"][0], "document_number": "GB/T 1", "issuer": "某局", "issued": "2020-01-02"}
    html = sources_html(
        {**answer, "citations": [{**full, "effective": "2020-02-01", "expires": "2030-01-31"}]}, {}, load_wording(), ()
    )
    for word in ("GB/T 1", "某局", "2020-01-02", "2020-02-01起", "至2030-01-31", "据一处报道"):
        assert word in html


def test_each_source_can_be_reported_as_wrong(html, answer):
    told = re.findall(r'<form data-answer="([^"]*)" data-vote="error" data-passage="([^"]*)">', html)
    assert told == [(answer["id"], citation["passage"]) for citation in answer["citations"]]
