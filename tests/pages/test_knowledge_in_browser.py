"""The knowledge page as a person sees it, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chromium, served

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("data"), embedder="hashing") as found:
        yield f"{found}/knowledge/"


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page(viewport=PHONE)


def listed(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".books li").first).to_be_visible(timeout=20_000)


def test_every_document_is_listed_with_its_validity(page: Page, address: str) -> None:
    listed(page, address)
    assert 40 <= page.locator(".books li").count() <= 90
    assert page.locator(".books .badge.lapsed").count() > 0


def test_a_search_brings_the_document_first(page: Page, address: str) -> None:
    listed(page, address)
    page.fill("#search textarea", "民宿灭火器放在哪里")
    page.keyboard.press("Enter")
    expect(page.locator(".books li").first).to_contain_text("民宿消防")


def test_a_document_is_read_with_source_region_and_validity_of_each_passage(page: Page, address: str) -> None:
    listed(page, address)
    page.click("text=民宿消防 >> nth=0")
    expect(page.locator(".book h1")).to_have_text("民宿消防", timeout=20_000)
    passages = page.locator(".book .passage")
    assert passages.count() > 10
    assert page.locator(".passage .badge").count() >= 2 * passages.count()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_printed_it_has_neither_filters_nor_buttons(page: Page, address: str) -> None:
    page.goto(address + "?document=homestay-fire")
    expect(page.locator(".book h1")).to_be_visible(timeout=20_000)
    page.emulate_media(media="print")
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator(".book h1")).to_be_visible()
    page.emulate_media(media="screen")


def test_a_document_that_is_not_there_is_told_kindly(page: Page, address: str) -> None:
    page.goto(address + "?document=nowhere")
    expect(page.locator("#books")).to_contain_text("没有这份资料", timeout=20_000)
