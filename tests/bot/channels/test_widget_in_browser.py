"""The widget on another site's page, in a real browser: on a site that may show it, and on one that may not."""

import re

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import expect

from bot.server import api
from settings import CHECKOUT
from tests.accessibility import faults
from tests.browser import chromium
from tests.serving import serving

pytestmark = pytest.mark.browser

EXAMPLE = (CHECKOUT / "examples" / "widget.html").read_text(encoding="utf-8")
STRICT = "default-src 'none'; script-src {ours}; connect-src {ours}; style-src 'none'"
"""What a careful site lets its pages do: our script and our server, no style."""


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def sites(another_desk):
    """Addresses of CertGuide, of a site that may show it, and of one that may not; both serve the example page."""
    ours, site = [""], FastAPI()

    @site.get("/", response_class=HTMLResponse)
    def page(tag: str = "", strict: bool = False):
        html = EXAMPLE.replace("http://localhost:7860", ours[0])
        html = re.sub(r'data-county=.*?"></script>', f"{tag}></script>", html) if tag else html
        return HTMLResponse(html, headers={"Content-Security-Policy": STRICT.format(ours=ours[0])} if strict else {})

    with (
        serving(site) as allowed,
        serving(site) as other,
        serving(api(another_desk(widget_origins=(allowed,)))) as ours[0],
    ):
        yield ours[0], allowed, other


@pytest.fixture(params=[{"width": 390, "height": 844}, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
def page(request, browser):
    context = browser.new_context(viewport=request.param)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    yield page
    context.close()


def ask(page, question):
    before = page.locator(".whole").count()
    page.get_by_role("textbox", name="您的问题").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".whole")).to_have_count(before + 1)


def test_on_a_site_of_the_list_it_holds_a_conversation_for_the_county_of_the_tag(page, sites):
    page.goto(sites[1])
    page.get_by_role("button", name="打开认证向导").click()
    expect(page.get_by_role("dialog", name="认证补贴问答")).to_be_visible()
    ask(page, "首次通过绿色产品认证奖多少")
    expect(page.locator(".said")).to_contain_text("20万元")
    expect(page.locator(".notice")).to_contain_text("自动生成")
    page.locator("a.cite").first.click()
    expect(page.locator("details.source mark")).to_be_visible()
    for question, says in (("那安吉呢", "安吉县"), ("证书有效期几年", "5年")):
        ask(page, question)
        expect(page.locator(".said").last).to_contain_text(says)
        expect(page.locator(".answer").last.locator("a.cite").first).to_be_visible()
    with page.context.expect_page() as opened:
        page.locator(".whole a").last.click()
    expect(opened.value.locator("details.source").first).to_have_attribute("open", "")


def test_on_any_other_site_there_is_nothing(page, sites):
    page.goto(sites[2])
    with page.expect_console_message(lambda message: "CERTGUIDE_WIDGET_ORIGINS" in message.text):
        page.reload()
    assert page.locator("[data-certguide]").count() == 0
    told = page.evaluate(f"fetch('{sites[0]}/widget/token', {{method: 'POST'}}).then(r => r.text(), e => 'kept out')")
    assert told == "kept out"


def test_it_is_used_without_a_mouse(page, sites):
    page.goto(sites[1])
    expect(page.locator(".bubble")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".bubble")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="您的问题")).to_be_focused()
    page.keyboard.type("充电宝要不要做3C")
    page.keyboard.press("Enter")
    expect(page.locator(".whole")).to_be_visible()
    log = page.get_by_role("log", name="认证补贴问答")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator("article")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".bubble")).to_be_focused()


@pytest.mark.parametrize("colour", ["7a1f1f", "ffe066", "888888"])
def test_in_any_colour_nothing_keeps_people_with_a_disability_out(page, sites, colour):
    page.goto(f"{sites[1]}/?tag=data-color=%23{colour}")
    page.locator(".bubble").click()
    assert faults(page) == []
    ask(page, "充电宝要不要做3C")
    page.locator("a.cite").first.click()
    assert faults(page) == []


def test_the_tag_chooses_title_side_and_language(page, sites):
    page.goto(f"{sites[1]}/?tag=data-title=Certificates data-side=left data-lang=en")
    page.get_by_role("button", name="Open CertGuide").click()
    expect(page.get_by_role("dialog", name="Certificates")).to_be_visible()
    assert page.locator(".panel").bounding_box()["x"] <= 20


def test_a_token_that_ran_out_is_replaced_unnoticed(page, sites):
    page.goto(sites[1])
    page.locator(".bubble").click()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(
        "**/widget/stream",
        lambda route: route.continue_(headers={**route.request.headers, "authorization": "Bearer old"}),
        times=1,
    )
    ask(page, "充电宝要不要做3C")
    assert [url.rsplit("/", 1)[1] for url in asked] == ["stream", "token", "stream"]


def test_on_a_site_with_a_strict_policy_it_works_and_breaks_no_rule_of_it(page, sites):
    page.goto(f"{sites[1]}/?strict=true")
    page.locator(".bubble").click()
    ask(page, "充电宝要不要做3C")
    assert page.locator(".bubble").evaluate("bubble => getComputedStyle(bubble).position") == "fixed"
    assert not [line for line in page.said if "widget" in line]


def test_the_sites_own_style_does_not_reach_in(page, sites):
    page.goto(sites[1])
    page.add_style_tag(content="* {display: none !important} html, body, [data-certguide] {display: block !important}")
    page.locator(".bubble").click()
    expect(page.get_by_role("dialog")).to_be_visible()
