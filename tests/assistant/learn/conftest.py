"""Fixtures of the course: the course itself, a place to keep progress, a console that writes into a text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from assistant.learn.course import Course, load_course
from assistant.learn.store import Store


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home" / "learn")


@pytest.fixture
def screen() -> Console:
    """80 columns; what was printed is in `screen.file`."""
    return Console(file=io.StringIO(), width=80, highlight=False, soft_wrap=True)
