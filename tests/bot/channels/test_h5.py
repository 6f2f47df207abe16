"""The light page without JavaScript: a form, whole pages, one answer with its sources."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from bot.channels.h5 import MOST_TURNS
from bot.server import api
from tests.bot.conftest import CONVERSATION
from tests.bot.rendering.test_sources import ATTACK

LARGEST_PAGE = 100_000
QUESTION = "德清首次通过绿色产品认证奖多少"


class Form(HTMLParser):
    """What a browser would send back of the page's form."""

    def __init__(self, page):
        super().__init__()
        self.fields, self._open = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input" and told.get("name"):
            self.fields[told["name"]] = told.get("value", "")
        self._open = told.get("name", "") if tag == "textarea" else ""
        if self._open:
            self.fields[self._open] = ""

    def handle_data(self, data):
        if self._open:
            self.fields[self._open] += data

    def handle_endtag(self, tag):
        self._open = ""


def ask(web, page, question, **changes):
    fields = {**Form(page).fields, "question": question, **changes}
    return web.post("/h5", data=fields).text


def said(page):
    """The text of the answers, one each."""
    return [
        unescape(re.sub("<[^>]+>", "", found))
        for found in re.findall(r'<div class="said">(.*?)</div>', page, re.DOTALL)
    ]


def test_the_page_and_all_it_loads_are_small_and_ours(web):
    page = web.get("/h5")
    loaded = re.findall(r'(?:src|href)="([^"]+\.(?:js|css)\?\w+)"', page.text)
    assert len(loaded) == 2
    parts = [web.get(address) for address in loaded]
    assert all(part.status_code == 200 and "immutable" in part.headers["cache-control"] for part in parts)
    assert sum(len(part.content) for part in (page, *parts)) < LARGEST_PAGE
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_the_address_may_bring_question_and_region_and_a_language(web):
    fields = Form(web.get("/h5", params={"q": '3C"><script>', "region": "德清"}).text).fields
    assert (fields["question"], fields["region"]) == ('3C"><script>', "德清")
    assert "Send" in web.get("/h5?lang=en").text


def test_a_conversation_is_held_by_posting_the_form(town):
    web = TestClient(api(town()))
    page = web.get("/h5").text
    for place, (question, says) in enumerate(CONVERSATION, 1):
        page = ask(web, page, question)
        answers = said(page)
        assert len(answers) == place
        assert says in answers[-1]
        assert page.count('<details class="source"') >= place
        assert page.count("自动生成") >= place


def test_the_region_typed_counts_by_any_name_and_is_shown_in_full(web):
    page = ask(web, web.get("/h5").text, "首次通过绿色产品认证奖多少", region="德清")
    assert "20万元" in said(page)[0]
    assert Form(page).fields["region"] == "浙江省湖州市德清县"


@pytest.mark.parametrize(("region", "says"), [("鼓楼区", "请写全称"), ("亚特兰蒂斯", "不认识")])
def test_a_region_that_is_not_one_is_asked_again_and_the_question_kept(web, region, says):
    page = ask(web, web.get("/h5").text, QUESTION, region=region)
    fields = Form(page).fields
    assert says in page
    assert (fields["question"], fields["region"]) == (QUESTION, region)
    assert said(page) == []


def test_a_question_that_cannot_be_used_goes_back_into_the_box(web):
    long = "问" * 600
    page = ask(web, web.get("/h5").text, long)
    assert 'class="advice"' in page
    assert Form(page).fields["question"] == long


@pytest.mark.parametrize(
    "kept", ["{", "[" * 20_000, "[]", '{"answers": ["nowhere", 7], "session": 7, "profile": []}', "null"]
)
def test_what_is_broken_in_the_form_is_left_out(web, kept):
    assert len(said(ask(web, web.get("/h5").text, QUESTION, kept=kept))) == 1


def test_the_page_does_not_grow_for_ever(web):
    page = web.get("/h5").text
    for _ in range(MOST_TURNS + 2):
        page = ask(web, page, "你好")
    assert len(said(page)) <= MOST_TURNS + 1


def test_an_answer_has_a_page_with_its_sources_in_full(web):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    page = web.get(f"/h5/answers/{answer['id']}").text
    text = unescape(page)
    assert QUESTION in text
    for cited in answer["citations"]:
        for word in (cited["title"], cited["document_number"] or "", cited["issuer"] or "", cited["region"]):
            assert word in text
        assert f"<mark>{cited['quote'][:10]}" in text
    assert page.count('<details class="source" open') == len(answer["citations"])
    assert "来源未写明有效期限" in text
    assert answer["notice"] in text
    assert answer["on"] in text
    assert 'content="noindex"' in page


def test_an_answers_page_tells_why_it_is_so_in_a_fold(web):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    page = web.get(f"/h5/answers/{answer['id']}").text
    assert f'<details class="why" id="why-{answer["id"]}"><summary>为什么这样回答</summary>' in page
    assert "浙江省湖州市德清县，浙江省湖州市，浙江省，全国" in page
    opened = web.get(f"/h5/answers/{answer['id']}", params={"why": 1, "lang": "en"}).text
    assert f'id="why-{answer["id"]}" open><summary>Why this answer</summary>' in opened


def test_in_a_conversation_the_fold_leads_to_the_steps(web):
    page = unescape(ask(web, web.get("/h5").text, QUESTION))
    steps, whole = (re.search(rf'{name}="(h5/answers/[^"]+)"', page)[1] for name in ("data-why", "href"))
    assert "听懂的是：绿色产品认证，补贴" in web.get(f"/{steps}").text
    assert "听懂的是：绿色产品认证，补贴" in web.get(f"/{whole}").text


def test_an_answer_from_before_traces_were_kept_says_so(web, desk):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    desk.records.replace_answer(web.get(f"/api/answers/{answer['id']}").json())
    assert "没有留下步骤记录" in web.get(f"/h5/answers/{answer['id']}/why").text
    assert 'class="why"' not in web.get(f"/h5/answers/{answer['id']}").text
    assert web.get("/h5/answers/nowhere/why").status_code == 404


def test_of_no_answer_the_page_says_what_to_do(web):
    page = web.get("/h5/answers/nowhere")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "请重新提问" in page.text
    assert "nowhere" not in page.text


def test_a_failure_is_a_page_too(web):
    page = web.post("/h5", data={})
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_what_is_asked_can_put_nothing_into_the_page(web):
    page = ask(web, web.get("/h5").text, ATTACK)
    assert "<script>" not in page
    assert "<img" not in page


def test_in_english_the_page_of_an_answer_names_its_place_in_english(web):
    answer = web.post("/api/ask", json={"question": "德清绿色产品认证奖多少"}).json()
    page = web.get(f"/h5/answers/{answer['id']}", params={"lang": "en"}).text
    assert "region: Deqing County, Huzhou City, Zhejiang Province" in page
