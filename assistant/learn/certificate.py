"""The certificate of a finished course: a page for printing and the same in plain text."""

from __future__ import annotations

from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from pydantic import Field

from assistant.errors import WrongUse
from assistant.frozen import Frozen
from assistant.learn.course import Course
from assistant.learn.progress import Progress, standing
from prompts import say

if TYPE_CHECKING:
    from markupsafe import Markup

_REIWA = 2018  # 令和1年 is 2019


class Certificate(Frozen):
    name: str = Field(description="empty: a line to write it on by hand")
    day: str = Field(description="令和8年11月22日")
    lessons: tuple[str, ...]
    answered: int = Field(description="questions that were right when last answered")
    questions: int


def japanese_date(day: date) -> str:
    """令和8年11月22日; 令和元年 for its first year. Days before 1 May 2019 are not asked for."""
    year = day.year - _REIWA
    return f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日"


def certificate(course: Course, progress: Progress) -> Certificate:
    """Raises WrongUse with what is still to do where the course is not finished."""
    if progress.finished is None:
        raise WrongUse(say("learn", "unfinished"), say("learn", "unfinished_en"))
    kinds = standing(course, progress).kinds
    return Certificate(
        name=progress.name,
        day=japanese_date(progress.finished),
        lessons=tuple(lesson.title for lesson in course.lessons),
        answered=sum(kind.right for kind in kinds),
        questions=len(course.questions),
    )


def as_html(made: Certificate) -> str:
    """One page of A4 with its own style and no script; whatever stands in the name is text."""
    return _render("certificate.html", part=as_part(made, level=1))


def as_part(made: Certificate, level: int) -> Markup:
    """The certificate inside another page, without style, its title a heading of `level`."""
    from markupsafe import Markup

    # Safe: the template escapes what is put into it.
    return Markup(_render("certificate.part.html", made=made, level=level))  # noqa: S704


def as_text(made: Certificate) -> str:
    return _render("certificate.txt", made=made)


def _render(template: str, **values: object) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=template.endswith(".html"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = resources.files("assistant.learn").joinpath(template).read_text("utf-8")
    return environment.from_string(source).render(values)
