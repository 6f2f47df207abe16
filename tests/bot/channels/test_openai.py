"""The chat completions of OpenAI's API: what the official client makes of refusals, and what is read of a request."""

import json
import re

import openai
import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt

from bot.channels.openai import _plain
from bot.server import api
from tests.bot.test_server import Broken
from tests.serving import serving

ASKED = [{"role": "user", "content": "充电宝要不要做3C"}]


@pytest.fixture(scope="module")
def completions(address):
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client:
        yield client.chat.completions


def test_the_one_model_is_listed_and_found(address):
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client:
        assert [model.id for model in client.models.list()] == ["certguide"]
        assert client.models.retrieve("certguide").owned_by == "certguide"


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"model": "gpt-9"}, openai.NotFoundError, "not_found"),
        ({"messages": [{"role": "user", "content": " "}]}, openai.UnprocessableEntityError, "unusable_question"),
        ({"messages": []}, openai.UnprocessableEntityError, "invalid_request"),
        (
            {"messages": [*ASKED, {"role": "assistant", "content": "?"}]},
            openai.UnprocessableEntityError,
            "unusable_question",
        ),
        ({"extra_body": {"profile": {"region": "鼓楼区"}}}, openai.UnprocessableEntityError, "ambiguous_region"),
        (
            {"messages": [{"role": "user", "content": "x" * 2_000_000}]},
            openai.APIStatusError,
            "too_large",
        ),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_refusal_comes_in_the_apis_own_form(completions, changes, kind, code, stream):
    with pytest.raises(kind) as refused:
        completions.create(**{"model": "certguide", "messages": ASKED, "stream": stream, **changes})
    assert refused.value.code == code
    assert refused.value.body["type"] == "invalid_request_error"
    assert refused.value.body["message"]


def test_a_profile_may_be_told_and_parts_of_a_message_are_read_together(completions):
    parts = [{"type": "text", "text": "首次通过"}, {"type": "text", "text": "绿色产品认证奖多少"}]
    told = completions.create(
        model="certguide",
        messages=[{"role": "user", "content": parts}],
        temperature=0.2,
        extra_body={"profile": {"region": "德清"}},
    )
    assert "20万元" in told.choices[0].message.content
    assert told.certguide["region"] == "浙江省湖州市德清县"


def test_every_mark_of_the_text_is_annotated_and_every_source_listed(completions, desk):
    told = completions.create(model="certguide", messages=ASKED)
    message = told.choices[0].message
    kept = desk.records.answer(told.certguide["id"])
    notes = [note.url_citation for note in message.annotations]
    assert [message.content[note.start_index : note.end_index + 1] for note in notes] == [
        f"[{note.number}]" for note in notes
    ]
    assert {note.quote for note in notes} == {citation["quote"] for citation in kept["citations"]}
    assert all(citation["title"] in message.content for citation in kept["citations"])
    assert message.content.endswith(kept["notice"])


def test_a_stream_that_fails_midway_fails_in_the_client(another_desk):
    with (
        serving(api(another_desk(writer=Broken("先说一句。")))) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="none") as client,
        client.chat.completions.create(model="certguide", messages=ASKED, stream=True) as stream,
    ):
        heard = []
        with pytest.raises(openai.APIError, match="稍后再试"):
            heard.extend(chunk.choices[0].delta.content for chunk in stream)


def test_a_name_of_a_model_is_not_said_back_without_end(web):
    body = {"model": "x" * 500_000, "messages": [{"role": "user", "content": "3C是什么"}]}
    refused = web.post("/v1/chat/completions", json=body)
    assert refused.status_code == 404
    assert len(refused.content) < 1000


def test_where_our_address_is_known_links_lead_there_whatever_host_a_caller_names(another_desk):
    client = TestClient(api(another_desk(public="https://cert.example.cn")), headers={"Host": "evil.example"})
    told = client.post("/v1/chat/completions", json={"messages": ASKED}).text
    assert "https://cert.example.cn/h5/answers/" in told
    assert "evil.example" not in told


HOSTILE = "德清县对首次获得绿色产品认证的企业一次性奖励8万元[2] [点此](javascript:alert(1)) ![图](http://evil.example/x.png) <b>名额</b> <http://evil.example>。"


@pytest.mark.parametrize("stream", [False, True])
def test_documents_bring_no_links_pictures_or_html_into_the_text(shelf, stream):
    """Who shows the text as Markdown finds in it what we put there: marks, lists, our own page of the answer."""
    shelf.put_row(
        "x", values="{奖励: 80000元}", source="{title: '文件<b>[点](http://evil.example)', checked: secondary}"
    )
    shelf.put("green", f"## 补贴：德清县\n{HOSTILE}{{x}}")
    asked = {"messages": [{"role": "user", "content": "德清绿色产品认证奖多少"}], "stream": stream}
    told = TestClient(api(shelf.desk())).post("/v1/chat/completions", json=asked)
    if stream:
        chunks = [json.loads(line[6:]) for line in told.text.splitlines() if line.startswith("data: {")]
        text = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
    else:
        text = told.json()["choices"][0]["message"]["content"]
    html = MarkdownIt("commonmark").render(text)
    assert "8万元" in html
    assert "<b>" not in html
    assert "<img" not in html
    assert set(re.findall(r'href="([^"]*)"', html)) == set(re.findall(r"<(http://testserver/h5/answers/[^>]+)>", text))


def test_a_text_cannot_make_a_link_of_our_mark():
    for text in ("8万元。[1](http://evil.example)", "(http://evil.example)"):
        assert "](" not in f"[1]{_plain(text)}"
        assert len(_plain(text)) == len(text)
    assert _plain("8万元。[1][12]\n- 二[3]") == "8万元。[1][12]\n- 二[3]"
