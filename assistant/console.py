"""What a person sees in the terminal: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from assistant.errors import KyodoError


def out() -> Console:
    return Console(highlight=False, soft_wrap=True)


def err() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """One JSON value on standard output; a lone surrogate in it is replaced, so that printing cannot fail."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")


def print_error(error: KyodoError) -> None:
    err().print(f"[bold red]エラー[/] {_escape(error.ja)}")
    err().print(f"[dim]{_escape(error.en)}[/]")


def _escape(text: str) -> str:
    return text.replace("[", r"\[")


class Bar:
    """Progress in the terminal with count, rate and remaining time. Silent where nobody watches."""

    def __init__(self, progress: Progress, names: dict[str, str]) -> None:
        self._progress = progress
        self._names = names
        self._task: TaskID | None = None
        self._name = ""
        self._counts: dict[str, int] = {}

    def step(self, name: str) -> None:
        self._name = self._names.get(name, name)
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(self._name, total=None, unit="", rate="", counts=self._shown())

    def total(self, count: int, unit: str) -> None:
        if self._task is not None:
            self._progress.update(self._task, total=count, unit=unit)

    def advance(self, count: int) -> None:
        if self._task is None:
            return
        self._progress.advance(self._task, count)
        speed = self._progress.tasks[-1].speed
        self._progress.update(self._task, rate=f"{speed:.1f}/秒" if speed else "")

    def figures(self, **counts: int) -> None:
        """Counts to show beside the bar: documents, pages, chunks, warnings."""
        self._counts |= counts
        if self._task is not None:
            self._progress.update(self._task, counts=self._shown())

    def warn(self, text: str) -> None:
        self.figures(warnings=self._counts.get("warnings", 0) + 1)

    def _shown(self) -> str:
        return " ".join(f"{self._names.get(name, name)}{count:,}" for name, count in self._counts.items() if count)

    def say(self, ja: str, en: str) -> None:
        self._progress.console.print(f"{_escape(ja)} [dim]{_escape(en)}[/]")


@contextmanager
def bar(names: dict[str, str]) -> Iterator[Bar]:
    """A progress bar on standard error; `names` are what the steps are called for people."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]} {task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("残り"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
    )
    console = err()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, names)
