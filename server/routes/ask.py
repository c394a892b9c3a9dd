"""POST /api/ask: one question, one Answer. POST /api/search: passages only."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.answers import Answer, Passage
from server.deps import ServiceDep

router = APIRouter(prefix="/api", tags=["ask"])


class Question(BaseModel):
    """An empty or overlong question is not an error: it gets a `clarify` answer."""

    question: str = Field(description="質問。日本語でも他の言語でもよい。")


class Ask(Question):
    easy: bool = Field(False, description="やさしい日本語で答える。")


class Search(Question):
    limit: int = Field(10, ge=1, le=100, description="passages wanted")


@router.post("/ask")
def ask(body: Ask, service: ServiceDep) -> Answer:
    return service.ask(body.question, easy=body.easy)


@router.post("/search")
def search(body: Search, service: ServiceDep) -> list[Passage]:
    return service.search(body.question, body.limit)
