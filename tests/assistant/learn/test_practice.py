"""Spaced repetition and the draw: what was wrong comes back, rests grow, the seed decides, the course can be finished."""

from __future__ import annotations

from datetime import date
from random import Random

from assistant.learn.course import Course
from assistant.learn.practice import draw, draw_of_kind
from assistant.learn.progress import BOXES, Progress, standing

DAY = date(2026, 4, 1)


def test_a_right_answer_rests_longer_each_time_and_a_wrong_one_begins_again() -> None:
    progress = Progress()
    for box in (2, 3, 4, 5, 5):
        progress = progress.with_round().with_answer("q", True)
        assert progress.boxes["q"].box == box
    assert BOXES == 5
    rests = []
    for box in (1, 2, 3, 4, 5):
        state = progress.model_copy(
            update={"boxes": {"q": progress.boxes["q"].model_copy(update={"box": box, "round": 0})}}
        )
        rests.append(next(n for n in range(1, 40) if state.model_copy(update={"round": n}).is_due("q")))
    assert rests == [1, 2, 4, 8, 16]
    progress = progress.with_answer("q", False)
    assert progress.boxes["q"].box == 1 and not progress.boxes["q"].last_right
    assert (progress.boxes["q"].right, progress.boxes["q"].wrong) == (5, 1)
    assert not progress.is_due("q") and progress.with_round().is_due("q")


def test_what_was_wrong_comes_back_in_the_next_round_and_what_was_right_does_not(course: Course) -> None:
    progress = Progress().with_round()
    first = draw(course, Random(1), 10, progress)
    for number, question in enumerate(first):
        progress = progress.with_answer(question.id, number >= 3)
    again = [q.id for q in draw(course, Random(2), 10, progress.with_round())]
    assert {q.id for q in first[:3]} == set(again[:3])
    assert not {q.id for q in first[3:]} & set(again)


def test_reviews_take_half_of_a_round_while_there_is_new_matter_and_all_of_it_after(course: Course) -> None:
    progress = Progress().with_round()
    for question in course.questions[:60]:
        progress = progress.with_answer(question.id, False)
    progress = progress.with_round()
    drawn = [q.id for q in draw(course, Random(3), 10, progress)]
    assert sum(q in progress.boxes for q in drawn) == 5
    for question in course.questions[60:]:
        progress = progress.with_answer(question.id, True)
    drawn = [q.id for q in draw(course, Random(3), 10, progress)]
    assert len(drawn) == 10 and all(not progress.boxes[q].last_right for q in drawn)


def test_kinds_that_still_need_right_answers_come_first(course: Course) -> None:
    progress = Progress()
    for question in course.questions:
        if question.kind not in ("order", "item"):
            progress = progress.with_answer(question.id, True)
    asked = [q for q in course.questions if q.kind == "truth"]
    progress = progress.model_copy(update={"boxes": {k: v for k, v in progress.boxes.items() if k != asked[0].id}})
    drawn = draw(course, Random(1), 100, progress)
    assert {q.kind for q in drawn[:15]} == {"order", "item"} and drawn[15].id == asked[0].id


def test_the_seed_decides_and_nothing_comes_twice(course: Course) -> None:
    one, same, other = (draw(course, Random(seed), 20) for seed in (7, 7, 8))
    assert one == same != other
    assert len({q.id for q in one}) == 20
    assert {q.kind for q in draw(course, Random(1), len(course.kinds))} == {card.kind for card in course.kinds}
    assert len(draw(course, Random(1), 1000)) == len(course.questions)
    of_kind = draw_of_kind(course, Random(1), 100, "order")
    assert {q.kind for q in of_kind} == {"order"} and len({q.id for q in of_kind}) == len(of_kind)


def test_the_course_is_finished_by_reading_and_by_answering_each_kind(course: Course) -> None:
    progress = Progress()
    for lesson in course.lessons:
        progress = progress.with_read(lesson.id, DAY)
    needed = {card.kind: card.needed for card in course.kinds}
    for question in course.questions:
        if needed[question.kind]:
            assert progress.with_finish(course, DAY).finished is None
            progress = progress.with_answer(question.id, True)
            needed[question.kind] -= 1
    assert standing(course, progress).done
    unread = progress.model_copy(update={"read": {course.lessons[0].id: DAY}})
    assert not standing(course, unread).done
    done = progress.with_finish(course, DAY)
    later = done.with_answer(course.questions[0].id, False).with_finish(course, date(2027, 1, 1))
    assert later.finished == DAY and not standing(course, later).done


def test_the_same_question_answered_often_is_not_a_level(course: Course) -> None:
    progress = Progress()
    for _ in range(50):
        progress = progress.with_answer("order-01", True)
    order = next(kind for kind in standing(course, progress).kinds if kind.kind == "order")
    assert order.right == 1


def test_what_the_course_no_longer_has_stays_and_does_not_count(course: Course) -> None:
    progress = Progress().with_read("gone", DAY).with_answer("gone-01", True)
    now = standing(course, progress)
    assert now.lessons_read == 0 and not any(kind.right for kind in now.kinds)
    assert draw(course, Random(1), 5, progress.with_round().with_round())
    assert "gone-01" in progress.boxes
