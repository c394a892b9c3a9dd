"""What the index remembers must never change what it returns."""

import pytest

from assistant.index import Index


def test_an_emptied_cache_loses_no_piece_and_no_chunk(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = [row.id for row in index.rows if row.pieces][:2]
    expected = [piece.id for chunk_id in (first, second) for piece, _ in index.pieces_of([chunk_id])]
    index._seen_pieces.clear()
    index._seen.clear()
    index.pieces_of([first])
    index.chunks([first])
    monkeypatch.setattr("assistant.index._REMEMBERED", 0)

    assert [piece.id for piece, _ in index.pieces_of([first, second])] == expected
    assert set(index.chunks([first, second])) == {first, second}
