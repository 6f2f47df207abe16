"""Every door for programs holds a conversation of three turns, each answer with its source: a real server, the clients people use."""

import json
import sys

import anyio
import httpx
import openai
import pytest
from mcp import Client, StdioServerParameters

from bot.server import api
from settings import CHECKOUT
from tests.bot.conftest import CONVERSATION
from tests.serving import serving


@pytest.fixture
def served(town):
    with serving(api(town())) as address:
        yield address


def test_plain_http(served):
    session = None
    for question, says in CONVERSATION:
        answer = httpx.post(f"{served}/api/ask", json={"question": question, "session": session}).json()
        session = answer["session"]
        assert says in answer["answer"]
        assert says in answer["citations"][0]["quote"]


def test_plain_http_streamed(served):
    session = None
    for question, says in CONVERSATION:
        body = {"question": question, "session": session}
        with httpx.stream("POST", f"{served}/api/stream", json=body) as response:
            events = [line.removeprefix("data: ") for line in response.iter_lines() if line.startswith("data: ")]
        answer = json.loads(events[-1])
        session = answer["session"]
        assert says in "".join(json.loads(event)["text"] for event in events[:-1])
        assert says in answer["citations"][0]["quote"]


@pytest.fixture
def model(served):
    with openai.OpenAI(base_url=f"{served}/v1", api_key="none") as client:
        yield client


def test_the_official_openai_client(model, served):
    messages = [{"role": "system", "content": "You are helpful."}]
    for question, says in CONVERSATION:
        messages.append({"role": "user", "content": question})
        told = model.chat.completions.create(model=model.models.list().data[0].id, messages=messages).choices[0].message
        messages.append({"role": "assistant", "content": told.content})
        (first, *_) = [note.url_citation for note in told.annotations]
        assert says in told.content
        assert says in first.quote
        assert told.content[first.start_index : first.end_index + 1] == f"[{first.number}]"
        assert says in httpx.get(first.url).text
        assert first.url.startswith(served)


def test_the_official_openai_client_streaming(model):
    messages = []
    for question, says in CONVERSATION:
        messages.append({"role": "user", "content": question})
        with model.chat.completions.create(
            model="certguide", messages=messages, stream=True, stream_options={"include_usage": True}
        ) as stream:
            chunks = list(stream)
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        messages.append({"role": "assistant", "content": text})
        notes = [
            note for chunk in chunks if chunk.choices for note in getattr(chunk.choices[0].delta, "annotations", ())
        ]
        assert says in text
        assert says in notes[0]["url_citation"]["quote"]
        assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
        assert chunks[-1].usage.total_tokens == 0


async def _held_over_mcp(where):
    """The conversation by the official client of the Model Context Protocol."""
    async with Client(where) as client:
        for place, (question, says) in enumerate(CONVERSATION):
            earlier = [asked for asked, _ in CONVERSATION[:place]]
            told = await client.call_tool("ask", {"question": question, "earlier": earlier})
            assert not told.is_error
            assert says in told.content[0].text
            assert told.structured_content["notice"] in told.content[0].text
            assert says in told.structured_content["citations"][0]["quote"]


def test_the_official_mcp_client_over_http(served):
    anyio.run(_held_over_mcp, f"{served}/mcp")


def test_the_official_mcp_client_over_standard_input(town, monkeypatch):
    desk = town()
    environment = {
        "CERTGUIDE_DATA": str(desk.settings.data),
        "CERTGUIDE_EMBEDDER": "hashing",
        "PATH": "",
        "PYTHONPATH": str(CHECKOUT),
    }
    anyio.run(
        _held_over_mcp,
        StdioServerParameters(command=sys.executable, args=["-m", "bot.mcp"], env=environment, cwd=CHECKOUT),
    )
