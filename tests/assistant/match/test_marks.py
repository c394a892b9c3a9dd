"""Marks on disk: found again by number, and given up where they do not fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.match.marks import load_marks, save_marks
from assistant.match.matcher import Marks

CHUNKS = [("a", 2), ("b", 0), ("c", 1)]


def _marks() -> list[Marks]:
    return [np.full((tokens, 4), tokens, np.int8) for tokens in (3, 1, 2)]


def test_marks_are_found_by_the_id_of_the_piece(tmp_path: Path) -> None:
    save_marks(tmp_path, _marks())
    kept = load_marks(tmp_path, CHUNKS)
    assert kept is not None
    found = [kept.of(identity) for identity in ("a/0", "a/1", "c/0")]
    assert [one.tolist() for one in found if one is not None] == [one.tolist() for one in _marks()]
    assert kept.of("d/0") is None


def test_an_index_without_marks_has_none(tmp_path: Path) -> None:
    save_marks(tmp_path, [])
    assert list(tmp_path.iterdir()) == []
    assert load_marks(tmp_path, []) is None


@pytest.mark.parametrize("damage", ["version", "marks.npy", "mark_ends.npy"])
@pytest.mark.parametrize("how", ["cut", "gone", "other"])
def test_marks_that_do_not_fit_are_given_up(tmp_path: Path, damage: str, how: str) -> None:
    save_marks(tmp_path, _marks())
    path = tmp_path / "marks" / damage
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:9] if how == "cut" else b"something else")
    assert load_marks(tmp_path, CHUNKS) is None


def test_marks_of_another_number_of_pieces_are_given_up(tmp_path: Path) -> None:
    save_marks(tmp_path, _marks())
    assert load_marks(tmp_path, [*CHUNKS, ("e", 1)]) is None


def test_marks_whose_ends_lead_beyond_them_are_given_up(tmp_path: Path) -> None:
    save_marks(tmp_path, _marks())
    np.save(tmp_path / "marks" / "mark_ends.npy", np.array([3, 4, 9], np.int64))
    assert load_marks(tmp_path, CHUNKS) is None
