"""How a run says how far it is: a bar in a terminal, a line now and then where output is kept, events for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.markup import escape

from assistant.console import bar, err
from ingest.run import Progress

_EVERY = 5.0  # seconds between lines


def emit(event: str, **fields: Any) -> None:
    """One event as one line of JSON on standard output."""
    line = json.dumps({"event": event, **fields}, ensure_ascii=False)
    sys.stdout.write(line.encode("utf-8", "replace").decode("utf-8") + "\n")
    sys.stdout.flush()


class _Counted:
    """What of a step is done, how fast, and how long the rest will take."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self.counts: dict[str, int] = {}
        self.step("")

    def step(self, name: str) -> None:
        self.name = name
        self.done, self.of, self.unit = 0, 0, ""
        self.began = self.told = time.monotonic()

    def total(self, count: int, unit: str) -> None:
        self.of, self.unit = count, unit

    def advance(self, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if now - self.told >= self.every or self.done == self.of:
            self.told = now
            self.tell()

    def figures(self, **counts: int) -> None:
        self.counts |= counts

    @property
    def every(self) -> float:
        return _EVERY

    @property
    def rate(self) -> float:
        return self.done / max(time.monotonic() - self.began, 1e-6)

    @property
    def left(self) -> float:
        """Seconds."""
        return (self.of - self.done) / self.rate if self.done else 0.0

    def tell(self) -> None:
        raise NotImplementedError


class Lines(_Counted):
    """For a pipe or a log: nothing of what takes less than some seconds."""

    def tell(self) -> None:
        if time.monotonic() - self.began >= _EVERY:
            name = self._names.get(self.name, self.name)
            left = f"、残り約{self.left:.0f}秒" if self.done < self.of else ""
            err().print(f"{name} {self.done}/{self.of}{self.unit}（毎秒{self.rate:.1f}{left}）{_shown(self.counts)}")

    def say(self, ja: str, en: str) -> None:
        err().print(f"{escape(ja)} {escape(en)}")

    def warn(self, text: str) -> None:
        self.counts["warnings"] = self.counts.get("warnings", 0) + 1


class Events(_Counted):
    """One JSON object a line on standard output."""

    def step(self, name: str) -> None:
        super().step(name)
        if name:
            emit("step", step=name)

    @property
    def every(self) -> float:
        return 0.2

    def tell(self) -> None:
        rate, left = round(self.rate, 2), round(self.left, 1)
        emit("progress", step=self.name, done=self.done, total=self.of, rate=rate, eta=left, **self.counts)

    def say(self, ja: str, en: str) -> None:
        emit("message", ja=ja, en=en)

    def warn(self, text: str) -> None:
        emit("warning", step=self.name, text=text)


@contextmanager
def watching(names: dict[str, str], as_json: bool) -> Iterator[Progress]:
    """The progress that suits where the output goes; `names` are what the steps are called for people."""
    if as_json:
        yield Events(names)
    elif err().is_terminal:
        with bar(names) as drawn:
            yield drawn
    else:
        yield Lines(names)


def _shown(counts: dict[str, int]) -> str:
    return " ".join(f"{FIGURES.get(name, name)}{count:,}" for name, count in counts.items() if count)


FIGURES = {"documents": "文書", "pages": "ページ", "chunks": "チャンク", "warnings": "注意"}
