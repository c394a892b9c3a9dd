"""The shape of a lesson. Its words are data (lessons.toml); what it says of the documents carries their own words."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.frozen import Frozen

Principle = Literal["対等", "自主性尊重", "自立化", "相互理解", "目的共有", "公開"]


class Quote(Frozen):
    """The words of a document and where they stand. `quote` is verbatim, white space aside."""

    source_id: str
    title: str
    locator: str
    quote: str


class Note(Frozen):
    """A statement of the course itself (解説), with the words it rests on where it speaks of a document."""

    text: str
    cites: tuple[Quote, ...] = ()


class Case(Frozen):
    """A real case in which the matter of the lesson shows."""

    title: str
    comment: str
    cites: tuple[Quote, ...] = Field(min_length=1)


class Counterexample(Frozen):
    """A clause made up for practice, what it hurts, and one way to repair it."""

    clause: str
    hurts: str
    repair: str
    cites: tuple[Quote, ...] = Field(min_length=1)


class Lesson(Frozen):
    id: str
    number: int = 0
    title: str
    principle: Principle | None = None
    aim: str = Field(description="what one can do after it")
    says: tuple[Quote, ...] = Field(min_length=1, description="what the documents say, word for word")
    means: tuple[Note, ...] = Field(min_length=1, description="what that means in practice, in the course's own words")
    case: Case
    repair: Counterexample
    ask_yourself: tuple[str, ...] = Field(min_length=1)

    @property
    def length(self) -> int:
        """Characters to read, without the quotations behind notes."""
        quotes = (*self.says, *self.case.cites)
        own = (*(note.text for note in self.means), self.case.comment, *self.ask_yourself)
        repair = (self.repair.clause, self.repair.hurts, self.repair.repair)
        return sum(map(len, (self.aim, *(quote.quote for quote in quotes), *own, *repair)))
