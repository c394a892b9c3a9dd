"""The course in the terminal: a menu, lessons to read, rounds of practice. Every step is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from shlex import quote

from rich.console import Console

from assistant.errors import StorageFailed, WrongUse
from assistant.learn.certificate import Certificate, as_html, as_text, certificate
from assistant.learn.course import Course, QuestionView
from assistant.learn.marking import Marking, mark
from assistant.learn.practice import ROUND, draw
from assistant.learn.progress import Progress, standing
from assistant.learn.show import (
    heading,
    show_lesson,
    show_lessons,
    show_marking,
    show_question,
    show_standing,
    write,
)
from assistant.learn.store import Store, clean_name, unwritable
from assistant.text import compact, fold
from prompts import say


class Stop(Exception):
    """The learner ends a round of practice."""


class Dialogue:
    """One sitting of one learner. `read` gets a prompt and returns a line; EOFError and Ctrl-C end the sitting."""

    def __init__(
        self,
        to: Console,
        course: Course,
        store: Store,
        rng: Random,
        *,
        read: Callable[[str], str] = input,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.to = to
        self.course = course
        self.store = store
        self.rng = rng
        self._read = read
        self._today = today

    def run(self) -> None:
        """Until the learner quits or the input ends; what was done is kept either way."""
        hello = say("learn", "hello", name=self.store.name) if self.store.name else ""
        lessons, questions = len(self.course.lessons), len(self.course.questions)
        write(self.to, hello + say("learn", "greeting", lessons=lessons, questions=questions), style="bold")
        write(self.to, say("learn", "greeting_en"), style="dim")
        self.sitting(self._menu)

    def sitting(self, work: Callable[[], None]) -> None:
        """Carry out `work` until it is done or the input ends, then say that it is kept."""
        try:
            work()
        except (EOFError, KeyboardInterrupt, UnicodeDecodeError):  # the last: input that is no text
            self.to.print()
        write(self.to, say("learn", "bye", name=self._option()))

    def _menu(self) -> None:
        work = {"1": self.lessons, "2": self.practice, "3": self.progress, "4": self.certificate}
        while True:
            self._say_menu()
            chosen = fold(self._read(say("learn", "menu_prompt"))).strip()
            if chosen == "0":
                return
            if chosen in work:
                work[chosen]()
            else:
                write(self.to, say("learn", "menu_unknown"), style="yellow")

    def _say_menu(self) -> None:
        progress = self._progress()
        read = standing(self.course, progress).lessons_read
        heading(self.to, say("learn", "menu_title"))
        write(self.to, say("learn", "menu_lessons", read=read, all=len(self.course.lessons)), indent=1)
        write(self.to, say("learn", "menu_practice", count=ROUND), indent=1)
        for name in ("menu_progress", "menu_certificate", "menu_quit"):
            write(self.to, say("learn", name), indent=1)

    def lessons(self) -> None:
        """The list, then one lesson after another until 0."""
        show_lessons(self.to, self.course, self._progress())
        while True:
            unread = [n.number for n in self.course.lessons if n.id not in self._progress().read]
            name = "lessons_prompt" if unread else "lessons_prompt_done"
            chosen = fold(self._read(say("learn", name, next=unread[0] if unread else ""))).strip()
            chosen = chosen or str(unread[0] if unread else 0)
            if chosen == "0":
                return
            try:
                self.lesson(chosen)
            except WrongUse:
                write(self.to, say("learn", "lessons_unknown", last=len(self.course.lessons)), style="yellow")

    def lesson(self, key: str) -> None:
        """Show a lesson and note that it was read; raises WrongUse."""
        lesson = self.course.lesson(key)
        show_lesson(self.to, lesson)
        self._change(lambda progress: progress.with_read(lesson.id, self._today()))

    def practice(self, count: int = ROUND) -> None:
        """One round: what is due and what is new, each marked and explained at once."""
        progress = self._change(Progress.with_round)
        questions = draw(self.course, self.rng, count, progress)
        again = sum(question.id in progress.boxes for question in questions)
        stop = say("learn", "practice_stop")
        write(self.to, say("learn", "practice_intro", count=len(questions), stop=stop))
        if again:
            write(self.to, say("learn", "practice_again", count=again), style="dim")
        marked: list[Marking] = []
        for number, question in enumerate(questions, 1):
            view = self.course.view(question, self.rng)
            show_question(self.to, view, number, len(questions))
            try:
                marking = mark(question, self._answer(view))
            except Stop:
                break
            marked.append(marking)
            show_marking(self.to, self.course, marking)
            self._change(partial(Progress.with_answer, question_id=question.id, right=marking.right))
        self._sum_up(marked)

    def _sum_up(self, marked: list[Marking]) -> None:
        right = sum(marking.right for marking in marked)
        self.to.print()
        write(self.to, say("learn", "round_end", count=len(marked), right=right), style="bold")
        if right < len(marked):
            write(self.to, say("learn", "round_wrong"))

    def _answer(self, view: QuestionView) -> list[str]:
        """What the learner answers, as ids or text; an empty line is an empty answer. Raises Stop."""
        example = " ".join(str(n) for n in range(len(view.choices), 0, -1))
        prompt = say(
            "learn",
            {"choice": "choose_prompt", "order": "order_prompt", "text": "text_prompt"}[view.way],
            example=example,
        )
        stop = say("learn", "practice_stop")
        while True:
            line = fold(self._read(prompt)).strip()
            if line in (stop, "q"):
                raise Stop
            if not line or view.way == "text":
                return [line]
            numbers = [int(char) for char in compact(line) if char.isdecimal()]
            if _fits(view, numbers, line):
                return [view.choices[n - 1].id for n in numbers]
            again = "order_again" if view.way == "order" else "choose_again"
            last = len(view.choices)
            write(
                self.to, say("learn", again, range=f"1～{last}", last=last, example=example, stop=stop), style="yellow"
            )

    def progress(self) -> None:
        progress = self._progress()
        show_standing(self.to, progress, standing(self.course, progress))

    def certificate(self) -> None:
        """The certificate as text, and as a page if a file is named; what is missing where it is too early."""
        try:
            made = certificate(self.course, self._progress())
        except WrongUse as error:
            self.progress()
            write(self.to, error.ja, style="yellow")
            return
        try:
            named = made.name or clean_name(self._read(say("learn", "certificate_name")))
            made = made.model_copy(update={"name": named})
            self.to.print(as_text(made), markup=False)
            if path := self._read(say("learn", "certificate_prompt")).strip():
                write_certificate(self.to, made, Path(path))
        except (StorageFailed, WrongUse) as error:
            write(self.to, error.ja, style="yellow")

    def _progress(self) -> Progress:
        progress = self.store.load()
        self._say_set_aside()
        return progress

    def _change(self, change: Callable[[Progress], Progress]) -> Progress:
        finished_now = False

        def with_finish(progress: Progress) -> Progress:
            nonlocal finished_now
            changed = change(progress).with_finish(self.course, self._today())
            finished_now = bool(changed.finished) and not progress.finished
            return changed

        changed = self.store.change(with_finish)
        self._say_set_aside()
        if finished_now:
            self.to.print()
            write(self.to, say("learn", "finished", name=self._option()), style="bold green")
        return changed

    def _say_set_aside(self) -> None:
        while self.store.set_aside:
            write(self.to, say("learn", "set_aside", path=self.store.set_aside.pop()), style="yellow")

    def _option(self) -> str:
        return f" --name {quote(self.store.name)}" if self.store.name else ""


def _fits(view: QuestionView, numbers: list[int], line: str) -> bool:
    """Are `numbers` one choice, or all of them once, with nothing else on the line?"""
    if any(not (char.isdecimal() or char in " ,、→>・-") for char in line):
        return False
    known = list(range(1, len(view.choices) + 1))
    return sorted(numbers) == known if view.way == "order" else len(numbers) == 1 and numbers[0] in known


def write_certificate(to: Console, made: Certificate, path: Path) -> None:
    """Write the page; raises StorageFailed where the file cannot be written."""
    try:
        path.expanduser().write_text(as_html(made), "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error
    write(to, say("learn", "certificate_written", path=path), style="bold green")
    if not made.name:
        write(to, say("learn", "certificate_unnamed"), style="dim")
