"""The chat page as a person sees it, in a real browser."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chromium, served

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
QUESTION = "德清首次通过绿色产品认证奖多少"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("data"), embedder="hashing") as found:
        yield found


@pytest.fixture(scope="module")
def pages() -> Iterator[list[Page]]:
    with chromium() as browser:
        page = browser.new_page(viewport=PHONE)
        yield [page]


@pytest.fixture
def page(pages: list[Page], address: str) -> Page:
    """The chat on a phone, with every address it asked for in `page.asked`."""
    page = pages[0]
    page.asked = []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    page.goto(address)
    page.wait_for_selector("#question textarea")
    return page


def ask(page: Page, question: str) -> None:
    """Types a question, sends it, and waits until the answer is whole."""
    before = page.get_attribute("section.sources", "data-answer") if page.query_selector("section.sources") else ""
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => { const s = document.querySelector('section.sources'); return s && s.dataset.answer !== before }",
        arg=before,
    )


def said(page: Page) -> str:
    return page.locator("#chat .bot.message").last.inner_text()


def test_the_first_sentence_answers_with_amount_doubt_and_source(page: Page) -> None:
    ask(page, QUESTION)
    first = said(page).split("。")[0]
    assert "20万元" in first
    assert "是否仍执行待" in first
    assert "[1]" in said(page)


def test_a_source_opens_to_the_passage_with_the_very_quote_marked(page: Page, address: str) -> None:
    ask(page, QUESTION)
    page.click("details.source[data-number='1'] summary")
    expect(page.locator("details.source[data-number='1'] blockquote")).to_be_visible()
    identity = page.get_attribute("section.sources", "data-answer")
    with urlopen(f"{address}/api/answers/{identity}") as answer:
        cited = json.load(answer)["citations"][0]
    with urlopen(f"{address}/api/passages/{cited['passage']}") as passage:
        text = json.load(passage)["text"]
    assert page.inner_text("details.source[data-number='1'] mark") == cited["quote"]
    assert page.inner_text("details.source[data-number='1'] blockquote") == text


def test_nothing_scrolls_sideways_on_a_phone(page: Page) -> None:
    ask(page, "民宿服务认证怎么申请，要多少钱")
    page.click("details.source[data-number='1'] summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_page_asks_nobody_but_its_own_origin(page: Page, address: str) -> None:
    ask(page, QUESTION)
    page.wait_for_timeout(1000)
    asked: list[str] = page.asked  # type: ignore[attr-defined]
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_the_conversation_goes_on(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "嘉兴呢")
    assert "嘉兴" in said(page).split("。")[0]
    assert "20万元" not in said(page).split("。")[0]


def test_a_question_offered_is_asked_by_a_tap(page: Page) -> None:
    page.locator("#chat .example").first.click()
    expect(page.locator("#chat .bot.message").last).to_contain_text("20万元")


def test_the_region_chosen_is_the_region_answered_for(page: Page) -> None:
    page.click("#region button")
    for label, name in (("省", "浙江省"), ("市", "湖州市"), ("县（市、区）", "德清县")):
        page.get_by_label(label, exact=True).click()
        page.get_by_role("option", name=name, exact=True).click()
        page.wait_for_timeout(500)
    ask(page, "绿色产品认证政府给多少")
    assert "德清县" in said(page)


def test_an_unusable_question_gets_a_word_of_advice(page: Page) -> None:
    page.fill("#question textarea", "长" * 600)
    page.keyboard.press("Enter")
    expect(page.locator("#chat .bot.message").last).to_contain_text("500")
