"""Which pieces answer the question: scored by their passage, their own meaning and the words they share with it.

The best piece is taken, with the rest of its chunk where that is short; further pieces follow as long as the answer
stays short and they are nearly as good.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.chat.turn import Turn
from assistant.records import Piece
from assistant.search.weights import DENSE_FLOOR, DENSE_SCALE
from assistant.tokens import pairs, words

READ = 6  # passages whose pieces are compared
LENGTH = 250  # characters of an answer, unless one piece alone is longer
_PASSAGE, _MEANING, _WORDS, _NUMBER = 1.0, 1.0, 1.0, 0.3  # weights of the parts of a score
_NEARLY = 0.7  # share of the best score that a further piece must reach


@dataclass(frozen=True)
class Scored:
    piece: Piece
    score: float


def select_pieces(turn: Turn) -> list[Piece]:
    """The pieces of the answer, the best first; empty if there are no passages."""
    ranked = rank_pieces(turn)
    chosen: list[Piece] = []
    used = 0
    for one in ranked:
        if one.piece in chosen:
            continue
        if chosen and (used >= LENGTH or one.score < _NEARLY * ranked[0].score):
            break
        together = [s.piece for s in ranked if s.piece.chunk_id == one.piece.chunk_id and s.piece not in chosen]
        together.sort(key=lambda p: int(p.id.rsplit("/", 1)[1]))
        if _length(together) <= LENGTH - used:
            chosen += together
        elif not chosen or len(one.piece.said) <= LENGTH - used:
            chosen.append(one.piece)
        used = _length(chosen)
    return chosen


@lru_cache(maxsize=10_000)
def _tokens(said: str) -> frozenset[str]:
    return frozenset(words(said)) | frozenset(pairs(said))


def _length(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.said) for piece in pieces)


def rank_pieces(turn: Turn) -> list[Scored]:
    """All pieces of the best passages, best first."""
    found = [
        (passage.score, piece, float(np.dot(vector, turn.meaning)))
        for passage in turn.passages[:READ]
        for piece, vector in turn.searcher.index.pieces_of(passage.chunk_ids)
    ]
    spoken = [_tokens(piece.said) for _, piece, _ in found]
    asked = frozenset(turn.understood.words) | frozenset(turn.understood.pairs)
    weight = {t: math.log(1 + len(found) / (1 + sum(t in said for said in spoken))) for t in asked}
    total = sum(weight.values()) or 1.0
    ranked = []
    for (passage, piece, cosine), said in zip(found, spoken, strict=True):
        number = _NUMBER * (turn.understood.wants_number and any(c.isdigit() for c in piece.said))
        shared = sum(weight[t] for t in asked & said) / total
        meaning = (cosine - DENSE_FLOOR) * DENSE_SCALE
        ranked.append(Scored(piece, _PASSAGE * passage + _MEANING * meaning + _WORDS * shared + number))
    return sorted(ranked, key=lambda s: -s.score)
