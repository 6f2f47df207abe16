"""The chat page as a person sees it, on a desktop and on a phone, in a real browser."""

import io
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import docx2txt
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import ask, chromium, open_chat, said, served

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
QUESTION = "德清首次通过绿色产品认证奖多少"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with served(data, embedder="hashing") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The chat in a browser that was never here, with every address it asked for in `page.asked`."""
    context = browser.new_context(viewport=request.param, accept_downloads=True)
    page = context.new_page()
    page.asked = []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    open_chat(page, address)
    yield page
    context.close()


def fetched(url: str) -> dict[str, object]:
    with urlopen(url) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def last_answer(page: Page) -> str:
    return page.locator("#talk .answer").last.get_attribute("data-answer") or ""


def feedback(data: Path, answer: str) -> list[tuple[str, str, str]]:
    with sqlite3.connect(data / "records.db") as records:
        return list(
            records.execute("select vote, reason, passage from feedback where answer = ? order by id", (answer,))
        )


def choose_region(page: Page, *names: str) -> None:
    if page.get_attribute("#place .label-wrap", "aria-expanded") == "false":
        page.click("#place .label-wrap")
    for label, name in zip(("省", "市", "县（市、区）"), names, strict=False):
        page.get_by_label(label, exact=True).click()
        page.get_by_role("option", name=name, exact=True).click()
        expect(page.locator("#memory .where")).to_contain_text(name)
        expect(page.get_by_label(label, exact=True)).to_have_value(name)


def test_the_first_screen_says_who_answers_for_where_and_offers_six_questions(page: Page) -> None:
    text = page.inner_text("body")
    for word in ("认证向导", "自动问答程序，不代表任何机关的答复", "适用地区：还没选", "浙江省"):
        assert word in text
    assert page.locator("#talk [data-ask]").count() == 6
    for offered in page.locator("#talk [data-ask]").all():
        expect(offered).to_be_in_viewport()
    expect(page.locator("#question textarea")).to_be_in_viewport()


def test_it_can_be_used_within_three_seconds(page: Page, address: str) -> None:
    started = time.monotonic()
    open_chat(page, address)
    assert time.monotonic() - started < 3


def test_the_first_sentence_answers_with_amount_doubt_source_and_mark(page: Page) -> None:
    ask(page, QUESTION)
    first = said(page).split("。")[0]
    assert "20万元" in first
    assert "是否仍执行待" in first
    assert "[1]" in said(page)
    expect(page.locator("#talk .notice").last).to_contain_text("自动生成")


def test_a_mark_opens_its_source_at_the_very_quote(page: Page, address: str) -> None:
    ask(page, QUESTION)
    page.locator("a.cite").first.click()
    source = page.locator("details.source").first
    expect(source.locator("blockquote")).to_be_visible()
    expect(source.locator("summary").first).to_be_focused()
    cited = fetched(f"{address}/api/answers/{last_answer(page)}")["citations"][0]  # type: ignore[index]
    assert source.locator("mark").inner_text() == cited["quote"]
    assert source.locator("blockquote").inner_text() == fetched(f"{address}/api/passages/{cited['passage']}")["text"]
    for word in (cited["title"], cited["region"], "来源未写明有效期限", "据一处报道"):
        expect(source).to_contain_text(word)


def test_why_an_answer_is_so_is_told_when_its_fold_is_opened_and_stays(page: Page) -> None:
    ask(page, QUESTION)
    asked_before = [url for url in page.asked if "/why" in url]  # type: ignore[attr-defined]
    why = page.locator("details.why").first
    why.locator("summary").click()
    expect(why).to_contain_text("听懂的是：绿色产品认证，补贴，浙江省湖州市德清县")
    expect(why).to_contain_text("用时")
    assert asked_before == []
    ask(page, "你好")
    expect(why.locator(".steps")).to_be_visible()
    expect(page.locator("details.why").last.locator(".steps")).to_be_hidden()


def test_sources_of_earlier_answers_stay_and_stay_open(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("details.source").first.locator("summary").first.click()
    ask(page, "充电宝要不要做3C")
    expect(page.locator("#talk .turn").first.locator("details.source blockquote").first).to_be_visible()
    page.locator("#talk .turn").last.locator("a.cite").first.click()
    expect(page.locator("#talk .turn").last.locator("details.source blockquote").first).to_be_visible()


def test_nothing_scrolls_sideways(page: Page) -> None:
    ask(page, "民宿服务认证怎么申请，要多少钱")
    for fold in page.locator("details.source").all():
        fold.locator("summary").first.click()
    page.click("[data-look=large]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_asks_nobody_but_its_own_origin(page: Page, address: str) -> None:
    ask(page, QUESTION)
    page.wait_for_timeout(1000)
    asked: list[str] = page.asked  # type: ignore[attr-defined]
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_the_conversation_goes_on_and_the_region_follows(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.locator("#memory .where")).to_contain_text("德清县")
    ask(page, "嘉兴呢")
    assert "嘉兴" in said(page).split("。")[0]
    assert "20万元" not in said(page).split("。")[0]
    expect(page.locator("#memory .where")).to_contain_text("嘉兴市")
    page.click("#place .label-wrap")
    expect(page.get_by_label("市", exact=True)).to_have_value("嘉兴市")


def test_two_characters_are_a_question_and_a_tap_is_one_too(page: Page) -> None:
    page.locator("#talk [data-ask]").first.click()
    expect(page.locator("#talk .answer[data-answer]")).to_have_count(1)
    assert "20万元" in said(page)
    ask(page, "民宿")
    assert "民宿" in said(page)
    page.locator("#talk .next [data-ask]").first.click()
    expect(page.locator("#talk .answer[data-answer]")).to_have_count(3)
    assert page.locator("#talk .next").count() == 1


def test_a_question_asked_back_has_its_choices_as_buttons(page: Page) -> None:
    ask(page, "鼓楼区有什么补贴")
    choices = page.locator("#talk .next [data-ask]")
    assert 2 <= choices.count() <= 4
    choices.first.click()
    expect(page.locator("#memory .where")).to_contain_text("鼓楼区")


def test_typing_goes_on_while_an_answer_comes_and_none_is_lost(page: Page) -> None:
    for number, question in enumerate((QUESTION, "嘉兴呢", "充电宝要不要做3C"), 1):
        page.fill("#question textarea", question)
        page.keyboard.press("Enter")
        expect(page.locator("#talk .turn")).to_have_count(number)
    expect(page.locator("#talk .answer[data-answer]")).to_have_count(3)
    asked = [text.split("\n")[-1] for text in page.locator("#talk .asked").all_inner_texts()]
    assert asked == [QUESTION, "嘉兴呢", "充电宝要不要做3C"]
    assert "嘉兴" in page.locator("#talk .said").nth(1).inner_text()


def test_the_region_chosen_is_answered_for_kept_and_cleared(page: Page, address: str) -> None:
    choose_region(page, "浙江省", "湖州市", "德清县")
    ask(page, "绿色产品认证政府给多少")
    assert "德清县" in said(page)
    open_chat(page, address)
    expect(page.locator("#memory .where")).to_contain_text("浙江省湖州市德清县")
    page.click("#memory [data-forget=region]")
    expect(page.locator("#memory .where")).to_contain_text("还没选")
    ask(page, "3C证书有效期几年")
    expect(page.locator("#memory .where")).to_contain_text("还没选")


def test_an_address_may_name_region_and_language(page: Page, address: str) -> None:
    open_chat(page, f"{address}?region=德清&lang=en")
    expect(page.locator("#memory .where")).to_contain_text("Answers hold for: 浙江省湖州市德清县")


def test_helpful_or_not_is_stored_with_a_reason(page: Page, data: Path) -> None:
    ask(page, QUESTION)
    page.click("#talk [data-vote=up]")
    expect(page.locator("#talk .thanks")).to_be_visible()
    assert feedback(data, last_answer(page)) == [("up", None, None)]
    ask(page, "充电宝要不要做3C")
    turn = page.locator("#talk .turn").last
    turn.locator(".acts summary").click()
    turn.get_by_text("金额或日期不对").click()
    turn.locator(".acts textarea").fill("今年改了，电话13812345678")
    turn.locator(".acts form button").click()
    expect(turn.locator(".thanks")).to_be_visible()
    assert feedback(data, last_answer(page)) == [("down", "金额或日期不对；今年改了，电话[手机号]", None)]


def test_an_error_is_reported_for_the_very_passage(page: Page, data: Path, address: str) -> None:
    ask(page, QUESTION)
    source = page.locator("details.source").first
    source.locator("summary").first.click()
    source.locator(".feedback summary").click()
    source.locator("textarea").fill("已经停了")
    source.locator("form button").click()
    expect(page.locator("#talk .thanks")).to_be_visible()
    answer = last_answer(page)
    cited = fetched(f"{address}/api/answers/{answer}")["citations"][0]  # type: ignore[index]
    assert feedback(data, answer) == [("error", "已经停了", cited["passage"])]
    expect(source.locator("blockquote")).to_be_visible()


def test_an_answer_is_copied_with_sources_and_mark(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    ask(page, QUESTION)
    page.click("#talk [data-copy]")
    expect(page.locator("#talk [data-copy]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    for word in ("20万元", "[1] 《", "自动生成"):
        assert word in copied


@pytest.mark.parametrize("form", ["Word", "PDF"])
def test_the_conversation_is_taken_away_as_a_file(page: Page, address: str, form: str) -> None:
    ask(page, QUESTION)
    ask(page, "嘉兴呢")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=form).click()
    assert re.fullmatch(r"认证向导问答记录-\d{4}-\d\d-\d\d\.(docx|pdf)", waiting.value.suggested_filename)
    content = Path(waiting.value.path()).read_bytes()
    if form == "Word":
        text = docx2txt.process(io.BytesIO(content))
    else:
        text = "".join(sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(content))
    text = "".join(text.split())
    cited = fetched(f"{address}/api/answers/{last_answer(page)}")["citations"]
    for word in (QUESTION, "嘉兴呢", "20万元", "自动生成", *("".join(one["title"].split()) for one in cited)):  # type: ignore[attr-defined]
        assert word in text


def test_a_reload_keeps_the_conversation_and_a_new_beginning_clears_it(page: Page, address: str) -> None:
    ask(page, QUESTION)
    open_chat(page, address)
    assert "20万元" in said(page)
    ask(page, "嘉兴呢")
    assert "嘉兴" in said(page).split("。")[0]
    page.get_by_role("button", name="重新开始").click()
    expect(page.locator("#talk .welcome")).to_be_visible()
    open_chat(page, address)
    expect(page.locator("#talk .welcome")).to_be_visible()


def test_my_records_are_deleted_when_i_am_sure(page: Page, data: Path, address: str) -> None:
    ask(page, QUESTION)
    first = last_answer(page)
    page.get_by_role("button", name="重新开始").click()
    expect(page.locator("#talk .welcome")).to_be_visible()
    ask(page, "充电宝要不要做3C")
    second = last_answer(page)
    page.get_by_role("button", name="删除我的记录").click()
    page.get_by_role("button", name="不删").click()
    expect(page.locator("#sure")).to_be_hidden()
    assert fetched(f"{address}/api/answers/{first}")
    page.get_by_role("button", name="删除我的记录").click()
    page.get_by_role("button", name="确定删除").click()
    expect(page.get_by_text("已删除2条记录")).to_be_visible()
    expect(page.locator("#talk .welcome")).to_be_visible()
    for answer in (first, second):
        with pytest.raises(HTTPError, match="404"):
            fetched(f"{address}/api/answers/{answer}")
    open_chat(page, address)
    expect(page.locator("#memory .where")).to_contain_text("还没选")


def test_the_words_of_the_page_change_with_the_language_and_stay(page: Page, address: str) -> None:
    page.click("[data-language=en]")
    expect(page.locator("#head .who")).to_contain_text("An automatic program")
    expect(page.get_by_label("Your question")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    ask(page, QUESTION)
    expect(page.locator("#talk .sources h3")).to_have_text("Sources")
    open_chat(page, address)
    expect(page.locator("#head .who")).to_contain_text("An automatic program")
    page.click("[data-language=zh]")
    expect(page.locator("#head .who")).to_contain_text("自动问答程序")


def test_dark_and_large_are_remembered(page: Page, address: str) -> None:
    for look in ("large", "dark"):
        page.click(f"[data-look={look}]")
    page.goto(address)
    expect(page.locator("html.large body.dark")).to_have_count(1)
    expect(page.locator("[data-look=dark]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-look=dark]")
    expect(page.locator("body.dark")).to_have_count(0)


def test_big_is_for_a_projector(page: Page, address: str) -> None:
    open_chat(page, f"{address}?big")
    ask(page, QUESTION)
    assert page.locator("#talk .said p").first.bounding_box()["height"] > 60  # type: ignore[index]
    expect(page.locator("#tools")).to_be_hidden()
    expect(page.locator("#head nav")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_telephone_numbers_can_be_tapped(page: Page) -> None:
    ask(page, "12315")
    assert page.locator("#talk .said a[href='tel:12315']").count() >= 1


def test_all_can_be_done_with_the_keyboard(page: Page) -> None:
    page.focus("#question textarea")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#talk .answer[data-answer]")).to_have_count(1)
    page.locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.source blockquote").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("details.source blockquote").first).to_be_hidden()
    reached = set()
    page.locator("#head button").first.focus()
    for _ in range(40):
        reached.add(
            page.evaluate(
                "(e => e.dataset.look || e.dataset.vote || e.dataset.ask || e.textContent.trim())(document.activeElement)"
            )
        )
        page.keyboard.press("Tab")
    assert {
        "large",
        "dark",
        "English",
        "选择地区 ▼",
        "复制",
        "up",
        "发送",
        "Word",
        "PDF",
        "重新开始",
        "删除我的记录",
    } <= reached


def test_a_question_too_long_gets_advice_and_goes_back_into_the_box(page: Page) -> None:
    page.fill("#question textarea", "长" * 600)
    page.keyboard.press("Enter")
    expect(page.locator("#talk .advice")).to_contain_text("500")
    expect(page.locator("#question textarea")).to_have_value("长" * 600)


def test_an_empty_question_gets_advice_and_harms_nothing(page: Page) -> None:
    page.focus("#question textarea")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .advice")).to_have_text("请先输入问题。")
    ask(page, QUESTION)
    assert "20万元" in said(page)
    expect(page.locator("#talk .advice")).to_have_count(0)


def test_a_lost_connection_does_not_lose_the_question(page: Page) -> None:
    page.context.set_offline(True)
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#question textarea")).to_have_value(QUESTION, timeout=20_000)
    page.context.set_offline(False)
    page.wait_for_timeout(6000)  # Gradio finds its server again and draws the page anew
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    page.focus("#question textarea")
    page.keyboard.press("Enter")
    expect(page.locator("#talk .answer[data-answer]")).to_have_count(1)
    assert "20万元" in said(page)
