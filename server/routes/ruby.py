"""POST /api/ruby: a text with the readings of its kanji."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant import ruby

router = APIRouter(prefix="/api", tags=["ruby"])


class RubyText(BaseModel):
    text: str = Field(max_length=20_000)


class Segment(BaseModel):
    """A piece of the text; `reading` is hiragana, or empty where nothing stands over the piece."""

    text: str
    reading: str


class Segments(BaseModel):
    """Joined, the pieces are the text."""

    segments: list[Segment]


@router.post("/ruby")
def post_ruby(body: RubyText) -> Segments:
    """The text in pieces with their readings (furigana)."""
    return Segments(segments=[Segment(text=text, reading=reading) for text, reading in ruby.segments(body.text)])
