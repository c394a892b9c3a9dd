"""What a visitor has learned, and the round of practice that the visitor is in."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.errors import BadInputFile, WrongUse
from assistant.learn.course import Course
from assistant.learn.progress import Progress
from assistant.learn.rounds import Learner, Practice
from assistant.learn.store import clean_name
from prompts import say
from server.store.tables import Visitor, now
from server.store.visitors import keep_visitor

LARGEST = 128 * 1024  # bytes of a progress file; the whole course takes about 10 KiB
_HIGHEST = 1_000_000  # rounds and answers that a person can come to


def learner_of(session: Session, visitor: str, course: Course) -> Learner:
    """What is kept of the visitor; nothing yet is an empty learner, and no row is made for it."""
    row = session.get(Visitor, visitor)
    return _learner(row, course) if row else Learner()


def change_learner(
    session: Session, visitor: str, course: Course, change: Callable[[Learner], Learner | None]
) -> Learner | None:
    """Carry out `change` on what is kept now and keep the result; None changes nothing.

    The row is written before it is read, so that of two answers sent at once the second sees the first.
    """
    session.execute(update(Visitor).where(Visitor.id == visitor).values(seen=now()))
    row = keep_visitor(session, visitor)
    session.refresh(row)
    changed = change(_learner(row, course))
    if changed is not None:
        row.progress = changed.progress.model_dump(mode="json")
        row.practice = changed.practice.model_dump(mode="json")
    return changed


def read_progress(data: bytes) -> Progress:
    """A progress file, as the terminal keeps it and the page hands it out. Raises BadInputFile."""
    try:
        return checked(Progress.model_validate_json(data))
    except ValidationError as error:
        raise _bad() from error


def checked(progress: Progress) -> Progress:
    """`progress` with a clean name, if a person can have come so far. Raises BadInputFile."""
    counts = [progress.round, *(n for box in progress.boxes.values() for n in (box.round, box.right, box.wrong))]
    if not all(0 <= n <= _HIGHEST for n in counts) or len(progress.model_dump_json()) > LARGEST:
        raise _bad()
    try:
        return progress.model_copy(update={"name": clean_name(progress.name)})
    except WrongUse as error:
        raise BadInputFile(error.ja, error.en) from error


def _bad() -> BadInputFile:
    return BadInputFile(say("learn", "bad_file"), say("learn", "bad_file_en"))


def _learner(row: Visitor, course: Course) -> Learner:
    return Learner(
        progress=Progress.model_validate(row.progress or {}),
        practice=Practice.model_validate(row.practice or {}).known(course),
    )
