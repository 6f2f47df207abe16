"""The light page as a person on a phone sees it, with JavaScript of today, of yesterday and with none."""

import time

import pytest
from playwright.sync_api import expect

from bot.conversation import Claim
from bot.server import api
from tests.accessibility import faults
from tests.browser import chromium
from tests.serving import serving

pytestmark = pytest.mark.browser

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
QUESTION = "德清首次通过绿色产品认证奖多少"
LARGEST_LOAD = 100_000
OLD = "delete window.ReadableStream; delete window.TextDecoder; delete window.IntersectionObserver;"
"""A browser that cannot read a stream."""


class Slow:
    """A writer that takes its time."""

    def write(self, reading, evidence):
        for sentence in ("第一句。", "第二句。"):
            yield Claim(sentence)
            time.sleep(1.5)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser, address):
    """Opens the light page in a browser that was never here; settings of the browser by name."""
    contexts = []

    def opens(path="/h5", server=address, script="", **settings):
        context = browser.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", **settings})
        contexts.append(context)
        page = context.new_page()
        page.failed = []
        page.on("pageerror", lambda error: page.failed.append(str(error)))
        page.add_init_script(script)
        page.goto(server + path)
        return page

    yield opens
    for context in contexts:
        assert not context.pages[0].failed
        context.close()


def ask(page, question):
    before = page.locator(".answer[data-answer]").count()
    page.fill("#question", question)
    page.click("#ask button[type=submit]")
    expect(page.locator(".answer[data-answer]")).to_have_count(before + 1)


def test_all_that_is_loaded_is_small_and_from_here(opened, address):
    sizes, asked = [], []
    page = opened("/api/health")
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/h5")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < LARGEST_LOAD
    assert all(url.startswith((address, "data:")) for url in asked)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_conversation_with_sources_that_open_at_the_quote(opened, screen):
    page = opened(viewport=screen)
    ask(page, QUESTION)
    assert "20万元" in page.locator(".said").inner_text()
    expect(page.locator(".notice")).to_contain_text("自动生成")
    page.locator("a.cite").first.click()
    expect(page.locator("details.source mark")).to_be_visible()
    expect(page.locator("details.source summary").first).to_be_focused()
    ask(page, "证书有效期几年")
    assert "5年" in page.locator(".said").last.inner_text()
    assert page.input_value("#region") == "浙江省湖州市德清县"
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    expect(page.locator("#question")).to_be_in_viewport()


def test_an_answer_is_read_while_it_is_written(opened, another_desk):
    with serving(api(another_desk(writer=Slow()))) as server:
        page = opened(server=server)
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".said")).to_have_text("第一句。", timeout=1400)
        assert page.locator(".turn").get_attribute("aria-busy") == "true"
        expect(page.locator(".turn")).to_have_attribute("aria-busy", "false", timeout=6000)
        expect(page.locator(".said")).to_contain_text("第二句。")


def test_a_browser_that_reads_no_streams_gets_the_whole_answer(opened):
    page = opened(script=OLD)
    ask(page, QUESTION)
    assert "20万元" in page.locator(".said").inner_text()


def test_where_streams_are_cut_the_whole_answer_is_fetched(opened):
    page = opened()
    page.route("**/api/stream", lambda route: route.abort())
    ask(page, QUESTION)
    assert "20万元" in page.locator(".said").inner_text()


def test_without_javascript_it_answers_and_follows_up(opened):
    page = opened(java_script_enabled=False)
    ask_plainly = lambda question: (page.fill("#question", question), page.click("#ask button[type=submit]"))  # noqa: E731
    ask_plainly(QUESTION)
    expect(page.locator(".said")).to_contain_text("20万元")
    page.click("details.source summary")
    expect(page.locator("details.source mark")).to_be_visible()
    expect(page.locator(".acts")).to_be_hidden()
    ask_plainly("证书有效期几年")
    expect(page.locator(".said")).to_have_count(2)
    expect(page.locator(".said").last).to_contain_text("5年")


def test_without_a_network_the_question_is_kept_and_it_says_what_to_do(opened):
    page = opened()
    page.context.set_offline(True)
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("网络没有连上")
    assert page.input_value("#question") == QUESTION
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator(".answer[data-answer]")).to_have_count(1)


def test_a_region_that_is_not_one_is_told(opened):
    page = opened()
    page.fill("#region", "鼓楼区")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("请写全称")


def test_a_reload_loses_nothing_and_deleting_leaves_nothing(opened, desk):
    page = opened()
    ask(page, QUESTION)
    page.reload()
    expect(page.locator(".said")).to_contain_text("20万元")
    ask(page, "证书有效期几年")
    assert "5年" in page.locator(".said").last.inner_text()
    identities = [answer.get_attribute("data-answer") for answer in page.locator(".answer").all()]
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#delete")
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator("[data-ask]").first).to_be_visible()
    for identity in identities:
        with pytest.raises(LookupError):
            desk.records.answer(identity)


def test_a_vote_and_an_error_of_a_source_are_stored(opened, desk):
    page = opened()
    ask(page, QUESTION)
    page.get_by_role("button", name="有用").click()
    expect(page.locator(".thanks")).to_be_visible()
    page.click("details.source > summary")
    page.click("details.source .feedback summary")
    page.fill("details.source textarea", "金额不对")
    page.click("details.source .feedback button")
    expect(page.locator(".thanks")).to_have_count(2)
    kept = desk.records.feedback(page.get_attribute(".answer", "data-answer"))
    assert [(one.vote, one.reason) for one in kept] == [("up", None), ("error", "金额不对")]


def test_questions_offered_are_a_tap_away_also_from_an_answers_own_page(opened):
    page = opened()
    page.click("[data-ask] >> nth=1")
    expect(page.locator(".answer[data-answer]")).to_have_count(1)
    identity = page.get_attribute(".answer", "data-answer")
    page.goto(page.url.split("/h5")[0] + f"/h5/answers/{identity}")
    expect(page.locator("details.source").first).to_have_attribute("open", "")
    offered = page.locator("[data-ask]").first.inner_text()
    page.click("[data-ask] >> nth=0")
    expect(page.locator("#question")).to_have_value(offered)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_with_a_disability_out(opened, scheme):
    page = opened(color_scheme=scheme)
    assert faults(page) == []
    ask(page, QUESTION)
    page.locator("a.cite").first.click()
    page.click("details.source .feedback summary")
    assert faults(page) == []
    page.goto(page.url + "/answers/" + page.get_attribute(".answer", "data-answer"))
    assert faults(page) == []
