"""What an assistant may call: ask, search, and every tool of bot/tools/ by its own name."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from bot.answering import Bot, UnusableQuestion
from bot.capacity import TurnedAway
from bot.channels.api import Stored
from bot.contract import answer_object, passage_object
from bot.reception import InvalidDay, Reception
from bot.rendering.answers import copied
from bot.replay import ask_after
from bot.tools import Tool
from corpus.regions import AmbiguousRegion, UnknownRegion

INSTRUCTIONS = (
    "CertGuide 认证向导 answers questions of small firms in China about certification (3C, ISO, 绿色产品 …), subsidies, homestays (民宿) and training, "
    "each sentence with its source. Ask in the user's own words; name the county if it is known. Pass on what the answer says of validity and region, "
    "its sources, and that it was generated automatically."
)
T = TypeVar("T")
MOST_FOUND = 20
READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="What is asked, in the user's own words, at most 500 characters")]
Region = Annotated[
    str, Field(description="Where the user's firm is, any name or GB/T 2260 code: 德清, 330521; empty: unknown")
]
Day = Annotated[str, Field(description="The day as of which to answer, YYYY-MM-DD; empty: today in China")]
Earlier = Annotated[
    list[str], Field(description="The user's earlier questions of this conversation, the oldest first, so that a follow-up is understood")
]  # fmt: skip


class Found(BaseModel):
    """Passages, best first."""

    passages: list[dict[str, Any]]


def server(reception: Reception) -> MCPServer[Any]:
    """The server over a reception."""
    made = MCPServer("certguide", title="CertGuide 认证向导", instructions=INSTRUCTIONS, log_level="WARNING")

    @made.tool(annotations=READS)
    def ask(
        question: Question,
        region: Region = "",
        on: Day = "",
        earlier: Earlier = [],  # noqa: B006 - never written to
    ) -> Annotated[CallToolResult, Stored]:
        """Answers a question about certification, subsidies, homestays or training in China, each sentence with its source."""
        return _told(
            _sound(lambda: reception.ask(question, **ask_after(reception, earlier, {"region": region}, on or None)))
        )

    @made.tool(annotations=READS)
    def search(
        query: Annotated[str, Field(description="What to look for, in Chinese")],
        limit: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 5,
    ) -> Annotated[CallToolResult, Found]:
        """Finds passages of the documents on record, best first: the text word for word, its source, region and validity."""
        passages = _sound(lambda: _found(reception, query, limit))
        text = "\n\n".join(
            f"{one['heading']}（《{one['source']['title']}》，{one['source']['region']}）\n{one['text']}"
            for one in passages
        )
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content={"passages": passages})

    for tool in reception.bot.tools:
        _add_tool(made, tool, reception)
    return made


def sessions(reception: Reception) -> StreamableHTTPSessionManager:
    """What answers requests by HTTP. Which sites may call is the door's to say (bot/channels/mcp.py)."""
    made = server(reception)
    made.streamable_http_app(  # makes the session manager, of which alone we have need
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return made.session_manager


def _add_tool(made: MCPServer[Any], tool: Tool, reception: Reception) -> None:
    """A tool of ours under the name of its module. It answers through the whole bot, so that its figures are checked and cited."""
    name = type(tool).__module__.rpartition(".")[2]
    alone = replace(reception.bot, tools=(tool,))

    def use(question: Question, region: Region = "", on: Day = "") -> Annotated[CallToolResult, Stored]:
        answer = _sound(lambda: _tried(reception, alone, question, region, on or None))
        if answer["status"] != "tool":
            raise ToolError(f"this question is not for {name}: {what}; for other questions use ask")
        return _told(answer)

    what = (inspect.getdoc(inspect.getmodule(type(tool))) or name).split("\n", maxsplit=1)[0].rstrip(".")
    made.add_tool(use, name=name, description=f"{what}.", annotations=READS)


def _found(reception: Reception, query: str, limit: int) -> list[dict[str, Any]]:
    return [passage_object(passage) for passage in reception.found(query, limit)]


def _tried(reception: Reception, alone: Bot, question: str, region: str, on: str | None) -> dict[str, Any]:
    with reception.place():
        return answer_object(alone.answer(reception.question(question, {"region": region}, None, on)))


def _sound(answer: Callable[[], T]) -> T:
    """The answer; what the caller can mend, or can wait for, comes as an error that says how."""
    try:
        return answer()
    except (UnusableQuestion, UnknownRegion, AmbiguousRegion, InvalidDay, TurnedAway) as error:
        raise ToolError(str(error)) from error


def _told(answer: dict[str, Any]) -> CallToolResult:
    """The answer as a text with its sources and mark, and as the object of the HTTP contract."""
    stored = {name: value for name, value in answer.items() if name != "session"}
    return CallToolResult(content=[TextContent(type="text", text=copied(answer))], structured_content=stored)
