"""Every piece of the best passages by how well it may answer: its passage, its own meaning, the words it shares with the question."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from assistant.answers import Passage
from assistant.chat.history import named_project
from assistant.chat.parts import tokens_of
from assistant.chat.rows import say_row
from assistant.chat.turn import Turn
from assistant.records import Piece
from assistant.search.counters import counted, shows_count
from assistant.search.question import cue
from assistant.search.weights import DENSE_FLOOR, DENSE_SCALE

READ = 8  # passages whose pieces are compared
_PASSAGE, _MEANING, _WORDS, _NUMBER = 1.0, 1.0, 1.0, 0.3  # weights of the parts of a score
_COUNT = 0.5  # … and of a number of just what is counted


@dataclass(frozen=True)
class Scored:
    piece: Piece
    score: float

    @property
    def place(self) -> int:
        """Number of the piece in its chunk."""
        return int(self.piece.id.rsplit("/", 1)[1])


def rank_pieces(turn: Turn) -> list[Scored]:
    """All pieces of the best passages, best first."""
    found = [
        (passage.score, piece, float(np.dot(vector, turn.aimed_at)))
        for passage in turn.passages[:READ]
        for piece, vector in turn.searcher.index.pieces_of(sources(turn, passage))
    ]
    chunks = turn.searcher.index.chunks(list({piece.chunk_id for _, piece, _ in found}))
    asked = _asked_words(turn)
    shared = [asked & tokens_of(piece.said) for _, piece, _ in found]
    frequency = Counter(token for tokens in shared for token in tokens)
    weight = {t: math.log(1 + len(found) / (1 + frequency[t])) for t in asked}
    total = sum(weight.values()) or 1.0
    counts = counted(turn.understood.folded)
    best: dict[str, Scored] = {}
    for (passage, piece, cosine), tokens in zip(found, shared, strict=True):
        number = _NUMBER * (turn.understood.wants_number and any(c.isdigit() for c in piece.said))
        number += _COUNT * shows_count(counts, piece.said)
        words_shared = sum(weight[t] for t in tokens) / total
        meaning = (cosine - DENSE_FLOOR) * DENSE_SCALE
        score = _PASSAGE * passage + _MEANING * meaning + _WORDS * words_shared + number
        if piece.id not in best or best[piece.id].score < score:
            best[piece.id] = Scored(_said(turn, piece, chunks[piece.chunk_id].section), score)
    return sorted(best.values(), key=lambda s: -s.score)


def named_of(turn: Turn) -> str:
    """The name of the project that the question gives and the first passage is of: it tells none of its pieces from another."""
    first = turn.searcher.contract_of(turn.passages[0].chunk_id) if turn.passages else None
    return "" if first is None else named_project(turn.searcher, turn.understood.text)


def sources(turn: Turn, passage: Passage) -> list[str]:
    """The chunks to quote for a passage: its own, and for a directory entry that points to the report, that project's."""
    number = turn.searcher.contract_of(passage.chunk_id)
    if number is None or not cue("never_quoted").search(passage.text):
        return list(passage.chunk_ids)
    return [*passage.chunk_ids, *turn.searcher.chunks_of(f"contract:{number}")]


def _asked_words(turn: Turn) -> frozenset[str]:
    """Words and pairs of the question that tell its pieces apart: not the project's name, and of a follow-up its own."""
    asked = (frozenset(turn.understood.words) | frozenset(turn.understood.pairs)) - tokens_of(named_of(turn))
    return asked & tokens_of(turn.said) or asked


def _said(turn: Turn, piece: Piece, section: str) -> Piece:
    return piece.model_copy(update={"said": say_row(turn, piece, section)}) if piece.kind == "row" else piece
