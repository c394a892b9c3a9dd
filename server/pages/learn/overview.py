"""/learn: what the course is, its lessons, how far the learner is, and moving the progress to another computer."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile

from assistant.errors import BadInputFile
from assistant.learn.course import load_course
from assistant.learn.practice import ROUND
from assistant.learn.progress import standing
from assistant.learn.rounds import Learner, Practice
from server.guard.csrf import SIGNED
from server.pages.learn.parts import FormDep, LearnerDep, NotebookDep, page, said, to, told
from server.render import language_of
from server.store.progress import LARGEST, read_progress

router = APIRouter()
FILE = "kyodo-learn.json"
_READ_A_MINUTE = 400  # characters, read to learn
_ROUND_MINUTES = 10


def minutes(characters: int) -> int:
    """How long a text takes to read."""
    return max(1, ceil(characters / _READ_A_MINUTE))


@dataclass(frozen=True)
class Next:
    """What a learner does next: the words for it, as `learn.next_…` and `learn.go_…`, and where."""

    name: str
    path: str
    values: dict[str, Any] = field(default_factory=dict)


def next_step(learner: Learner) -> Next:
    """The round that is under way, the first lesson not read, practice, the certificate: whichever comes first."""
    course, progress, now = load_course(), learner.progress, learner.practice.round
    if now and now.next_place:
        return Next("round", f"/learn/practice/{now.next_place}", {"place": now.next_place})
    unread = next((lesson for lesson in course.lessons if lesson.id not in progress.read), None)
    if unread:
        return Next("lesson" if progress.read else "first", f"/learn/lessons/{unread.id}", {"number": unread.number})
    if progress.finished:
        return Next("done", "/learn/certificate")
    left = sum(max(0, kind.needed - kind.right) for kind in standing(course, progress).kinds)
    return Next("practice", "/learn/practice", {"left": left})


@router.get("/learn", response_class=HTMLResponse)
def overview(request: Request, learner: LearnerDep) -> HTMLResponse:
    return _overview(request, learner, notice=told(request, "imported"))


def _overview(
    request: Request, learner: Learner, status: int = 200, mistake: str = "", notice: str = ""
) -> HTMLResponse:
    course = load_course()
    needed = sum(card.needed for card in course.kinds)
    reading = sum(minutes(lesson.length) for lesson in course.lessons)
    return page(
        request,
        "index.html",
        status,
        learner=learner,
        standing=standing(course, learner.progress),
        next=next_step(learner),
        minutes=minutes,
        times={
            "lessons": len(course.lessons),
            "reading": reading,
            "round": ROUND,
            "total": ceil((reading + ceil(needed / ROUND) * _ROUND_MINUTES) / 10) * 10,
        },
        needed=needed,
        days=request.app.state.service.settings.keep_days,
        mistake=mistake,
        notice=notice,
    )


@router.get("/learn/progress.json")
def save_file(learner: LearnerDep) -> Response:
    """The progress as a file, the same as the terminal's."""
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"', "Cache-Control": "no-store"}
    return Response(learner.progress.model_dump_json(indent=1), media_type="application/json", headers=headers)


@router.get("/learn/progress")
def back_to_overview() -> Response:
    """Where the address of a refused file leads, opened by itself."""
    return to("/learn#progress")


@router.post("/learn/progress", dependencies=[SIGNED])
def take_file(request: Request, form: FormDep, learner: LearnerDep, notebook: NotebookDep) -> Response:
    """Replace the progress by a file's; what is under way is over then."""
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _overview(request, learner, 422, said(request, "learn.error_no_file"))
    try:
        taken = read_progress(sent.file.read(LARGEST + 1))
    except BadInputFile as error:
        return _overview(request, learner, 422, error.ja if language_of(request) == "ja" else error.en)
    notebook.change(lambda _: Learner(progress=taken, practice=Practice()))
    return to("/learn?told=imported#progress")
