"""What rests on the words of a source: a saved answer, somebody's feedback, an evaluation case."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.frozen import Frozen


class Quote(Frozen):
    text: str
    source_id: str = Field("", description="empty where the source is not known by its id")


class Quoted(Frozen):
    """Something kept and the quotations it stands on."""

    kind: Literal["answer", "feedback", "case"]
    id: str
    question: str
    quotes: tuple[Quote, ...]
