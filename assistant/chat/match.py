"""How well each piece of the best passages speaks to the question, word by word (assistant/match/).

Of a follow-up the readings are matched like its passages are found: a piece speaks to it as much as to their mean.
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
    if index.marks is None or turn.matched or turn.reason is not None:
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
    odds = np.sum([weight * open_matcher().scores(states, kept) for states, weight in readings], axis=0)
    odds = odds / sum(weight for _, weight in readings)
    return replace(turn, matched={identity: float(one) for (identity, _), one in zip(marked, odds, strict=True)})


def sources(turn: Turn, passage: Passage) -> list[str]:
    """The chunks to quote for a passage: its own, and for a directory entry that points to the report, that project's."""
    number = turn.searcher.contract_of(passage.chunk_id)
    if number is None or not cue("never_quoted").search(passage.text):
        return list(passage.chunk_ids)
    return [*passage.chunk_ids, *turn.searcher.chunks_of(f"contract:{number}")]


def _readings(turn: Turn) -> list[tuple[States, float]]:
    """The states of the question's readings with their weights."""
    reader = turn.searcher.embedder
    if not isinstance(reader, TokenReader):
        return []
    question = turn.understood
    texts = [(question.text, 1.0)]
    if question.written:
        texts.append((question.written, 1.0))
    read = [(reader.states(text, is_question=True), weight) for text, weight in texts]
    return [(states, weight) for states, weight in read if states is not None]
