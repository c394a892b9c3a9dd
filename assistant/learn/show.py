"""Lessons, questions, markings and progress as a person reads them in the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.text import Text

from assistant.layout import wrap
from assistant.learn.certificate import japanese_date
from assistant.learn.course import Course, QuestionView
from assistant.learn.lessons import Lesson, Quote
from assistant.learn.marking import Marking
from assistant.learn.progress import Progress, Standing
from prompts import say

_WIDEST = 84  # cells; longer lines of Japanese are hard to read
_BAR = 12


def console() -> Console:
    """For pages of text: wrapped here, because rich breaks lines at blanks and Japanese has none."""
    return Console(highlight=False, soft_wrap=True)


def write(to: Console, text: str = "", *, indent: int = 0, style: str = "", mark: str = "") -> None:
    """`text` wrapped and indented; `mark` stands before the first line, inside the indent."""
    lines = wrap(text, min(to.width, _WIDEST) - indent - 2)
    for number, line in enumerate(lines):
        lead = mark.rjust(indent - 1) + " " if mark and number == 0 else " " * indent
        to.print(f"{escape(lead)}{escape(line)}", style=style or None)


def heading(to: Console, text: str) -> None:
    to.print()
    to.print(Rule(Text(text, style="bold"), align="left", characters="─"), width=min(to.width, _WIDEST))


def show_lesson(to: Console, lesson: Lesson) -> None:
    heading(to, say("learn", "lesson_title", number=lesson.number, title=lesson.title))
    write(to, say("learn", "aim", aim=lesson.aim))
    _part(to, say("learn", "says"))
    show_quotes(to, lesson.says)
    _part(to, say("learn", "means"))
    for note in lesson.means:
        write(to, note.text, indent=4, mark="・")
        _places(to, note.cites)
    _part(to, say("learn", "case", title=lesson.case.title))
    show_quotes(to, lesson.case.cites)
    write(to, say("learn", "case_comment", comment=lesson.case.comment), indent=2)
    _part(to, say("learn", "counter"))
    repair = lesson.repair
    for name, text in (("clause", repair.clause), ("hurts", repair.hurts), ("model", repair.repair)):
        write(to, f"［{say('learn', name)}］", indent=2, style="bold")
        write(to, text, indent=4)
    _places(to, repair.cites)
    _part(to, say("learn", "ask_yourself"))
    for line in lesson.ask_yourself:
        write(to, line, indent=4, mark="・")


def _part(to: Console, text: str) -> None:
    to.print()
    write(to, text, style="bold cyan")


def show_quotes(to: Console, quotes: Iterable[Quote]) -> None:
    """Every quotation with its place; several from one place name it once."""
    for (title, locator), here in groupby(quotes, key=lambda quote: (quote.title, quote.locator)):
        for quote in here:
            write(to, f"「{' '.join(quote.quote.split())}」", indent=2)
        write(to, say("learn", "source", title=title, locator=locator), indent=4, style="dim")


def _places(to: Console, quotes: Iterable[Quote]) -> None:
    """Only where the quotations stand, each place once."""
    places = list(dict.fromkeys(quote.locator for quote in quotes))
    if places:
        write(to, say("learn", "evidence") + "、".join(places), indent=4, style="dim")


def show_lessons(to: Console, course: Course, progress: Progress) -> None:
    heading(to, say("learn", "lessons_title"))
    for lesson in course.lessons:
        mark = say("learn", "lesson_read_mark") if lesson.id in progress.read else " "
        to.print(f" {mark} {lesson.number}  {escape(lesson.title)}")


def show_question(to: Console, view: QuestionView, number: int, count: int) -> None:
    heading(to, say("learn", "question_title", number=number, count=count, kind=view.kind_name))
    write(to, view.ask, style="bold")
    to.print()
    for line in view.text.split("\n"):
        write(to, line, indent=2)
    to.print()
    for position, choice in enumerate(view.choices, 1):
        write(to, choice.text, indent=5, mark=str(position))


def show_marking(to: Console, course: Course, marking: Marking) -> None:
    to.print()
    if marking.right:
        write(to, say("learn", "right"), style="bold green")
    elif len(marking.expected) > 1:
        write(to, marking.comment, style="bold yellow") if marking.comment else None
        write(to, say("learn", "order_right"), style="bold")
        for position, step in enumerate(marking.expected, 1):
            write(to, step, indent=5, mark=str(position))
    else:
        write(to, say("learn", "wrong", expected=marking.expected[0]), style="bold yellow")
    write(to, marking.explanation)
    show_quotes(to, marking.citations)
    if not marking.right:
        lesson = course.lesson(marking.lesson)
        write(to, say("learn", "read_again", number=lesson.number, title=lesson.title), style="dim")


def show_standing(to: Console, progress: Progress, standing: Standing) -> None:
    heading(to, say("learn", "progress_title"))
    read, lessons = standing.lessons_read, standing.lessons
    to.print(f" {_bar(read, lessons)} {say('learn', 'progress_lessons', read=read, all=lessons)}")
    for kind in standing.kinds:
        line = say("learn", "progress_kind", name=kind.name, right=kind.right, needed=kind.needed)
        total = say("learn", "progress_total", total=kind.total)
        to.print(f" {_bar(kind.right, kind.needed)} {escape(line)}[dim]{escape(total)}[/]")
    if standing.wrong:
        write(to, say("learn", "progress_wrong", count=standing.wrong))
    if progress.finished:
        write(to, say("learn", "progress_done", day=japanese_date(progress.finished)), style="bold green")
    else:
        write(to, say("learn", "progress_how"), style="dim")


def _bar(done: int, needed: int) -> str:
    filled = min(_BAR, _BAR * done // needed)
    return f"[green]{'█' * filled}[/][dim]{'░' * (_BAR - filled)}[/]"
