"""What the tests of readers share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.readers import read_file, reader_for
from assistant.readers.result import Read

DATA = Path(__file__).parent / "data"


@pytest.fixture
def reading(tmp_path: Path) -> Callable[[str, bytes], Read]:
    """Read bytes as a file of this name."""

    def _reading(name: str, data: bytes) -> Read:
        path = tmp_path / name
        path.write_bytes(data)
        return read_file(path, reader_for(path))

    return _reading


def marked(read: Read) -> list[str]:
    """The lines of a reading, # before its headings, → between cells."""
    levels = {heading.start: heading.level for heading in read.headings}
    lines, position = [], 0
    for line in read.text.split("\n"):
        lines.append("#" * levels.get(position, 0) + line.replace("\t", " → "))
        position += len(line) + 1
    return lines
