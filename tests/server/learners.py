"""A learner who knows the answers, at the pages of the course."""

from __future__ import annotations

import re
from html import unescape

from assistant.learn.course import Course, load_course
from assistant.learn.questions import Question, choice_id


def question_on(page: str, course: Course | None = None) -> Question:
    """The question that a page (or one form of it) asks, found by its words."""
    scene = re.search(r'<p class="scene" lang="ja">(.*?)</p>', page, re.DOTALL)
    assert scene, page[:500]
    text = unescape(scene[1])
    return next(question for question in (course or load_course()).questions if question.body == text)


def fields(question: Question, *, right: bool = True) -> dict[str, str]:
    """What a form sends for a right answer, or for a wrong one."""
    if question.way == "order":
        steps = list(question.solution) if right else list(reversed(question.solution))
        return {f"place-{choice_id(question, step)}": str(n) for n, step in enumerate(steps, 1)}
    if question.way == "text":
        return {"answer": question.solution[0] if right else "ちがう言葉"}
    options = [option for option in question.options if (option in question.solution) == right]
    return {"answer": choice_id(question, options[0])}


def round_on(page: str) -> str:
    """The round that the page's form belongs to."""
    found = re.search(r'name="round" value="(\d+)"', page)
    assert found
    return found[1]
