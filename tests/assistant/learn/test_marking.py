"""Marking: by id or in words, width and case aside; orders partly right; what is no answer at all."""

from __future__ import annotations

from random import Random

import pytest

from assistant.errors import WrongUse
from assistant.learn.course import Course, load_course
from assistant.learn.marking import mark
from assistant.learn.questions import Question, choice_id, choices

COURSE = load_course()


@pytest.mark.parametrize("question", COURSE.questions, ids=lambda question: question.id)
def test_the_key_is_right_and_every_other_choice_is_wrong(question: Question) -> None:
    key = list(question.solution) if question.way == "order" else question.solution[0]
    marking = mark(question, key)
    assert marking.right and marking.score == 1 and marking.understood and not marking.comment
    assert marking.explanation and marking.citations and marking.lesson
    if question.way == "choice":
        for option in question.options:
            marked = mark(question, choice_id(question, option))
            assert marked.right is (option in question.solution) and marked.understood


@pytest.mark.parametrize(
    "question", [q for q in COURSE.questions if q.way == "order"], ids=lambda question: question.id
)
def test_an_order_is_partly_right(question: Question) -> None:
    steps = list(question.solution)
    swapped = [steps[0], *steps[2:0:-1], *steps[3:]]
    marking = mark(question, [choice_id(question, step) for step in swapped])
    assert not marking.right and 0 < marking.score < 1 and marking.score == (len(steps) - 2) / len(steps)
    assert marking.expected == question.solution
    assert f"{len(steps) - 2}が正しい位置" in marking.comment and steps[1] in marking.comment
    for broken in (steps[:-1], [*steps[:-1], steps[0]], [*steps, "x"], [], steps[0]):
        assert (marked := mark(question, broken)).score == 0 and not marked.understood


@pytest.mark.parametrize(
    ("question_id", "answer", "right"),
    [
        ("number-01", "２０３", True),
        ("number-01", " 203 事業 ", True),
        ("number-01", "203件", True),
        ("number-01", "2030", False),
        ("number-01", "118", False),
        ("number-06", "３０万円", True),
        ("number-06", "300,000円", True),
        ("number-06", "30円", False),
        ("number-08", "10人以内", True),
        ("number-08", "8", False),
        ("blank-01", "「対等」", True),
        ("blank-01", "平等", False),
        ("blank-01", "", False),
        ("truth-01", "x", True),
        ("truth-01", "X", True),
        ("truth-01", "誤り", True),
        ("truth-01", "〇", False),
        ("truth-02", "はい", True),
        ("form-01", "委託型", True),
        ("form-01", "委託 型", True),
        ("form-01", "補助型", False),
        ("division-02", "道路局管理課", True),
        ("principle-01", "対等", True),
    ],
)
def test_what_is_written_counts_not_how(question_id: str, answer: str, right: bool) -> None:
    assert mark(COURSE.question(question_id), answer).right is right


@pytest.mark.parametrize("answer", ["", "7", "なんとか型", "委託型と補助型"])
def test_what_was_not_offered_is_not_understood(answer: str) -> None:
    marking = mark(COURSE.question("form-01"), answer)
    assert not marking.right and not marking.understood and marking.expected == ("委託型",)


def test_choices_are_shuffled_by_the_seed_and_orders_never_come_solved(course: Course) -> None:
    for question in course.questions:
        offered = {tuple(c.text for c in choices(question, Random(seed))) for seed in range(30)}
        if question.way == "text":
            assert offered == {()}
        elif question.fixed:
            assert offered == {question.options}
        else:
            assert len(offered) > 3
        assert question.way != "order" or question.solution not in offered


def test_a_view_does_not_tell_the_key(course: Course) -> None:
    for question in course.questions:
        told = course.view(question, Random(1)).model_dump()
        assert set(told) == {"id", "kind", "kind_name", "lesson", "ask", "text", "way", "choices"}
        assert question.explanation not in str(told)


def test_an_unknown_question_or_lesson_is_said_so(course: Course) -> None:
    with pytest.raises(WrongUse, match="no-such"):
        course.question("no-such")
    with pytest.raises(WrongUse, match="10"):
        course.lesson("10")
    assert course.lesson("1") == course.lesson("taito")
