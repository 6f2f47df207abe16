"""Nothing on the pages keeps people with a disability out, as far as axe-core sees."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import faults
from tests.browser import ask, chromium, open_chat, served

pytestmark = pytest.mark.browser

QUESTION = "德清首次通过绿色产品认证奖多少"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("data"), embedder="hashing") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    open_chat(page, address)
    yield page
    context.close()


def test_the_empty_page_has_no_serious_fault(page: Page) -> None:
    assert faults(page) == []


def test_an_answered_page_has_none_its_folds_open_or_shut(page: Page) -> None:
    ask(page, QUESTION)
    assert faults(page) == []
    page.locator("a.cite").first.click()
    page.locator("details.source .feedback summary").first.click()
    page.locator(".acts .feedback summary").click()
    page.locator("details.why summary").click()
    expect(page.locator("details.why .steps")).to_be_visible()
    page.click("#place .label-wrap")
    expect(page.locator("details.source textarea").first).to_be_visible()
    assert faults(page) == []


def test_dark_and_english_have_none(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("a.cite").first.click()
    page.click("[data-look=dark]")
    page.wait_for_timeout(500)  # colours change gradually
    assert faults(page) == []
    page.click("[data-language=en]")
    expect(page.locator("#talk .sources h3")).to_have_text("Sources")
    assert faults(page) == []


def test_a_question_asked_back_and_the_wish_to_delete_have_none(page: Page) -> None:
    ask(page, "鼓楼区有什么补贴")
    page.get_by_role("button", name="删除我的记录").click()
    expect(page.get_by_role("button", name="确定删除")).to_be_visible()
    assert faults(page) == []


def test_answers_are_spoken_once_they_are_whole(page: Page) -> None:
    ask(page, QUESTION)
    log = page.get_by_role("log", name="对话")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator("article").last).to_have_attribute("aria-busy", "false")
