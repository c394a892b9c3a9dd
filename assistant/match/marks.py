"""The marks of all pieces of an index, in one file that is mapped, not read: only the pieces of a few passages are wanted.

Written once by ingest in the order of the index's rows; a piece is found by its chunk's row and its number in the chunk.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.match.matcher import Marks, matcher_version

_MARKS, _ENDS = "marks.npy", "mark_ends.npy"


class KeptMarks:
    """Marks by the id of the piece: chunk id, a slash, its number in the chunk."""

    def __init__(self, marks: Marks, ends: NDArray[np.int64], first: dict[str, int]) -> None:
        """`ends` of the pieces in `marks`; `first`: number of a chunk's first piece among all."""
        self._marks = marks
        self._ends = ends
        self._first = first

    def of(self, piece_id: str) -> Marks | None:
        """The marks of a piece; None for one of no searchable chunk."""
        chunk_id, _, place = piece_id.rpartition("/")
        if chunk_id not in self._first:
            return None
        number = self._first[chunk_id] + int(place)
        start = int(self._ends[number - 1]) if number else 0
        return self._marks[start : int(self._ends[number])]


def save_marks(folder: Path, marks: Sequence[Marks]) -> None:
    """Write the marks of all pieces under `folder`/marks; nothing where there are none."""
    if not marks:
        return
    folder = _folder(folder)
    folder.mkdir()
    np.save(folder / _MARKS, np.concatenate(marks))
    np.save(folder / _ENDS, np.cumsum([len(one) for one in marks], dtype=np.int64))
    (folder / "version").write_text(matcher_version(), "utf-8")


def load_marks(folder: Path, chunks: Sequence[tuple[str, int]]) -> KeptMarks | None:
    """The marks under `folder` of `chunks` (id, how many pieces); None where there are none, or not of these weights, or
    not as many."""
    folder = _folder(folder)
    try:
        if (folder / "version").read_text("utf-8") != matcher_version():
            return None
        marks, ends = np.load(folder / _MARKS, mmap_mode="r"), np.load(folder / _ENDS)
    except (OSError, ValueError):
        return None
    firsts = [0, *accumulate(pieces for _, pieces in chunks)]
    if len(ends) != firsts[-1] or not len(ends) or int(ends[-1]) != len(marks):
        return None
    return KeptMarks(marks, ends, {chunk: first for (chunk, _), first in zip(chunks, firsts, strict=False)})


def _folder(folder: Path) -> Path:
    return folder / "marks"
