"""The course over JSON. Lessons, questions (without keys) and marking keep nothing of a learner; the progress is the visitor's,
the same that the pages show, and PUT takes the sign of a page (server/guard/csrf.py)."""

from __future__ import annotations

from random import Random
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field, StringConstraints

from assistant.learn.certificate import Certificate
from assistant.learn.certificate import certificate as certificate_of
from assistant.learn.course import QuestionView, load_course
from assistant.learn.lessons import Lesson, Principle
from assistant.learn.marking import Marking, mark
from assistant.learn.practice import draw, draw_of_kind
from assistant.learn.progress import Progress, Standing
from assistant.learn.progress import standing as standing_of
from assistant.learn.questions import Kind
from assistant.learn.rounds import Learner
from server.deps import DatabaseDep, VisitorDep
from server.guard.csrf import SIGNED
from server.library.course import course_of
from server.store.progress import change_learner, checked, learner_of

router = APIRouter(prefix="/api/learn", tags=["learn"])
Written = Annotated[str, StringConstraints(max_length=1_000)]


class LessonCard(BaseModel):
    """A lesson in the list; the lesson itself is at /api/learn/lessons/{id}."""

    id: str
    number: int
    title: str
    principle: Principle | None
    aim: str


class LearnAnswer(BaseModel):
    """An answer to one question."""

    question_id: Written = Field(description="問題のid。")
    answer: Written | Annotated[list[Written], Field(max_length=20)] = Field(
        description="選択肢のid（または言葉）。順序の問題は、idを順に並べた配列。書く問題は、書いた言葉。"
    )


@router.get("/lessons")
def lessons() -> list[LessonCard]:
    return [LessonCard(**lesson.model_dump(include=set(LessonCard.model_fields))) for lesson in load_course().lessons]


@router.get("/lessons/{lesson_id}")
def lesson(request: Request, lesson_id: str) -> Lesson:
    """One lesson by id or number, with every quotation it rests on."""
    return course_of(request).lesson(lesson_id)


@router.get("/questions")
def questions(
    seed: int | None = None, count: Annotated[int, Query(ge=1, le=100)] = 10, kind: Kind | None = None
) -> list[QuestionView]:
    """Questions drawn at random, the same for the same `seed`; of one `kind`, or of all kinds in turn."""
    course, rng = load_course(), Random(seed)  # noqa: S311 - a draw of questions, no secret
    drawn = draw_of_kind(course, rng, count, kind) if kind else draw(course, rng, count)
    return [course.view(question, rng) for question in drawn]


@router.post("/answers")
def answers(body: LearnAnswer) -> Marking:
    """Right or wrong, with the explanation and the words of the documents."""
    return mark(load_course().question(body.question_id), body.answer)


@router.get("/progress")
def progress(database: DatabaseDep, visitor: VisitorDep) -> Progress:
    """What the visitor has done, as the terminal's file of progress."""
    return _learner(database, visitor).progress


@router.put("/progress", dependencies=[SIGNED])
def replace_progress(body: Progress, database: DatabaseDep, visitor: VisitorDep) -> Progress:
    """Replace it, e.g. by a file of the terminal; what is under way is over then. Header `X-Sign`."""
    learner = Learner(progress=checked(body))
    with database.session() as session:
        change_learner(session, visitor, load_course(), lambda _: learner)
    return learner.progress


@router.get("/standing")
def standing(database: DatabaseDep, visitor: VisitorDep) -> Standing:
    """How far the visitor is: lessons read, and of each kind of question how many are right and how many are needed."""
    return standing_of(load_course(), _learner(database, visitor).progress)


@router.get("/certificate")
def certificate(database: DatabaseDep, visitor: VisitorDep) -> Certificate:
    """The certificate of a finished course; 404 before."""
    return certificate_of(load_course(), _learner(database, visitor).progress)


def _learner(database: DatabaseDep, visitor: VisitorDep) -> Learner:
    with database.session() as session:
        return learner_of(session, visitor, load_course())
