"""A round of practice: left and taken up, answered in its places, each counted once."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.learn.course import Course, load_course
from assistant.learn.practice import ROUND
from assistant.learn.progress import Progress
from assistant.learn.rounds import (
    IN_LESSON,
    Given,
    Learner,
    Practice,
    Round,
    answer_lesson,
    answer_round,
    begin,
    begin_lesson,
    round_of_lesson,
    stop,
)

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course()


def _right(course: Course, made: Round, place: int, *, seed: int | None = None) -> Given:
    """The right answer at `place`, as a form sends it."""
    question = course.question(made.questions[place - 1])
    ids = {choice.text: choice.id for choice in made.view(course, place).choices}
    solution = question.solution if question.way == "order" else question.solution[:1]
    answer = tuple(ids.get(entry, entry) for entry in solution)
    return Given(seed=made.seed if seed is None else seed, place=place, answer=answer, day=DAY)


def _round(learner: Learner | None) -> Round:
    assert learner and learner.practice.round
    return learner.practice.round


def test_a_question_looks_the_same_whenever_it_is_opened(course: Course) -> None:
    made = _round(begin(course, Learner(), 7))
    assert len(made.questions) == ROUND
    stored = Round.model_validate(made.model_dump(mode="json"))
    assert [made.view(course, n) for n in range(1, 11)] == [stored.view(course, n) for n in range(1, 11)]
    shuffled = {tuple(c.id for c in Round(seed=s, questions=("order-01",)).view(course, 1).choices) for s in range(20)}
    assert len(shuffled) > 1


def test_an_answer_counts_once(course: Course) -> None:
    learner = begin(course, Learner(), 7)
    made = _round(learner)
    once = answer_round(course, learner, _right(course, made, 1))
    assert once and once.progress.boxes[made.questions[0]].right == 1 and _round(once).next_place == 2
    wrong = Given(seed=7, place=1, answer=(), day=DAY)
    again = answer_round(course, once, wrong)
    assert again == once
    marking = _round(again).marking(course, 1)
    assert marking and marking.right


def test_places_are_answered_in_order_and_only_in_their_own_round(course: Course) -> None:
    learner = begin(course, Learner(), 7)
    made = _round(learner)
    for given in (_right(course, made, 2), _right(course, made, 1, seed=8), Given(seed=7, place=0, answer=(), day=DAY)):
        assert answer_round(course, learner, given) is None
    assert answer_round(course, Learner(), _right(course, made, 1)) is None


def test_a_stopped_round_keeps_its_answers_and_takes_no_more(course: Course) -> None:
    learner = begin(course, Learner(), 7)
    made = _round(learner)
    learner = answer_round(course, learner, _right(course, made, 1)) or learner
    stopped = stop(learner)
    assert _round(stopped).next_place is None and _round(stopped).answers == _round(learner).answers
    assert answer_round(course, stopped, _right(course, made, 2)) is None
    assert stop(Learner()) == Learner()


def test_a_round_is_not_begun_twice_while_nothing_was_answered(course: Course) -> None:
    one = begin(course, Learner(), 1)
    assert begin(course, one, 2) == one and one.progress.round == 1
    other = begin(course, one, 3, "truth")
    assert other.progress.round == 2 and {course.question(q).kind for q in _round(other).questions} == {"truth"}
    answered = answer_round(course, other, Given(seed=3, place=1, answer=(), day=DAY))
    assert answered and _round(begin(course, answered, 4, "truth")).seed == 4


def test_the_questions_of_a_lesson(course: Course) -> None:
    for lesson in course.lessons:
        made = round_of_lesson(course, Learner(), lesson.id)
        there = [q for q in course.questions if q.lesson == lesson.id]
        assert len(made.questions) == min(IN_LESSON, len(there)) and len(set(made.questions)) == len(made.questions)
        assert {course.question(q).lesson for q in made.questions} == {lesson.id}
        kinds = [course.question(q).kind for q in made.questions]
        assert len(set(kinds)) == min(len(kinds), len({q.kind for q in there}))


def test_answering_in_a_lesson_counts_once_and_reads_it(course: Course) -> None:
    made = round_of_lesson(course, Learner(), "taito")
    given = _right(course, made, 3)  # in any order
    once = answer_lesson(course, Learner(), "taito", given)
    assert once and once.progress.read == {"taito": DAY} and once.progress.boxes[made.questions[2]].right == 1
    assert answer_lesson(course, once, "taito", given) == once
    assert answer_lesson(course, once, "taito", given.model_copy(update={"seed": 5})) is None
    assert answer_lesson(course, once, "taito", given.model_copy(update={"place": 4})) is None
    anew = begin_lesson(course, once, "taito", 5)
    assert anew.progress == once.progress and not round_of_lesson(course, anew, "taito").answers


def test_rounds_of_a_course_that_has_changed_are_left_out(course: Course) -> None:
    learner = begin_lesson(course, begin(course, Learner(), 7), "taito", 1)
    assert learner.practice.known(course) == learner.practice
    less = course.model_copy(update={"questions": ()})
    assert learner.practice.known(less) == Practice()


def test_all_rounds_finish_the_course(course: Course) -> None:
    read = {lesson.id: DAY for lesson in course.lessons}
    learner = Learner(progress=Progress(read=read))
    for seed in range(20):
        learner = begin(course, learner, seed)
        for place in range(1, len(_round(learner).questions) + 1):
            learner = answer_round(course, learner, _right(course, _round(learner), place)) or learner
        if learner.progress.finished:
            break
    assert learner.progress.finished == DAY and seed < 10
