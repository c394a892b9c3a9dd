"""A round of practice that can be left and taken up again: its questions in their places, and what was answered where.

Pure. An answer has its place, so that a page that is sent twice, reloaded or opened again from the browser's history
counts once.
"""

from __future__ import annotations

from datetime import date
from random import Random

from pydantic import Field

from assistant.frozen import Frozen
from assistant.learn.course import Course, QuestionView
from assistant.learn.marking import Marking, mark
from assistant.learn.practice import ROUND, draw, draw_of_kind, draw_of_lesson
from assistant.learn.progress import Progress
from assistant.learn.questions import Kind

IN_LESSON = 3  # questions at the end of a lesson


class Round(Frozen):
    """Places count from 1. `seed` names the round and decides how the choices of each place are shuffled."""

    seed: int = Field(ge=0)
    questions: tuple[str, ...]
    kind: Kind | None = Field(None, description="None: every kind")
    answers: dict[int, tuple[str, ...]] = Field(
        default_factory=dict, description="place → what was answered; empty where the learner did not know"
    )
    stopped: bool = False

    @property
    def next_place(self) -> int | None:
        """The first place without an answer; None once the round is over."""
        places = range(1, len(self.questions) + 1)
        return None if self.stopped else next((place for place in places if place not in self.answers), None)

    def view(self, course: Course, place: int) -> QuestionView:
        """The question at `place`, the same however often it is opened."""
        rng = Random(f"{self.seed}/{place}")  # noqa: S311 - an order of choices, no secret
        return course.view(course.question(self.questions[place - 1]), rng)

    def marking(self, course: Course, place: int) -> Marking | None:
        """How the answer at `place` was marked; None where there is none yet."""
        if place not in self.answers:
            return None
        return mark(course.question(self.questions[place - 1]), self.answers[place])

    def markings(self, course: Course) -> dict[int, Marking]:
        """Every answered place, in order."""
        found = ((place, self.marking(course, place)) for place in sorted(self.answers))
        return {place: marking for place, marking in found if marking}


class Given(Frozen):
    """An answer to the question at `place` of the round `seed`; empty where the learner does not know."""

    seed: int
    place: int
    answer: tuple[str, ...]
    day: date


class Practice(Frozen):
    """What a learner is in the middle of: a round, and the questions of lessons by the lesson's id."""

    round: Round | None = None
    lessons: dict[str, Round] = Field(default_factory=dict)

    def known(self, course: Course) -> Practice:
        """Without the rounds of a course that has changed since."""
        ids = {question.id for question in course.questions}
        lessons = {key: made for key, made in self.lessons.items() if ids.issuperset(made.questions)}
        kept = self.round if self.round and ids.issuperset(self.round.questions) else None
        return Practice(round=kept, lessons=lessons)


class Learner(Frozen):
    """All that is kept of a learner."""

    progress: Progress = Progress()
    practice: Practice = Practice()

    def with_practice(self, **changed: object) -> Learner:
        return self.model_copy(update={"practice": self.practice.model_copy(update=changed)})

    def with_progress(self, progress: Progress) -> Learner:
        return self.model_copy(update={"progress": progress})


def begin(course: Course, learner: Learner, seed: int, kind: Kind | None = None) -> Learner:
    """A new round, of one kind or of all; a round of this kind in which nothing was answered yet is not begun twice."""
    now = learner.practice.round
    if now and not now.stopped and not now.answers and now.kind == kind:
        return learner
    progress = learner.progress.with_round()
    rng = Random(seed)  # noqa: S311 - a draw of questions, no secret
    drawn = draw_of_kind(course, rng, ROUND, kind) if kind else draw(course, rng, ROUND, progress)
    made = Round(seed=seed, kind=kind, questions=tuple(question.id for question in drawn))
    return learner.with_progress(progress).with_practice(round=made)


def stop(learner: Learner) -> Learner:
    """End the round where it is; what was answered stays."""
    now = learner.practice.round
    return learner.with_practice(round=now.model_copy(update={"stopped": True})) if now else learner


def round_of_lesson(course: Course, learner: Learner, lesson_id: str) -> Round:
    """The questions at the end of a lesson: those the learner is at, else the first draw, which is the same for all."""
    return learner.practice.lessons.get(lesson_id) or _draw_lesson(course, lesson_id, 0)


def begin_lesson(course: Course, learner: Learner, lesson_id: str, seed: int) -> Learner:
    """Other questions at the end of a lesson."""
    return _with_lesson(learner, lesson_id, _draw_lesson(course, lesson_id, seed))


def answer_round(course: Course, learner: Learner, given: Given) -> Learner | None:
    """The learner after an answer. One that was given before stays as it was; None: this is no place of the round."""
    now = learner.practice.round
    if now is None or now.seed != given.seed or not _answerable(now, given.place):
        return None
    return _counted(course, learner, now, given).with_practice(round=_with_answer(now, given))


def answer_lesson(course: Course, learner: Learner, lesson_id: str, given: Given) -> Learner | None:
    """The same for a question at the end of a lesson; who answers there has read the lesson."""
    now = round_of_lesson(course, learner, lesson_id)
    if now.seed != given.seed or not 1 <= given.place <= len(now.questions):
        return None
    learner = learner.with_progress(learner.progress.with_read(lesson_id, given.day))
    return _with_lesson(_counted(course, learner, now, given), lesson_id, _with_answer(now, given))


def _draw_lesson(course: Course, lesson_id: str, seed: int) -> Round:
    rng = Random(seed)  # noqa: S311 - a draw of questions, no secret
    drawn = draw_of_lesson(course, rng, IN_LESSON, lesson_id)
    return Round(seed=seed, questions=tuple(question.id for question in drawn))


def _with_lesson(learner: Learner, lesson_id: str, made: Round) -> Learner:
    return learner.with_practice(lessons={**learner.practice.lessons, lesson_id: made})


def _answerable(now: Round, place: int) -> bool:
    """A round is answered in its order: the next place, or one that was answered already."""
    return place in now.answers or place == now.next_place


def _with_answer(now: Round, given: Given) -> Round:
    return now.model_copy(update={"answers": {given.place: given.answer, **now.answers}})


def _counted(course: Course, learner: Learner, now: Round, given: Given) -> Learner:
    """The learner with the answer in the progress, unless this place was counted before."""
    progress = learner.progress
    if given.place not in now.answers:
        question = course.question(now.questions[given.place - 1])
        progress = progress.with_answer(question.id, mark(question, given.answer).right)
    return learner.with_progress(progress.with_finish(course, given.day))
