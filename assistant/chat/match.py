"""How well each piece of the best passages speaks to the question, word by word (assistant/match/).

A question in kana or in another language is matched in both its ways of writing: a piece speaks to it as much as to their mean.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.answers import Passage
from assistant.chat.turn import Turn
from assistant.embeddings import States, TokenReader
from assistant.match.matcher import open_matcher
from assistant.search.question import cue

READ = 8  # passages whose pieces are compared


def match(turn: Turn) -> Turn:
    """The log odds that a piece answers, by the id of the piece; none where the index or the engine tells nothing of tokens."""
    index = turn.searcher.index
    if index.marks is None or turn.matched:
        return turn
    chunks = dict.fromkeys(c for passage in turn.passages[:READ] for c in sources(turn, passage))
    marked = [
        (piece.id, marks)
        for piece, _ in index.pieces_of(list(chunks))
        if (marks := index.marks.of(piece.id)) is not None
    ]
    readings = _readings(turn) if marked else []
    if not readings:
        return turn
    kept = [marks for _, marks in marked]
    odds = np.mean([open_matcher().scores(states, kept) for states in readings], axis=0)
    return replace(turn, matched={identity: float(one) for (identity, _), one in zip(marked, odds, strict=True)})


def best_odds(turn: Turn) -> float:
    """Log odds of the piece that answers best; minus infinity where nothing was matched."""
    return max(turn.matched.values(), default=float("-inf"))


def sources(turn: Turn, passage: Passage) -> list[str]:
    """The chunks to quote for a passage: its own, and for a directory entry that points to the report, that project's."""
    number = turn.searcher.contract_of(passage.chunk_id)
    if number is None or not cue("never_quoted").search(passage.text):
        return list(passage.chunk_ids)
    return [*passage.chunk_ids, *turn.searcher.chunks_of(f"contract:{number}")]


def _readings(turn: Turn) -> list[States]:
    """The states of the question in each of its ways of writing."""
    reader = turn.searcher.embedder
    if not isinstance(reader, TokenReader):
        return []
    question = turn.understood
    read = [reader.states(text, is_question=True) for text in (question.text, question.written) if text]
    return [states for states in read if states is not None]
