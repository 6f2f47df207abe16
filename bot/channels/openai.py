"""The chat completions of OpenAI's API, for programs that speak it: point their base URL at `/v1`. The model is called `certguide`."""

import json
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from bot.answering import UnusableQuestion
from bot.channels._events import FAILED, Parts, begun, response
from bot.channels.api import Asker
from bot.reception import Reception
from bot.rendering.answers import named
from bot.rendering.inline import source_id
from bot.replay import MOST_REPLAYED, ask_after

MODEL = "certguide"
LONGEST_MODEL = 64
"""Characters of a model's name that an error says back."""
BORN = 1764547200
"""The model's `created`, which the API wants: 2025-12-01 UTC."""
LARGEST_BODY = 1024 * 1024
"""Clients send the whole conversation with every question."""
_MARK = re.compile(r"\[(\d{1,3})\]")
_FOREIGN = re.compile(r"<|\[(?!\d{1,3}\])|(?<!\[\d)(?<!\[\d\d)(?<!\[\d\d\d)\]|(?<=\d\])\(|^\(")
"""What a document could make a link, a picture or HTML with: all but our marks, and what would make a link of one."""
_HARMLESS = str.maketrans("<[](", "＜［］（")
_NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""The default writer uses no model, so nothing is counted."""
_TOLD = ("number", "passage", "quote", "document_number", "issuer", "region", "validity")


class Part(BaseModel):
    """A part of a message: we read text."""

    type: str
    text: str = ""


class Message(BaseModel):
    """What a user asked counts; what else stands in the conversation does not."""

    role: str
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text of all parts."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """How to stream."""

    include_usage: bool = False


class Completion(BaseModel):
    """A request. Sampling parameters and tools are accepted and have no effect: answers are not made up. `profile` is ours."""

    model: str = MODEL
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    profile: Asker | None = Field(
        None, description="As in /api/ask: region, industry … (extra_body of the official client)"
    )


class Fault(BaseModel):
    """An error as OpenAI's API describes it."""

    message: str
    type: str
    param: str | None
    code: str


class Refusal(BaseModel):
    """An error as OpenAI's API puts it."""

    error: Fault


REFUSALS: dict[int | str, dict[str, Any]] = {
    422: {"model": Refusal},
    "4XX": {"model": Refusal},
    "5XX": {"model": Refusal},
}


def router(reception: Reception) -> APIRouter:
    """The routes under /v1."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])

    @routes.get("/models")
    def models() -> dict[str, Any]:
        """The one model there is."""
        return {"object": "list", "data": [_model()]}

    @routes.get("/models/{name}")
    def model(name: str) -> dict[str, Any]:
        """The model by name."""
        _check(name)
        return _model()

    @routes.post("/chat/completions", response_model=None)
    def complete(body: Completion, request: Request) -> Response:
        """Answers the last message; the user's earlier ones are the conversation."""
        _check(body.model)
        asked = [message.text for message in body.messages if message.role == "user"]
        if body.messages[-1].role != "user":
            raise UnusableQuestion("the last message must be the user's: it is the question")
        profile = body.profile.model_dump(exclude_none=True) if body.profile else None
        parts = reception.stream(asked[-1], **ask_after(reception, asked[:-1], profile))
        pages = f"{reception.settings.public or str(request.base_url).rstrip('/')}/h5/answers/"
        if body.stream:
            wants_usage = bool(body.stream_options and body.stream_options.include_usage)
            return _streamed(parts, pages, wants_usage)
        *_, answer = parts
        assert isinstance(answer, dict)
        return JSONResponse(_completion(answer, pages))

    return routes


def questions(body: Mapping[str, Any]) -> int:
    """How many questions a request brings, for quotas: what was asked before is gone through again."""
    messages = body.get("messages")
    users = (
        [one for one in messages if isinstance(one, Mapping) and one.get("role") == "user"]
        if isinstance(messages, list)
        else []
    )
    return max(1, min(len(users), MOST_REPLAYED + 1))


