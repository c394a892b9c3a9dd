"""`kyodo learn`: the course in the terminal, its lists as JSON, the certificate as a page."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Annotated

import typer

from assistant.console import err, print_json
from assistant.learn.certificate import certificate as make_certificate
from assistant.learn.cited import cited, records_of
from assistant.learn.course import Course, load_course
from assistant.learn.progress import Progress, standing
from assistant.learn.show import console
from assistant.learn.store import Store
from assistant.learn.terminal import Dialogue, write_certificate
from prompts import say


def learn(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="学ぶ人の名前 / learner")] = "",
    seed: Annotated[int | None, typer.Option(help="乱数の種 / seed")] = None,
    lesson: Annotated[str, typer.Option(help="この番号のレッスン / a lesson")] = "",
    practice: Annotated[int, typer.Option(min=0, max=200, help="この数だけ練習 / practice")] = 0,
    progress: Annotated[bool, typer.Option("--progress", help="進み具合 / progress")] = False,
    certificate: Annotated[Path | None, typer.Option(help="修了証（HTML） / to file")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSONで出力 / as JSON")] = False,
) -> None:
    """協働の6原則と条例を、実例と練習問題で学ぶ。 / The course: lessons, practice, certificate."""
    course, store = cited(load_course(), *records_of(ctx.obj)), Store(ctx.obj.home / "learn", name)
    if as_json:
        _print_lists(course, store, lesson, progress)
        return
    rng = Random(seed)  # noqa: S311 - a draw of questions, no secret
    dialogue = Dialogue(console(), course, store, rng)
    if certificate is not None:
        write_certificate(err(), make_certificate(course, store.load()), certificate)
    elif lesson:
        dialogue.lesson(lesson)
    elif progress:
        dialogue.progress()
    elif practice:
        dialogue.sitting(lambda: dialogue.practice(practice))
    else:
        dialogue.run()


def _print_lists(course: Course, store: Store, lesson: str, progress: bool) -> None:
    """One JSON value: a lesson, the standing, or the list of lessons with the standing."""
    if lesson:
        print_json(course.lesson(lesson))
        return
    kept: Progress = store.load()
    for path in store.set_aside:
        err().print(say("learn", "set_aside", path=path), markup=False)
    now = standing(course, kept).model_dump(mode="json")
    if progress:
        print_json({**now, "finished": kept.finished and kept.finished.isoformat()})
        return
    lessons = [{"number": n.number, "id": n.id, "title": n.title, "read": n.id in kept.read} for n in course.lessons]
    print_json({"lessons": lessons, "questions": len(course.questions), "standing": now})
