"""How far a run is: for people who watch, for a log, for machines."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from assistant import console
from ingest import progress
from ingest.progress import Events, Lines, watching
from ingest.run import Progress


class Clock:
    """Seconds that pass only when told."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    told = Clock()
    monkeypatch.setattr(progress, "time", told)
    return told


def carry_out(shown: Progress, clock: Clock) -> None:
    """Ten documents in twenty seconds, with a warning; then a step that is over at once."""
    shown.step("read_pages")
    shown.total(10, "文書")
    for number in range(1, 11):
        clock.now += 2
        shown.figures(documents=number, pages=3 * number)
        if number == 4:
            shown.warn("四つ目の注意")
        shown.advance(1)
    shown.step("clean_text")
    shown.total(1, "文書")
    shown.advance(1)


def test_a_log_gets_a_line_now_and_then(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    carry_out(Lines({"read_pages": "読む"}), clock)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "読む 3/10文書（毎秒0.5、残り約14秒）文書3 ページ9",
        "読む 6/10文書（毎秒0.5、残り約8秒）文書6 ページ18 注意1",
        "読む 9/10文書（毎秒0.5、残り約2秒）文書9 ページ27 注意1",
        "読む 10/10文書（毎秒0.5）文書10 ページ30 注意1",
    ]


def test_machines_get_one_object_a_line(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    carry_out(Events({}), clock)
    out = capsys.readouterr()
    events = [json.loads(line) for line in out.out.splitlines()]
    assert out.err == ""
    assert [e["event"] for e in events].count("progress") == 11
    assert events[0] == {"event": "step", "step": "read_pages"}
    assert events[1] == {
        "event": "progress",
        "step": "read_pages",
        "done": 1,
        "total": 10,
        "rate": 0.5,
        "eta": 18.0,
        "documents": 1,
        "pages": 3,
    }
    assert {"event": "warning", "step": "read_pages", "text": "四つ目の注意"} in events


def test_a_terminal_gets_a_bar_with_counts(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    terminal = Console(file=drawn, force_terminal=True, width=160, color_system=None)
    monkeypatch.setattr(console, "err", lambda: terminal)
    monkeypatch.setattr(progress, "err", lambda: terminal)
    with watching({"read_pages": "読む", **progress.FIGURES}, as_json=False) as shown:
        carry_out(shown, clock)
        shown.step("embed_chunks")
    for words in ("読む", "残り", "文書10 ページ30 注意1"):
        assert words in drawn.getvalue(), words
