"""What the pages of the course share: the learner, a form's answer, a question as templates show it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from assistant.learn.certificate import japanese_date
from assistant.learn.course import QuestionView, load_course
from assistant.learn.marking import Marking
from assistant.learn.rounds import Learner, Round
from server.deps import DatabaseDep, VisitorDep
from server.pages.learn.evidence import link_of
from server.render import language_of, render
from server.store.progress import change_learner, learner_of
from server.words import word

LONGEST = 1_000  # characters of a written answer, as over JSON


def _learner(database: DatabaseDep, visitor: VisitorDep) -> Learner:
    with database.session() as session:
        return learner_of(session, visitor, load_course())


async def _form(request: Request) -> AsyncIterator[FormData]:
    async with request.form() as form:  # closes an uploaded file at the end
        yield form


LearnerDep = Annotated[Learner, Depends(_learner)]
FormDep = Annotated[FormData, Depends(_form)]


class Notebook:
    """Where a page writes down what its learner did."""

    def __init__(self, database: DatabaseDep, visitor: VisitorDep) -> None:
        self._database = database
        self._visitor = visitor

    def change(self, change: Callable[[Learner], Learner | None]) -> Learner | None:
        """See server.store.progress.change_learner."""
        with self._database.session() as session:
            return change_learner(session, self._visitor, load_course(), change)


NotebookDep = Annotated[Notebook, Depends()]


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a form: the id of the field it is at, and the words as a key with its values."""

    at: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A question at its place, to be answered or marked. `filled` is what stood in the fields of a form sent back."""

    place: int
    view: QuestionView
    seed: int
    action: str
    marking: Marking | None = None
    answer: tuple[str, ...] = ()
    filled: dict[str, str] = field(default_factory=dict)
    mistake: Mistake | None = None

    @property
    def said(self) -> list[str]:
        """What was answered, in words."""
        texts = {choice.id: choice.text for choice in self.view.choices}
        return [texts.get(entry, entry) for entry in self.answer]


def sheet(made: Round, place: int, action: str) -> Sheet:
    """The question at `place` of a round, marked if it was answered."""
    course = load_course()
    view, marking = made.view(course, place), made.marking(course, place)
    return Sheet(place, view, made.seed, action, marking, made.answers.get(place, ()))


def sent_back(sheet: Sheet, form: FormData, mistake: Mistake) -> Sheet:
    """The question with what was written in its form, and what is wrong with it."""
    filled = {name: str(value)[: LONGEST + 1] for name, value in form.items()}
    return Sheet(sheet.place, sheet.view, sheet.seed, sheet.action, filled=filled, mistake=mistake)


def seed_in(form: FormData) -> int:
    """The round that a form belongs to; -1 for none."""
    said = str(form.get("round", ""))
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else -1


def read_answer(view: QuestionView, place: int, form: FormData) -> tuple[str, ...] | Mistake:
    """The answer in a form, empty where the learner pressed 「分からない」; or what is missing."""
    if "unknown" in form:
        return ()
    if view.way == "order":
        return _read_order(view, place, form)
    said = str(form.get("answer", "")).strip()
    if view.way == "text":
        if not said:
            return Mistake(f"q{place}-answer", "learn.error_text")
        return (said,) if len(said) <= LONGEST else Mistake(f"q{place}-answer", "learn.error_long", {"limit": LONGEST})
    if said not in {choice.id for choice in view.choices}:
        return Mistake(f"q{place}-1", "learn.error_choice")
    return (said,)


def _read_order(view: QuestionView, place: int, form: FormData) -> tuple[str, ...] | Mistake:
    numbers = {choice.id: str(form.get(f"place-{choice.id}", "")) for choice in view.choices}
    count = len(numbers)
    wanted = [str(number) for number in range(1, count + 1)]
    for row, number in enumerate(numbers.values(), 1):
        if number not in wanted:
            return Mistake(f"q{place}-{row}", "learn.error_order_empty", {"n": count})
    given = list(numbers.values())
    for row, number in enumerate(given, 1):
        if given.count(number) > 1:
            return Mistake(f"q{place}-{row}", "learn.error_order_twice", {"n": count, "twice": number})
    return tuple(sorted(numbers, key=lambda identity: int(numbers[identity])))


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of the course. The browser asks for it again when one comes back to it: what was answered stays answered."""
    language = language_of(request)

    def day(of: date) -> str:
        return japanese_date(of) if language == "ja" else of.isoformat()

    response = render(
        request,
        f"learn/{template}",
        status,
        page="learn",
        course=load_course(),
        day=day,
        link=link_of(request),
        **context,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


def told(request: Request, *known: str) -> str:
    """What the page is to say after a redirect: `?told=` where it is one of `known`, else nothing."""
    said = request.query_params.get("told", "")
    return said if said in known else ""


def said(request: Request, key: str, **values: Any) -> str:
    """Words in the visitor's language."""
    return word(key, language_of(request), **values)
