"""Which questions come next: what was wrong and has rested, then what is new, each drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from assistant.learn.course import Course
from assistant.learn.progress import Progress, standing
from assistant.learn.questions import Kind, Question

ROUND = 10  # questions


def draw(course: Course, rng: Random, count: int, progress: Progress | None = None) -> list[Question]:
    """`count` questions, fewer if the course has fewer. What is due takes half the places at most while there is new
    matter, so that a round brings both; new questions come from every kind in turn, kinds that still need some first."""
    progress = progress or Progress()
    due = [q for q in course.questions if progress.is_due(q.id)]
    new = _in_turn([q for q in course.questions if q.id not in progress.boxes], rng)
    unfinished = {kind.kind for kind in standing(course, progress).kinds if kind.right < kind.needed}
    new.sort(key=lambda q: q.kind not in unfinished)  # stable: the kinds still take turns
    rng.shuffle(due)
    due.sort(key=lambda q: progress.boxes[q.id].last_right)  # stable: what was wrong first, shuffled otherwise
    again = due[: count // 2 + max(0, count - count // 2 - len(new))]
    rest = [q for q in course.questions if q.id in progress.boxes and q not in again]
    rest.sort(key=lambda q: (progress.boxes[q.id].last_right, progress.boxes[q.id].round))
    return [*again, *new, *rest][:count]


def draw_of_kind(course: Course, rng: Random, count: int, kind: Kind) -> list[Question]:
    """`count` questions of one kind, fewer if there are fewer."""
    of_kind = [q for q in course.questions if q.kind == kind]
    return rng.sample(of_kind, min(count, len(of_kind)))


def draw_of_lesson(course: Course, rng: Random, count: int, lesson_id: str) -> list[Question]:
    """`count` questions of one lesson, its kinds in turn, fewer if there are fewer."""
    return _in_turn([q for q in course.questions if q.lesson == lesson_id], rng)[:count]


def _in_turn(questions: Sequence[Question], rng: Random) -> list[Question]:
    """The questions shuffled so that the kinds take turns."""
    piles: dict[Kind, list[Question]] = {}
    for question in rng.sample(questions, len(questions)):
        piles.setdefault(question.kind, []).append(question)
    order = rng.sample(list(piles), len(piles))
    longest = max((len(pile) for pile in piles.values()), default=0)
    return [piles[kind][n] for n in range(longest) for kind in order if n < len(piles[kind])]
