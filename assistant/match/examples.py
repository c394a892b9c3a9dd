"""What the matcher and the vote learn from: questions with the pieces that answer them, and questions that no piece answers.

Expected questions name the chunks that answer them, and any piece of these may; pairs.tsv and conversations.tsv name the
very words. None of the evaluation's cases are among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from assistant.index import Index
from assistant.search.unanswerable import load_unanswerable
from assistant.text import compact

PAIRS, CONVERSATIONS = "pairs.tsv", "conversations.tsv"
_TAB = "⇥"  # stands for a tab in the words of a pair
_SAME = 6  # characters from which a piece inside the words that answer is taken for one that answers


@dataclass(frozen=True)
class Pair:
    """A line of pairs.tsv; `support` is empty where no document tells what is asked."""

    chunk_id: str
    question: str
    support: str


@dataclass(frozen=True)
class Said:
    """A line of conversations.tsv: what is said, the same as a question of its own with what answers it."""

    said: str
    alone: Pair


@dataclass(frozen=True)
class Example:
    """`right` are ids of pieces; none if the documents do not answer. `drawn` anew each round, because there are many.
    `chunk` is the one it was written for, `talk` the number of the conversation it comes from."""

    question: str
    right: frozenset[str]
    drawn: bool = False
    weight: float = 1.0
    chunk: str = ""
    talk: int | None = None


def read_pairs() -> list[Pair]:
    """All lines of pairs.tsv, in their order."""
    return [Pair(chunk, question, _support(support)) for chunk, question, support in _lines(PAIRS) if chunk]


def read_conversations() -> list[list[Said]]:
    """The conversations of conversations.tsv, in their order; an empty line ends one."""
    conversations: list[list[Said]] = [[]]
    for chunk, *cells in _lines(CONVERSATIONS):
        if not chunk:
            conversations.append([])
            continue
        said, alone, support = cells
        conversations[-1].append(Said(said, Pair(chunk, alone, _support(support))))
    return conversations


def _lines(name: str) -> Iterator[list[str]]:
    """The cells of each line that is no comment."""
    lines = resources.files("assistant.match").joinpath(name).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _support(cell: str) -> str:
    return cell.replace(f" {_TAB} ", "\t").replace(_TAB, "\t")


def read_examples(index: Index) -> list[Example]:
    """Everything there is to learn from, over the pieces of `index`."""
    unanswerable = (Example(question.text, frozenset()) for question in load_unanswerable())
    return [*_expected(index), *unanswerable, *_pairs(index), *_turns(index)]


def _expected(index: Index) -> Iterator[Example]:
    for question in index.expected:
        chunks = index.expected_chunks.get(question.id, ())
        right = frozenset(piece.id for piece, _ in index.pieces_of(list(chunks)))
        if right:
            yield Example(question.text, right, drawn=True)


def _pairs(index: Index) -> Iterator[Example]:
    for pair in read_pairs():
        yield from asked_as(index, pair, pair.question)


def _turns(index: Index) -> Iterator[Example]:
    """Each turn as a question of its own."""
    for talk, turns in enumerate(read_conversations()):
        for turn in turns:
            yield from asked_as(index, turn.alone, turn.alone.question, talk)


def asked_as(index: Index, pair: Pair, question: str, talk: int | None = None) -> Iterator[Example]:
    """The pair asked in the words of `question`; none where no piece by itself holds the words that answer."""
    words = compact(pair.support)
    quotes = {piece.id: compact(piece.quote) for piece, _ in index.pieces_of([pair.chunk_id])}
    right = frozenset(
        identity
        for identity, quote in quotes.items()
        if words and (words in quote or (quote in words and len(quote) >= _SAME))
    )
    if right or not words:
        yield Example(question, right, weight=1.5, chunk=pair.chunk_id, talk=talk)
