"""Whatever channel an answer comes by, it says that it was generated automatically (标识办法, GB 45438-2025)."""

import json

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from bot.mcp.server import server
from bot.server import api

QUESTION = "3C是什么"
BODY = {"question": QUESTION}
CHAT = {"messages": [{"role": "user", "content": QUESTION}]}
SITE = "https://www.example.cn"


@pytest.fixture(scope="module")
def client(another_desk):
    return TestClient(api(another_desk(widget_origins=(SITE,))))


@pytest.fixture
def notice(desk):
    return desk.ask(QUESTION)["notice"]


def test_the_api(client, notice):
    assert client.post("/api/ask", json=BODY).json()["notice"] == notice
    assert notice in client.post("/api/stream", json=BODY).text


def test_the_light_page_and_the_page_of_one_answer(client, notice):
    assert notice in client.post("/h5", data=BODY).text
    identity = client.post("/api/ask", json=BODY).json()["id"]
    assert notice in client.get(f"/h5/answers/{identity}").text


def test_the_widget(client, notice):
    token = client.post("/widget/token", headers={"Origin": SITE}).json()["token"]
    headers = {"Origin": SITE, "Authorization": f"Bearer {token}"}
    assert notice in client.post("/widget/ask", json=BODY, headers=headers).json()["html"]


def test_openais_chat(client, notice):
    assert notice in client.post("/v1/chat/completions", json=CHAT).json()["choices"][0]["message"]["content"]
    events = client.post("/v1/chat/completions", json=CHAT | {"stream": True}).text.split("\n\n")
    told = [json.loads(event[6:]) for event in events if event.startswith("data: {")]
    assert notice in "".join(one["choices"][0]["delta"].get("content", "") for one in told if one["choices"])


def test_assistants_over_mcp(desk, notice):
    async def asked():
        async with Client(server(desk)) as assistant:
            return await assistant.call_tool("ask", {"question": QUESTION})

    assert notice in anyio.run(asked).content[0].text