def refused(_request: Request, status: int, code: str, message: str) -> Response:
    """An error as OpenAI's API puts it."""
    return JSONResponse({"error": _error(code, message, status)}, status)


def _error(code: str, message: str, status: int) -> dict[str, Any]:
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"message": message, "type": kind, "param": None, "code": code}


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": BORN, "owned_by": MODEL}


def _check(model: str) -> None:
    if model != MODEL:
        raise HTTPException(404, f"there is no model {model[:LONGEST_MODEL]!r} here: use {MODEL!r}")


def _completion(answer: Mapping[str, Any], pages: str) -> dict[str, Any]:
    message = {
        "role": "assistant",
        "content": _plain(answer["answer"]) + _foot(answer, pages),
        "refusal": None,
        "annotations": _annotations(answer, pages),
    }
    return _frame(answer["id"], "chat.completion") | {
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": _NO_TOKENS,
        MODEL: _ours(answer),
    }


def _streamed(parts: Parts, pages: str, wants_usage: bool) -> StreamingResponse:
    chunks = _chunks(begun(parts), pages, wants_usage)
    events = chain((f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n" for chunk in chunks), ["data: [DONE]\n\n"])
    failed = json.dumps({"error": _error(FAILED["error"], FAILED["message"], 500)}, ensure_ascii=False)
    return response(events, f"data: {failed}\n\n")


def _chunks(parts: Parts, pages: str, wants_usage: bool) -> Iterator[dict[str, Any]]:
    """The role, the text piece by piece, its foot with the annotations, the end, and the usage where it is wanted."""
    frame = _frame(secrets.token_urlsafe(16), "chat.completion.chunk")

    def chunk(delta: Mapping[str, Any], finish: str | None = None) -> dict[str, Any]:
        return frame | {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}

    yield chunk({"role": "assistant", "content": ""})
    for part in parts:
        if isinstance(part, str):
            yield chunk({"content": _plain(part)})
        else:
            yield chunk({"content": _foot(part, pages), "annotations": _annotations(part, pages)})
            yield chunk({}, "stop") | {MODEL: _ours(part)}
    if wants_usage:
        yield frame | {"choices": [], "usage": _NO_TOKENS}


def _plain(text: str) -> str:
    """The text, whose words are those of documents, with no Markdown that leads elsewhere: whoever shows it may take HTML and links for ours.
    One character for one, so that marks stay where they are."""
    return _FOREIGN.sub(lambda found: found[0].translate(_HARMLESS), text)


def _frame(identity: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{identity}", "object": kind, "created": int(time.time()), "model": MODEL}


def _foot(answer: Mapping[str, Any], pages: str) -> str:
    """Sources, where they stand in full, and the mark of generated content: most programs show the text alone."""
    sources = [f"- [{one['number']}] {_plain(named(one))}" for one in answer["citations"]]
    whole = [f"- <{pages}{answer['id']}>"] if sources else []
    return "\n\n" + "\n".join((*sources, *whole)) + f"\n\n{answer['notice']}"


def _annotations(answer: Mapping[str, Any], pages: str) -> list[dict[str, Any]]:
    """A `url_citation` for each mark [n] of the text. Its url is the official one, else that of the source on our own page;
    number, passage, quote, document_number, issuer, region and validity are ours besides."""
    cited = {one["number"]: one for one in answer["citations"]}
    found = ((mark, cited.get(int(mark[1]))) for mark in _MARK.finditer(answer["answer"]))
    return [
        {"type": "url_citation", "url_citation": _citation(answer["id"], one, pages, mark)}
        for mark, one in found
        if one
    ]


def _citation(answer: str, one: Mapping[str, Any], pages: str, mark: re.Match[str]) -> dict[str, Any]:
    place = {"start_index": mark.start(), "end_index": mark.end() - 1}
    url = one["url"] or f"{pages}{answer}#{source_id(answer, one['number'])}"
    return {"title": named(one), "url": url, **place, **{name: one[name] for name in _TOLD}}


def _ours(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What OpenAI's API has no place for."""
    return {name: answer[name] for name in ("id", "key", "status", "region", "on", "suggestions", "notice")}
