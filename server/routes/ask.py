"""POST /api/ask: one question, or the next one of a conversation, one Answer; /api/ask/stream tells its steps as well.
POST /api/search: passages only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from assistant.answers import Answer, Passage
from assistant.chat.history import TURNS
from assistant.chat.pipeline import Watch
from server.deps import ServiceDep
from server.observe.answers import observed
from server.render import language_of
from server.stream import Event, streamed
from server.words import word

router = APIRouter(prefix="/api", tags=["ask"])


class Question(BaseModel):
    """An empty or overlong question is not an error: it gets a `clarify` answer."""

    question: str = Field(description="質問。日本語でも他の言語でもよい。")


class Ask(Question):
    """A question with the ones before it, so that a follow-up such as 「電話番号は？」 can be understood."""

    easy: bool = Field(False, description="やさしい日本語で答える。")
    history: list[str] = Field(default=[], max_length=TURNS, description="この会話で先に聞いた質問。古い順、10件まで。")


class Search(Question):
    limit: int = Field(10, ge=1, le=100, description="passages wanted")


@router.post("/ask")
def ask(request: Request, body: Ask, service: ServiceDep) -> Answer:
    if not body.history:
        return observed(request, service.ask(body.question, easy=body.easy))
    return observed(request, service.talk([*body.history, body.question], easy=body.easy)[-1])


@router.post("/ask/stream", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def stream(request: Request, body: Ask, service: ServiceDep) -> StreamingResponse:
    """Server-sent events: `step` {name, label} as each step begins, then `answer` (an Answer) or `error`."""

    def work(watch: Watch) -> Event:
        conversation = service.conversation(easy=body.easy)
        for question in body.history:
            conversation.ask(question)
        return "answer", observed(request, conversation.ask(body.question, watch)).model_dump_json()

    language = language_of(request)
    return streamed(request, work, lambda step: word(f"ask.step_{step}", language))


@router.post("/search")
def search(body: Search, service: ServiceDep) -> list[Passage]:
    return service.search(body.question, body.limit)
