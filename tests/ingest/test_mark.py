"""Marks of pieces at ingest: shipped for the built-in corpus, kept for the rest, left out where nothing tells of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from assistant.embeddings import E5, States
from assistant.match.matcher import open_matcher
from assistant.records import Chunk, Piece
from assistant.settings import Settings
from ingest import mark
from ingest.home import Home, corpus_dir
from ingest.mark import SHIPPED, mark_pieces, piece_texts
from ingest.run import Run
from tests.fakes import HashEmbedder


class Reader(HashEmbedder):
    """Tells something of tokens, and keeps what it read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def states(self, text: str, *, is_question: bool) -> States | None:
        assert not is_question
        self.read.append(text)
        return np.full((len(text), 3 * 384), len(text) / 100, np.float32)


class Mute(HashEmbedder):
    """An engine that could tell of tokens elsewhere and cannot here."""

    def states(self, text: str, *, is_question: bool) -> States | None:
        return None


@pytest.fixture
def run(home: Home) -> Iterator[Run]:
    chunk = Chunk(
        id="a",
        source_id="a",
        kind="prose",
        title="",
        locator="",
        context="花壇 ＞ 水やり",
        text="",
        section="",
        order=0,
    )
    said = ("朝に行います。", "夏は夕方にも行います。")
    pieces = [
        Piece(id=f"a/{n}", chunk_id="a", quote=s, said=s, locator="", kind="sentence") for n, s in enumerate(said)
    ]
    yield Run(Settings(home=home.path), home, Reader(), chunks=(chunk,), pieces=tuple(pieces))


def test_a_piece_is_read_under_its_headings(run: Run) -> None:
    mark_pieces(run)
    assert isinstance(run.embedder, Reader)
    assert run.embedder.read == ["花壇 ＞ 水やり\n朝に行います。", "花壇 ＞ 水やり\n夏は夕方にも行います。"]


def test_what_was_marked_is_not_read_again(run: Run) -> None:
    first = mark_pieces(run).marks
    again = replace(run, embedder=Reader())
    second = mark_pieces(again).marks
    assert isinstance(again.embedder, Reader)
    assert again.embedder.read == []
    assert [m.tolist() for m in second] == [m.tolist() for m in first]
    assert [m.shape[1] for m in first] == [open_matcher().size] * 2


@pytest.mark.parametrize("embedder", [HashEmbedder(), Mute()])
def test_without_tokens_there_are_no_marks(run: Run, embedder: HashEmbedder) -> None:
    assert mark_pieces(replace(run, embedder=embedder)).marks == ()


def test_an_index_that_is_too_large_goes_without(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark, "MOST", 1)
    assert mark_pieces(run).marks == ()


def test_the_shipped_marks_are_all_there_and_right(built: Run, embedder: E5) -> None:
    texts = piece_texts(built)
    shipped = mark._shipped(embedder.card)
    assert set(texts) <= set(shipped)
    assert len(built.marks) == len(built.pieces)
    for key, text in list(texts.items())[::150]:
        states = embedder.states(text, is_question=False)
        assert states is not None
        apart = np.abs(open_matcher().marks(states).astype(int) - shipped[key].astype(int))
        assert apart.max() <= 1  # another processor rounds otherwise
    assert (corpus_dir() / SHIPPED).stat().st_size < 12_000_000


def test_marks_of_other_weights_are_not_taken(embedder: E5, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark, "matcher_version", lambda: "another")
    assert mark._shipped(embedder.card) == {}
