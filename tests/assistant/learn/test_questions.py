"""Every key of the course against the records: the directory, the contracts, the ordinance, the quotations."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from assistant.index import Index
from assistant.learn.course import Course, load_course
from assistant.learn.questions import (
    BLANK,
    BlankQuestion,
    Counted,
    DivisionQuestion,
    FormQuestion,
    ItemQuestion,
    NumberQuestion,
    OrderQuestion,
    PrincipleQuestion,
    Question,
    RepairQuestion,
    TruthQuestion,
    choices,
)
from assistant.records import Records
from assistant.text import compact

COURSE = load_course()


def _of(kind: type[Question]) -> list[Question]:
    return [question for question in COURSE.questions if isinstance(question, kind)]


def test_there_are_enough_and_each_is_there_once() -> None:
    assert len(COURSE.questions) >= 66
    assert len({question.id for question in COURSE.questions}) == len(COURSE.questions)
    bodies = Counter(compact(question.body) for question in COURSE.questions)
    assert max(bodies.values()) == 1
    lessons = {lesson.id for lesson in COURSE.lessons}
    assert {question.lesson for question in COURSE.questions} == lessons


@pytest.mark.parametrize("card", COURSE.kinds, ids=lambda card: card.kind)
def test_a_level_can_be_reached_and_is_not_everything(card: object) -> None:
    (found,) = (c for c in COURSE.kinds if c is card)
    there = sum(question.kind == found.kind for question in COURSE.questions)
    assert found.needed < there


@pytest.mark.parametrize("question", COURSE.questions, ids=lambda question: question.id)
def test_the_answers_offered_are_different_and_hold_the_key(question: Question) -> None:
    offered = [compact(option) for option in question.options]
    assert len(set(offered)) == len(offered)
    assert question.way == "text" or set(question.solution) <= set(question.options)
    ids = [choice.id for choice in choices(question, Random(1))]
    assert len(set(ids)) == len(ids) == len(offered)


@pytest.mark.parametrize("question", _of(PrincipleQuestion), ids=lambda question: question.id)
def test_a_principle_question_cites_its_principle(question: PrincipleQuestion) -> None:
    assert f"{question.right}の原則" in question.cites[0].quote
    assert question.right not in question.text


def test_every_principle_is_asked_twice() -> None:
    asked = Counter(question.right for question in _of(PrincipleQuestion) if isinstance(question, PrincipleQuestion))
    assert set(asked.values()) == {2} and len(asked) == 6


@pytest.mark.parametrize("question", _of(FormQuestion), ids=lambda question: question.id)
def test_a_form_question_agrees_with_the_contract(question: FormQuestion, index: Index) -> None:
    told = {
        "委託型": "その全部または一部を委ねる",
        "補助型": "資金面（事業費）で協力する",
        "負担金型": "経費を市（またはお互い）が負担する",
    }
    assert told[question.right] in question.cites[0].quote
    if question.contract is not None:
        (record,) = (c for c in index.records.contracts if c.number == question.contract)
        assert record.form == question.right
        assert record.locator in question.cites[-1].locator
        assert compact(record.cost) in compact(question.cites[-1].quote)
    assert not re.search("委託|補助|負担金", question.text)


@pytest.mark.parametrize("question", _of(DivisionQuestion), ids=lambda question: question.id)
def test_a_division_question_agrees_with_the_directory(question: DivisionQuestion, index: Index) -> None:
    (record,) = (r for r in index.records.directory if r.id == question.record)
    assert question.right in {f"{record.organization} {division}" for division in record.divisions}
    known = {f"{r.organization} {division}" for r in index.records.directory for division in r.divisions}
    assert set(question.wrong) <= known
    assert not {f"{record.organization} {division}" for division in record.divisions} & set(question.wrong)
    assert record.divisions[0] not in question.text
    proof = compact(question.cites[0].quote)
    assert compact(question.right.split()[1]) in proof


@pytest.mark.parametrize("question", _of(OrderQuestion), ids=lambda question: question.id)
def test_the_steps_of_an_order_question_stand_in_this_order(question: OrderQuestion, index: Index) -> None:
    assert len(question.cites) == len(question.steps)
    assert len({quote.source_id for quote in question.cites}) == 1
    chunks = sorted(index.chunks([row.id for row in index.rows]).values(), key=lambda chunk: chunk.order)
    positions = []
    for quote in question.cites:
        place = re.sub(r"(条例第[0-9]+条).*", r"\1", quote.locator)
        there = [c for c in chunks if c.source_id == quote.source_id and c.locator == place]
        (at,) = ((c.order, compact(c.text).find(compact(quote.quote))) for c in there if _holds(c.text, quote.quote))
        positions.append(at)
    assert positions == sorted(positions) and len(set(positions)) == len(positions)


def _holds(text: str, words: str) -> bool:
    return compact(words) in compact(text)


@pytest.mark.parametrize("question", _of(ItemQuestion), ids=lambda question: question.id)
def test_an_item_question_has_a_clause_that_only_sounds_right(question: ItemQuestion) -> None:
    settled = [clause.item for clause in question.clauses if clause.item]
    assert len(settled) == len(set(settled)) == 4 and len(question.solution) == 1
    assert any(clause.item is None for clause in question.clauses)
    assert question.cites[0].locator == "条例第12条第2項"


def test_every_item_is_missing_somewhere() -> None:
    missing = {question.solution[0] for question in _of(ItemQuestion)}
    (example, *_) = _of(ItemQuestion)
    assert missing == set(example.options)
    assert [compact(item.removesuffix("の分担")) in compact(example.cites[0].quote) for item in example.options]


@pytest.mark.parametrize("question", _of(TruthQuestion), ids=lambda question: question.id)
def test_a_true_statement_holds_the_words_that_decide_and_a_false_one_does_not(question: TruthQuestion) -> None:
    assert compact(question.fact) in compact(question.cites[0].quote)
    assert (compact(question.fact) in compact(question.text)) is question.right
    assert question.cites[0].locator.startswith("条例")


def test_neither_true_nor_false_is_the_better_guess() -> None:
    right = [question.right for question in _of(TruthQuestion) if isinstance(question, TruthQuestion)]
    assert abs(sum(right) - len(right) / 2) <= 1


@pytest.mark.parametrize("question", _of(NumberQuestion), ids=lambda question: question.id)
def test_a_number_stands_in_the_quotation_and_in_the_records(question: NumberQuestion, index: Index) -> None:
    assert re.search(rf"(?<![0-9,]){question.right}(?![0-9,])", compact(question.cites[0].quote))
    if question.counted:
        assert str(_count(question.counted, index.records)) == question.right


def _count(counted: Counted, records: Records) -> int:
    rows = [r.model_dump() for r in getattr(records, counted.records)]
    chosen = [row for row in rows if all(words in str(row[key]) for key, words in counted.where.items())]
    return sum(row[counted.total] for row in chosen) if counted.total else len(chosen)


@pytest.mark.parametrize("question", _of(BlankQuestion), ids=lambda question: question.id)
def test_the_gap_filled_is_the_quotation(question: BlankQuestion) -> None:
    assert question.text.count(BLANK) == 1
    filled = compact(question.text.replace(BLANK, question.right))
    assert filled.startswith(compact(question.cites[0].quote))
    assert compact(question.right) not in compact(question.text)


@pytest.mark.parametrize("question", _of(RepairQuestion), ids=lambda question: question.id)
def test_a_repair_changes_the_clause(question: RepairQuestion) -> None:
    assert all(compact(option) != compact(question.text) for option in question.options)


def test_the_longest_repair_is_not_the_better_guess() -> None:
    longest = [max(question.options, key=len) in question.solution for question in _of(RepairQuestion)]
    assert sum(longest) <= len(longest) / 3


def test_the_course_has_its_lessons(course: Course) -> None:
    assert [lesson.number for lesson in course.lessons] == list(range(1, 10))
    assert {lesson.id for lesson in course.lessons} >= {"chigai", "keiyaku", "teian"}
