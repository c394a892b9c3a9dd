"""The kinds of practice question, told apart by `kind`. The key of each stands in the data or follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter, model_validator

from assistant.frozen import Frozen
from assistant.learn.lessons import Principle, Quote
from assistant.records import ContractForm

RequiredItem = Literal["事業目的", "事業の進め方", "役割の分担", "費用の分担", "責任の分担"]
Way = Literal["choice", "order", "text"]
BLANK = "［　　］"
YES, NO = "○", "×"


class Choice(Frozen):
    """One of the answers offered. `id` says nothing of which is right."""

    id: str
    text: str


class Base(Frozen):
    """What every question has. `text` is what is read before answering; the sentence that asks belongs to the kind."""

    id: str
    lesson: str = Field(description="the lesson to read again after a wrong answer")
    text: str = ""
    explanation: str
    cites: tuple[Quote, ...] = Field(min_length=1)

    @property
    def way(self) -> Way:
        return "choice"

    @property
    def body(self) -> str:
        return self.text

    @property
    def options(self) -> tuple[str, ...]:
        """The answers to choose from or to put in order; none where one writes."""
        return ()

    @property
    def fixed(self) -> bool:
        """Do the answers keep their order, because they are a known list?"""
        return True

    @property
    def solution(self) -> tuple[str, ...]:
        """The right answer; of an order, all of it; of a text, every accepted writing, the first is shown."""
        raise NotImplementedError


class PrincipleQuestion(Base):
    kind: Literal["principle"]
    right: Principle

    @property
    def options(self) -> tuple[str, ...]:
        return get_args(Principle)

    @property
    def solution(self) -> tuple[str, ...]:
        return (self.right,)


class _Chosen(Base):
    right: str
    wrong: tuple[str, ...] = Field(min_length=3)

    @property
    def options(self) -> tuple[str, ...]:
        return (self.right, *self.wrong)

    @property
    def fixed(self) -> bool:
        return False

    @property
    def solution(self) -> tuple[str, ...]:
        return (self.right,)


class RepairQuestion(_Chosen):
    kind: Literal["repair"]


class DivisionQuestion(_Chosen):
    """`record` is the project of the directory that proves the division."""

    kind: Literal["division"]
    record: str


class FormQuestion(Base):
    """`contract` is the number of the report's contract, where the question is about a real one."""

    kind: Literal["form"]
    right: ContractForm
    contract: int | None = None

    @property
    def options(self) -> tuple[str, ...]:
        return get_args(ContractForm)

    @property
    def solution(self) -> tuple[str, ...]:
        return (self.right,)


class OrderQuestion(Base):
    """`steps` in their right order; `cites[n]` proves step n."""

    kind: Literal["order"]
    steps: tuple[str, ...] = Field(min_length=4)

    @property
    def way(self) -> Way:
        return "order"

    @property
    def options(self) -> tuple[str, ...]:
        return self.steps

    @property
    def fixed(self) -> bool:
        return False

    @property
    def solution(self) -> tuple[str, ...]:
        return self.steps


class Clause(Frozen):
    """One clause of a draft and the required item that it settles; none where it only sounds like one."""

    text: str
    item: RequiredItem | None = None


class ItemQuestion(Base):
    """A draft that settles four of the five items; the key is the fifth."""

    kind: Literal["item"]
    clauses: tuple[Clause, ...]

    @model_validator(mode="after")
    def _one_is_missing(self) -> ItemQuestion:
        if len(self.solution) != 1:
            raise ValueError(f"{self.id}: {len(self.solution)} items are missing, not one")
        return self

    @property
    def body(self) -> str:
        return "\n".join((self.text, *(f"・{clause.text}" for clause in self.clauses)))

    @property
    def options(self) -> tuple[str, ...]:
        return get_args(RequiredItem)

    @property
    def solution(self) -> tuple[str, ...]:
        settled = {clause.item for clause in self.clauses}
        return tuple(item for item in get_args(RequiredItem) if item not in settled)


class TruthQuestion(Base):
    """`fact` are the words of the article that decide: a true statement holds them, a false one does not."""

    kind: Literal["truth"]
    right: bool
    fact: str

    @property
    def options(self) -> tuple[str, ...]:
        return (YES, NO)

    @property
    def solution(self) -> tuple[str, ...]:
        return (YES if self.right else NO,)


class Counted(Frozen):
    """How the records give the number: those whose fields hold the given words are counted, or `total` is summed."""

    records: Literal["directory", "contracts"]
    where: dict[str, str] = Field(default_factory=dict)
    total: str = ""


class NumberQuestion(Base):
    kind: Literal["number"]
    right: str
    unit: str
    also: tuple[str, ...] = ()
    counted: Counted | None = None

    @property
    def way(self) -> Way:
        return "text"

    @property
    def solution(self) -> tuple[str, ...]:
        return (f"{self.right}{self.unit}", self.right, *self.also)


class BlankQuestion(Base):
    """A sentence of a document with a gap; with `right` in it, it stands there word for word."""

    kind: Literal["blank"]
    right: str
    also: tuple[str, ...] = ()

    @property
    def way(self) -> Way:
        return "text"

    @property
    def solution(self) -> tuple[str, ...]:
        return (self.right, *self.also)


Question = Annotated[
    PrincipleQuestion
    | RepairQuestion
    | FormQuestion
    | DivisionQuestion
    | OrderQuestion
    | ItemQuestion
    | TruthQuestion
    | NumberQuestion
    | BlankQuestion,
    Field(discriminator="kind"),
]
Kind = Literal["principle", "repair", "form", "division", "order", "item", "truth", "number", "blank"]
QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


def choice_id(question: Question, option: str) -> str:
    """A name of `option` that stays the same and tells nothing."""
    return hashlib.sha256(f"{question.id}\n{option}".encode()).hexdigest()[:8]


def choices(question: Question, rng: Random) -> tuple[Choice, ...]:
    """What is offered, shuffled where the order is not a known one; steps never come in their right order."""
    offered: Sequence[str] = question.options
    if not question.fixed:
        offered = rng.sample(offered, len(offered))
        while question.way == "order" and tuple(offered) == question.solution:
            offered = rng.sample(offered, len(offered))
    return tuple(Choice(id=choice_id(question, option), text=option) for option in offered)
