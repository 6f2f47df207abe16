"""The HTTP contract for programs: ask, stream, passages, answers, feedback. Health and ready are the server's."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, HTTPException, Path
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.channels._events import streamed
from bot.contract import LONGEST_ID, LONGEST_PASSAGE, LONGEST_REASON, book_object, passage_object
from bot.memory import LONGEST_CERTIFICATE, LONGEST_NAME, LONGEST_REGION, MOST_CERTIFICATES
from bot.reception import Reception

Identity = Annotated[str, Path(min_length=1, max_length=128)]
Name = Annotated[str, Field(max_length=LONGEST_CERTIFICATE)]


class Asker(BaseModel):
    """What is known of who asks."""

    model_config = ConfigDict(extra="ignore")
    region: str | None = Field(
        None, max_length=LONGEST_REGION, description="Any name or GB/T 2260 code: 德清, 浙江省湖州市德清县, 330521"
    )
    industry: str | None = Field(
        None, max_length=LONGEST_NAME, description="A name of words/profile.yaml: 食品, 家具, 民宿"
    )
    size: str | None = Field(None, max_length=LONGEST_NAME, description="小微企业, 个体工商户, 中型企业, 大型企业")
    certificates: tuple[Name, ...] | None = Field(
        None, max_length=MOST_CERTIFICATES, description="Subjects whose certificate is held"
    )
    language: Literal["zh", "en"] | None = Field(None, description="Of the answer's frame; else the question's own")


class Ask(BaseModel):
    """A question. `null` counts as absent in every optional key."""

    question: str = Field(description="What is asked, at most 500 characters")
    profile: Asker | None = None
    session: dict[str, Any] | None = Field(
        None, description="The session of the last answer; absent: a new conversation"
    )
    on: str | None = Field(None, description="The day as of which to answer, YYYY-MM-DD; absent: today in China")


class Cited(BaseModel):
    """A source of an answer; `quote` stands word for word in the passage."""

    model_config = ConfigDict(extra="allow")
    number: int
    passage: str
    facts: list[str]
    title: str
    document_number: str | None
    issuer: str | None
    region: str
    validity: str
    issued: str | None
    effective: str | None
    expires: str | None
    checked: str
    url: str | None
    heading: str
    page: int | None
    quote: str


class Stored(BaseModel):
    """An answer as it is kept."""

    model_config = ConfigDict(extra="allow")
    id: str
    answer: str
    status: str
    region: str
    on: str
    took_ms: int
    notice: str
    citations: list[Cited]
    suggestions: list[str]


class Answered(Stored):
    """An answer; hand `session` back with the next question. With `key` it can be deleted."""

    session: dict[str, Any]
    key: str


class Passed(BaseModel):
    """A passage that was found; `use`: used, struck, not_needed, other_place, other_time, ambiguous, not_about."""

    model_config = ConfigDict(extra="allow")
    passage: str
    title: str
    heading: str
    region: str
    validity: str
    score: float
    chance: float
    use: str


class Sought(BaseModel):
    """A need as it was understood; only what holds for one of `places` on `day` counted."""

    model_config = ConfigDict(extra="allow")
    subject: str
    aspect: str
    region: str
    day: str
    wants: list[str]
    things: list[str]
    places: list[str]
    evidence: str
    found: list[Passed]


class Traced(BaseModel):
    """Why an answer is as it is. `struck`: sentences that the check before display took out."""

    model_config = ConfigDict(extra="allow")
    answer: str
    status: str
    way: str
    needs: list[Sought]
    struck: list[str]
    steps_ms: dict[str, float]


class Vote(BaseModel):
    """Feedback on an answer, or an error in one of its passages."""

    answer: str = Field(max_length=LONGEST_ID)
    vote: Literal["up", "down", "error"]
    reason: str | None = Field(None, max_length=LONGEST_REASON)
    passage: str | None = Field(None, max_length=LONGEST_PASSAGE)


def router(reception: Reception) -> APIRouter:
    """The routes under /api."""
    routes = APIRouter(prefix="/api", tags=["answers"])

    @routes.post("/ask")
    def ask(body: Ask) -> Answered:
        """Asks a question and waits for the whole answer."""
        return Answered(**reception.ask(**_arguments(body)))

    @routes.post("/stream", response_class=StreamingResponse)
    def stream(body: Ask) -> StreamingResponse:
        """Asks a question; server-sent events: `piece` (text) as they come, then one `answer`; `error` if it fails."""
        return streamed(reception.stream(**_arguments(body)))

    @routes.get("/answers/{identity}")
    def answer(identity: Identity) -> Stored:
        """An answer as it was given, without its session."""
        return Stored(**reception.records.answer(identity))

    @routes.get("/answers/{identity}/trace")
    def trace(identity: Identity) -> Traced:
        """Why an answer is as it is: what was understood, which filters held, what was found, used and struck, how long it took."""
        found = reception.records.trace(identity)
        if found is None:
            raise HTTPException(404, "this answer was given before traces were kept: ask again")
        return Traced(**found)

    @routes.delete("/answers/{identity}", status_code=204)
    def forget(identity: Identity, x_answer_key: Annotated[str, Header(max_length=64)] = "") -> None:
        """Deletes an answer with its question and the feedback on it, for good: for whoever has the `key` that was given with it."""
        reception.forget(identity, x_answer_key)

    @routes.post("/feedback", status_code=204)
    def feedback(body: Vote) -> None:
        """Stores a vote."""
        reception.records.keep_feedback(body.answer, body.vote, body.reason, body.passage)

    _add_knowledge(routes, reception)
    return routes


def _add_knowledge(routes: APIRouter, reception: Reception) -> None:
    """What answers are made of: documents and passages."""

    @routes.get("/documents")
    def documents(
        subject: str = "", region: str = "", validity: str = "", since: str = "", query: str = ""
    ) -> list[dict[str, Any]]:
        """The documents on record: of a subject, in a region, of a state of validity, issued since a year, found by a query."""
        return [book_object(book) for book in reception.documents(subject, region, validity, since, query)]

    @routes.get("/passages/{identity}")
    def passage(identity: Identity) -> dict[str, Any]:
        """A passage of the index in use."""
        found = reception.bot.index.passages.get(identity)
        if found is None:
            raise HTTPException(404, "no such passage in the index in use: it may have been replaced since; ask again")
        return passage_object(found)


def _arguments(body: Ask) -> dict[str, Any]:
    profile = body.profile.model_dump(exclude_none=True) if body.profile else None
    return {"text": body.question, "profile": profile, "session": body.session, "on": body.on}
