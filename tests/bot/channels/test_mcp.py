"""The Model Context Protocol: what an assistant finds to call, what it is told when a call cannot be answered."""

import subprocess
import sys

import anyio
import httpx
import pytest
from mcp import Client

from bot import maintenance
from bot.mcp.__main__ import main
from bot.mcp.server import server
from settings import CHECKOUT

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}


@pytest.fixture(scope="module")
def call(desk):
    """Calls a tool in this process by the official client; gives the result."""
    made = server(desk)

    def calls(name, **arguments):
        async def held():
            async with Client(made) as client:
                return await client.call_tool(name, arguments)

        return anyio.run(held)

    return calls


def test_ask_search_and_every_tool_of_ours_are_offered_as_reading_only(desk):
    async def listed():
        async with Client(server(desk)) as client:
            return (await client.list_tools()).tools

    tools = anyio.run(listed)
    assert [tool.name for tool in tools] == ["ask", "search", "expiry"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)


def test_passages_are_found_word_for_word_with_their_source(call, desk):
    told = call("search", query="民宿灭火器", limit=3)
    found = told.structured_content["passages"]
    assert len(found) == 3
    assert "灭火器" in found[0]["text"]
    for one in found:
        assert one["text"] == desk.bot.index.passages[one["id"]].text
        assert one["text"] in told.content[0].text
        assert one["source"]["title"]


def test_a_tool_of_ours_reckons_and_cites(call):
    told = call("expiry", question="3C证书2024年5月1日发的，什么时候到期", on="2026-11-23")
    assert "2029年4月30日" in told.content[0].text
    assert told.structured_content["citations"]


def test_a_question_that_is_not_for_a_tool_is_sent_back(call):
    told = call("expiry", question="充电宝要不要做3C")
    assert told.is_error
    assert "use ask" in told.content[0].text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"question": " "}, "请先输入问题"),
        ({"question": "3C是什么", "region": "鼓楼区"}, "请写全称"),
        ({"question": "3C是什么", "on": "yesterday"}, "YYYY-MM-DD"),
    ],
)
def test_what_the_caller_can_mend_comes_with_how(call, arguments, says):
    told = call("ask", **arguments)
    assert told.is_error
    assert says in told.content[0].text


def test_pages_of_other_sites_may_not_call_it(address):
    headers = {"Accept": "application/json, text/event-stream"}
    assert httpx.post(f"{address}/mcp", json=INITIALIZE, headers=headers).status_code == 200
    refused = httpx.post(f"{address}/mcp", json=INITIALIZE, headers={**headers, "Origin": "http://evil.example"})
    assert refused.status_code == 403
    assert "CERTGUIDE_CORS_ORIGINS" in refused.text


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_no_stream_to_listen_to_and_no_session_to_end(address, method):
    refused = httpx.request(method, f"{address}/mcp", headers={"Accept": "text/event-stream"}, timeout=20)
    assert refused.status_code == 405
    assert refused.headers["allow"] == "POST"


def test_without_an_index_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CERTGUIDE_DATA", str(tmp_path))
    assert main([]) == 2
    assert "python -m index" in capsys.readouterr().err


def test_without_the_extra_there_is_no_such_door_and_all_others_open():
    without = "import sys; sys.modules['mcp'] = None; from bot.channels.mcp import router; print(router(None).routes)"
    done = subprocess.run([sys.executable, "-c", without], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_while_closed_an_assistant_is_told_so_by_every_tool(desk, call):
    maintenance.close(desk.settings, "今晚八点后再来")
    try:
        for name, arguments in (
            ("ask", {"question": "3C是什么"}),
            ("search", {"query": "3C"}),
            ("expiry", {"question": "x"}),
        ):
            told = call(name, **arguments)
            assert told.is_error
            assert "今晚八点后再来" in told.content[0].text
    finally:
        maintenance.reopen(desk.settings)
