"""Hostile and broken PDFs: a limit, an error or what could be read; never a hang, never the end of the caller."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.errors import BadInputFile
from assistant.readers.pdf import isolated, limits
from tests.assistant.readers import drawn
from tests.assistant.readers.contents import TITLE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "文書.pdf"


def test_a_drawing_that_draws_itself_is_no_text(path: Path) -> None:
    path.write_bytes(drawn.endless())
    with pytest.raises(BadInputFile, match="壊れている"):
        isolated.read_pdf(path)


def test_pages_that_are_not_reached_in_time_are_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.0)
    path.write_bytes(drawn.flow())
    with pytest.raises(BadInputFile, match="時間が掛かりすぎる"):
        isolated.read_pdf(path)


def test_a_process_that_does_not_end_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.6)
    monkeypatch.setattr(limits, "GRACE", 0.4)
    path.write_bytes(drawn.bomb())
    began = time.monotonic()
    with pytest.raises(BadInputFile, match="時間が掛かりすぎる"):
        isolated.read_pdf(path)
    assert time.monotonic() - began < 30


def test_a_process_that_dies_costs_no_more_than_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY", 30 * 1024**2)  # no interpreter starts with so little
    path.write_bytes(drawn.flow())
    with pytest.raises(BadInputFile, match="壊れている"):
        isolated.read_pdf(path)


def test_more_time_is_a_setting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.0)
    monkeypatch.setenv("KYODO_PDF_SECONDS", "60")
    path.write_bytes(drawn.flow())
    read = isolated.read_pdf(path)
    assert (len(read.pages), read.about.title) == (2, TITLE)


def test_half_a_file_gives_the_pages_that_are_whole(path: Path) -> None:
    data = drawn.flow()
    second = data.rindex(b"endstream")
    path.write_bytes(data[: second - 40] + b"\x00" * 40 + data[second:])
    read = isolated.read_pdf(path)
    assert read.pages[0].text.startswith(TITLE)
