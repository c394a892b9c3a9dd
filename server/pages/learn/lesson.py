"""/learn/lessons/{id}: one lesson to read, with a few questions at its end."""

from __future__ import annotations

import secrets
from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.learn.course import load_course
from assistant.learn.lessons import Lesson
from assistant.learn.rounds import Given, Learner, answer_lesson, begin_lesson, round_of_lesson
from server.guard.csrf import SIGNED
from server.library.course import course_of
from server.pages.learn.overview import minutes
from server.pages.learn.parts import (
    FormDep,
    LearnerDep,
    Mistake,
    NotebookDep,
    Sheet,
    page,
    read_answer,
    seed_in,
    sent_back,
    sheet,
    to,
)

router = APIRouter()


@router.get("/learn/lessons/{lesson_id}", response_class=HTMLResponse)
def lesson(request: Request, lesson_id: str, learner: LearnerDep) -> HTMLResponse:
    """Raises WrongUse for a lesson that is not there."""
    shown = course_of(request).lesson(lesson_id)
    return _lesson(request, shown, learner, _sheets(shown, learner))


def _sheets(shown: Lesson, learner: Learner) -> list[Sheet]:
    made = round_of_lesson(load_course(), learner, shown.id)
    return [sheet(made, place, _action(shown, place)) for place in range(1, len(made.questions) + 1)]


def _action(shown: Lesson, place: int) -> str:
    return f"/learn/lessons/{shown.id}/questions/{place}"


def _lesson(request: Request, shown: Lesson, learner: Learner, sheets: list[Sheet], status: int = 200) -> HTMLResponse:
    lessons = load_course().lessons
    return page(
        request,
        "lesson.html",
        status,
        lesson=shown,
        minutes=minutes(shown.length),
        read=learner.progress.read.get(shown.id),
        finished=learner.progress.finished,
        sheets=sheets,
        before=lessons[shown.number - 2] if shown.number > 1 else None,
        after=lessons[shown.number] if shown.number < len(lessons) else None,
    )


@router.post("/learn/lessons/{lesson_id}/read", dependencies=[SIGNED])
def note_read(lesson_id: str, notebook: NotebookDep) -> Response:
    course, today = load_course(), date.today()
    shown = course.lesson(lesson_id)

    def with_read(learner: Learner) -> Learner:
        return learner.with_progress(learner.progress.with_read(shown.id, today).with_finish(course, today))

    notebook.change(with_read)
    return to(f"/learn/lessons/{shown.id}#done")


@router.post("/learn/lessons/{lesson_id}/questions", dependencies=[SIGNED])
def ask_again(lesson_id: str, notebook: NotebookDep) -> Response:
    """Draw the questions of the lesson anew."""
    shown, seed = load_course().lesson(lesson_id), secrets.randbelow(2**32)
    notebook.change(lambda learner: begin_lesson(load_course(), learner, shown.id, seed))
    return to(f"/learn/lessons/{shown.id}#check")


@router.get("/learn/lessons/{lesson_id}/questions/{place}")
def back_to_question(lesson_id: str, place: int) -> Response:
    """Where the address of a refused answer leads, opened by itself."""
    return to(f"/learn/lessons/{load_course().lesson(lesson_id).id}#q{place}")


@router.post("/learn/lessons/{lesson_id}/questions/{place}", dependencies=[SIGNED])
def answer(
    request: Request, lesson_id: str, place: int, form: FormDep, learner: LearnerDep, notebook: NotebookDep
) -> Response:
    """Mark one answer in its place. A question of an earlier draw, or one answered already, is shown as it stands."""
    course = load_course()
    shown, seed = course.lesson(lesson_id), seed_in(form)
    sheets = _sheets(shown, learner)
    if not 1 <= place <= len(sheets) or sheets[place - 1].seed != seed:
        return to(f"/learn/lessons/{shown.id}#check")
    asked = sheets[place - 1]
    given = read_answer(asked.view, place, form)
    if isinstance(given, Mistake) and asked.marking is None:
        sheets[place - 1] = sent_back(asked, form, given)
        return _lesson(request, shown, learner, sheets, 422)
    if not isinstance(given, Mistake):
        written = Given(seed=seed, place=place, answer=given, day=date.today())
        notebook.change(lambda now: answer_lesson(course, now, shown.id, written))
    return to(f"/learn/lessons/{shown.id}#q{place}")
