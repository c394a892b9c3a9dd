"""/learn/practice: a round of questions, one a page, each at its place in the round.

The round is kept with the visitor, so that reload, the back button and a form sent twice show what stands there.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.learn.course import load_course
from assistant.learn.practice import ROUND
from assistant.learn.progress import standing
from assistant.learn.questions import Kind
from assistant.learn.rounds import Given, Round, answer_round, begin, stop
from server.guard.csrf import SIGNED
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
    told,
)

router = APIRouter()
START, RESULT = "/learn/practice", "/learn/practice/result"


@router.get(START, response_class=HTMLResponse)
def start(request: Request, learner: LearnerDep) -> HTMLResponse:
    """What there is to practise, and the round that is under way."""
    return page(
        request,
        "practice.html",
        round=learner.practice.round,
        standing=standing(load_course(), learner.progress),
        count=ROUND,
        notice=told(request, "old"),
    )


@router.post(START, dependencies=[SIGNED])
def begin_round(form: FormDep, notebook: NotebookDep) -> Response:
    wanted = str(form.get("kind", ""))
    kind: Kind | None = next((kind for kind in get_args(Kind) if kind == wanted), None)
    seed = secrets.randbelow(2**32)
    notebook.change(lambda learner: begin(load_course(), learner, seed, kind))
    return to(f"{START}/1")


@router.post("/learn/practice/stop", dependencies=[SIGNED])
def stop_round(notebook: NotebookDep) -> Response:
    learner = notebook.change(stop)
    answered = learner and learner.practice.round and learner.practice.round.answers
    return to(RESULT if answered else "/learn")


@router.get(RESULT, response_class=HTMLResponse)
def result(request: Request, learner: LearnerDep) -> Response:
    """What was wrong in the last round; a round under way goes on, and without one there is the start."""
    course, now = load_course(), learner.practice.round
    if now is None or not now.answers:
        return to(START)
    if now.next_place:
        return to(f"{START}/{now.next_place}")
    markings = now.markings(course)
    return page(
        request,
        "result.html",
        round=now,
        right=sum(marking.right for marking in markings.values()),
        wrong=[_sheet(now, place) for place, marking in markings.items() if not marking.right],
        learner=learner,
    )


def _sheet(now: Round, place: int) -> Sheet:
    return sheet(now, place, f"{START}/{place}")


@router.get("/learn/practice/{place}", response_class=HTMLResponse)
def question(request: Request, place: int, learner: LearnerDep) -> Response:
    """The question at `place`: to be answered, or marked. One that has not come yet leads to the one that has."""
    now = learner.practice.round
    if now is None:
        return to(START)
    if place in now.answers or place == now.next_place:
        return _question(request, now, _sheet(now, place))
    return to(f"{START}/{now.next_place}" if now.next_place else RESULT)


def _question(request: Request, now: Round, asked: Sheet, status: int = 200) -> HTMLResponse:
    return page(request, "question.html", status, round=now, sheet=asked)


@router.post("/learn/practice/{place}", dependencies=[SIGNED])
def answer(request: Request, place: int, form: FormDep, learner: LearnerDep, notebook: NotebookDep) -> Response:
    """Mark the answer at `place`, once. A form of an earlier round counts for nothing, and the page says so."""
    course, now, seed = load_course(), learner.practice.round, seed_in(form)
    if now is None or now.seed != seed:
        return to(f"{START}?told=old")
    if place == now.next_place:
        asked = _sheet(now, place)
        given = read_answer(asked.view, place, form)
        if isinstance(given, Mistake):
            return _question(request, now, sent_back(asked, form, given), 422)
        written = Given(seed=seed, place=place, answer=given, day=date.today())
        notebook.change(lambda then: answer_round(course, then, written))
    return to(f"{START}/{place}")
