"""The course as data: lessons, questions, quotations, and what must be reached. Read once, checked, never changed."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from random import Random
from typing import Any, get_args

from pydantic import Field

from assistant.errors import WrongUse
from assistant.frozen import Frozen
from assistant.learn.lessons import Lesson
from assistant.learn.questions import QUESTION, Choice, Kind, Question, Way, choices
from prompts import say


class KindCard(Frozen):
    """A kind of question: its name, the sentence that asks, and how many must have been answered right."""

    kind: Kind
    name: str
    ask: str
    needed: int = Field(ge=1)


class QuestionView(Frozen):
    """A question as it is put to a learner: without its key."""

    id: str
    kind: Kind
    kind_name: str
    lesson: str
    ask: str
    text: str
    way: Way = Field(description="choice: one id · order: all ids in order · text: written freely")
    choices: tuple[Choice, ...] = ()


class Course(Frozen):
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]
    kinds: tuple[KindCard, ...]

    def lesson(self, key: str) -> Lesson:
        """A lesson by id or number; raises WrongUse."""
        for lesson in self.lessons:
            if key in (lesson.id, str(lesson.number)):
                return lesson
        raise WrongUse(
            say("learn", "no_lesson", key=key, last=len(self.lessons)),
            say("learn", "no_lesson_en", key=key, last=len(self.lessons)),
        )

    def question(self, key: str) -> Question:
        """A question by id; raises WrongUse."""
        for question in self.questions:
            if question.id == key:
                return question
        raise WrongUse(say("learn", "no_question", key=key), say("learn", "no_question_en", key=key))

    def card(self, kind: Kind) -> KindCard:
        return next(card for card in self.kinds if card.kind == kind)

    def view(self, question: Question, rng: Random) -> QuestionView:
        card = self.card(question.kind)
        return QuestionView(
            id=question.id,
            kind=question.kind,
            kind_name=card.name,
            lesson=question.lesson,
            ask=card.ask,
            text=question.body,
            way=question.way,
            choices=choices(question, rng),
        )


@cache
def load_course() -> Course:
    """The course that ships with the project; a mistake in its data raises ValueError or KeyError with its place."""
    cited = _read("citations")
    quotes = {key: _quote(entry, cited["source"]) for key, entry in cited["quote"].items()}
    lessons = [
        Lesson.model_validate({**_with_quotes(entry, quotes), "number": number})
        for number, entry in enumerate(_read("lessons")["lesson"], 1)
    ]
    questions = [
        QUESTION.validate_python({"kind": kind, **_with_quotes(entry, quotes)})
        for kind in get_args(Kind)
        for entry in _read(f"questions.{kind}")["question"]
    ]
    kinds = [KindCard.model_validate(entry) for entry in _read("course")["kind"]]
    return Course(lessons=tuple(lessons), questions=tuple(questions), kinds=tuple(kinds))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("assistant.learn").joinpath(f"{name}.toml").read_text("utf-8"))


def _quote(entry: dict[str, str], sources: dict[str, dict[str, str]]) -> dict[str, str]:
    return {**sources[entry["source"]], "locator": entry["locator"], "quote": entry["quote"]}


def _with_quotes(value: Any, quotes: dict[str, dict[str, str]]) -> Any:
    """`value` with every list of quotation names under `cites` or `says` replaced by the quotations."""
    if isinstance(value, list):
        return [_with_quotes(entry, quotes) for entry in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [quotes[name] for name in entry] if key in ("cites", "says") else _with_quotes(entry, quotes)
        for key, entry in value.items()
    }
