"""What the matcher learns from: questions with the pieces that answer them, and questions that no piece answers.

Expected questions name the chunks that answer them, and any piece of these may; pairs.tsv names the very words. None of
the evaluation's cases are among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from assistant.index import Index
from assistant.search.unanswerable import load_unanswerable
from assistant.text import compact

PAIRS = "pairs.tsv"
_TAB = "⇥"  # stands for a tab in the words of a pair
_SAME = 6  # characters from which a piece inside the words that answer is taken for one that answers


@dataclass(frozen=True)
class Pair:
    """A line of pairs.tsv; `support` is empty where no document tells what is asked."""

    chunk_id: str
    question: str
    support: str


@dataclass(frozen=True)
class Example:
    """`right` are ids of pieces; none if the documents do not answer. `drawn` anew each round, because there are many."""

    question: str
    right: frozenset[str]
    drawn: bool = False
    weight: float = 1.0


def read_pairs() -> list[Pair]:
    """All lines of pairs.tsv, in their order."""
    lines = resources.files("assistant.match").joinpath(PAIRS).read_text("utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [Pair(chunk, question, support.replace(f" {_TAB} ", "\t")) for chunk, question, support in cells]


def read_examples(index: Index) -> list[Example]:
    """Everything there is to learn from, over the pieces of `index`."""
    return [*_expected(index), *(Example(q.text, frozenset()) for q in load_unanswerable()), *_pairs(index)]


def _expected(index: Index) -> Iterator[Example]:
    for question in index.expected:
        chunks = index.expected_chunks.get(question.id, ())
        right = frozenset(piece.id for piece, _ in index.pieces_of(list(chunks)))
        if right:
            yield Example(question.text, right, drawn=True)


def _pairs(index: Index) -> Iterator[Example]:
    for pair in read_pairs():
        words = compact(pair.support)
        quotes = {piece.id: compact(piece.quote) for piece, _ in index.pieces_of([pair.chunk_id])}
        right = frozenset(
            identity
            for identity, quote in quotes.items()
            if words and (words in quote or (quote in words and len(quote) >= _SAME))
        )
        if right or not words:
            yield Example(pair.question, right, weight=1.5)
