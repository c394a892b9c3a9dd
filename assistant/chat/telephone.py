"""The telephone number of the division named, where the documents print it and the question asks for one."""

from __future__ import annotations

import re

from assistant.answers import Citation
from assistant.chat.statements import citation
from assistant.chat.turn import Turn
from assistant.records import Piece
from assistant.search.divisions import Candidate
from assistant.search.question import cue
from assistant.text import compact, fold, one_line

_NUMBER = re.compile(r"[0-9]{2,4}-\s?[0-9]{2,4}-[0-9]{4}")
_READ = 5  # passages in which the number may stand


def telephone_said(turn: Turn, citations: tuple[Citation, ...]) -> tuple[str, tuple[Citation, ...]]:
    """The line that prints the number of the first division, and the citations with this one more; else as they are."""
    piece = _line(turn, turn.candidates[0]) if cue("telephone").search(turn.understood.folded) else None
    if piece is None:
        return "", citations
    chunk = turn.searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    proof = citation(len(citations) + 1, (piece,), chunk)
    return turn.say("answer", "sentence", quote=one_line(proof.quote), n=proof.n), (*citations, proof)


def _line(turn: Turn, first: Candidate) -> Piece | None:
    """The piece that prints a number with both names, the organization's and the division's."""
    found = turn.searcher.search(f"{first.organization}{first.division} 問合せ先 電話番号", _READ)
    names = (compact(first.organization), compact(first.division))
    for piece, _ in turn.searcher.index.pieces_of([p.chunk_id for p in found]):
        if _NUMBER.search(fold(piece.quote)) and all(name in compact(piece.quote) for name in names):
            return piece
    return None
