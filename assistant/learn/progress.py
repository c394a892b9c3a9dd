"""What a learner has done: lessons read, and a box for each question answered. Pure; assistant/learn/store.py keeps it.

Spaced repetition after Sebastian Leitner, So lernt man lernen (Herder, 1972): a question answered right moves to the
next of five boxes and rests longer, one answered wrong goes back to the first. Rests are counted in rounds of practice
(1, 2, 4, 8, 16), not in days, so that somebody who learns in one afternoon also meets what was wrong again.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from assistant.frozen import Frozen
from assistant.learn.course import Course
from assistant.learn.questions import Kind

BOXES = 5


class Box(Frozen):
    """Where a question lies for this learner. `round` is the round of practice it was last answered in."""

    box: int = Field(ge=1, le=BOXES)
    round: int = Field(ge=0)
    right: int = 0
    wrong: int = 0
    last_right: bool


class Progress(Frozen):
    """A learner's file. Lessons and questions that the course no longer has stay in it and do not count."""

    version: int = Field(1, ge=1, le=1)
    name: str = ""
    round: int = Field(0, ge=0, description="rounds of practice begun")
    read: dict[str, date] = Field(default_factory=dict, description="lesson id → the day it was first read")
    boxes: dict[str, Box] = Field(default_factory=dict, description="question id → its box")
    finished: date | None = None

    def with_round(self) -> Progress:
        return self.model_copy(update={"round": self.round + 1})

    def with_read(self, lesson_id: str, today: date) -> Progress:
        return self.model_copy(update={"read": {lesson_id: today, **self.read}})

    def with_answer(self, question_id: str, right: bool) -> Progress:
        before = self.boxes.get(question_id, Box(box=1, round=0, last_right=False))
        box = Box(
            box=min(before.box + 1, BOXES) if right else 1,
            round=self.round,
            right=before.right + right,
            wrong=before.wrong + (not right),
            last_right=right,
        )
        return self.model_copy(update={"boxes": {**self.boxes, question_id: box}})

    def with_finish(self, course: Course, today: date) -> Progress:
        """The day the course was finished, once it is; later mistakes do not take it back."""
        if self.finished or not standing(course, self).done:
            return self
        return self.model_copy(update={"finished": today})

    def is_due(self, question_id: str) -> bool:
        """Has the question been answered before, and rested long enough since?"""
        box = self.boxes.get(question_id)
        return box is not None and self.round - box.round >= 2 ** (box.box - 1)


class KindStanding(Frozen):
    """`right` questions of a kind were right when last answered; `needed` must be."""

    kind: Kind
    name: str
    right: int
    needed: int
    total: int


class Standing(Frozen):
    """How far a learner is."""

    lessons_read: int
    lessons: int
    kinds: tuple[KindStanding, ...]
    wrong: int = Field(description="questions that were wrong when last answered")
    done: bool


def standing(course: Course, progress: Progress) -> Standing:
    known = {question.id: progress.boxes.get(question.id) for question in course.questions}
    right = {question.id for question in course.questions if (box := known[question.id]) and box.last_right}
    kinds = tuple(
        KindStanding(
            kind=card.kind,
            name=card.name,
            right=sum(question.id in right for question in course.questions if question.kind == card.kind),
            needed=card.needed,
            total=sum(question.kind == card.kind for question in course.questions),
        )
        for card in course.kinds
    )
    read = sum(lesson.id in progress.read for lesson in course.lessons)
    return Standing(
        lessons_read=read,
        lessons=len(course.lessons),
        kinds=kinds,
        wrong=sum(box is not None and not box.last_right for box in known.values()),
        done=read == len(course.lessons) and all(kind.right >= kind.needed for kind in kinds),
    )
