"""The answer to "which division handles this?": divisions with the project that proves each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Division
from assistant.chat.compose import citation
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import Piece
from assistant.search.divisions import Candidate
from assistant.text import compact
from prompts import say

_OTHERS = 2  # further divisions named in the text; all candidates stand beside it


def answer_division(turn: Turn) -> Turn:
    """Answer with divisions where the question asks for one; the candidates go along with every other answer."""
    if not turn.understood.wants_division:
        return turn
    if not turn.candidates:
        return turn.stop(Reason.NO_DIVISION)
    proofs = [_proof(turn, candidate) for candidate in turn.candidates]
    chunks = turn.searcher.index.chunks([p.chunk_id for p in proofs])
    numbers = {p.id: n for n, p in enumerate(dict.fromkeys(proofs), 1)}
    citations = tuple(citation(numbers[p.id], p, chunks[p.chunk_id]) for p in dict.fromkeys(proofs))
    divisions = tuple(_division(c, numbers[p.id]) for c, p in zip(turn.candidates, proofs, strict=True))
    text = _text(turn.candidates, [numbers[p.id] for p in proofs])
    return replace(turn, reason=Reason.DIVISION_FOUND, text=text, citations=citations, divisions=divisions)


def _proof(turn: Turn, candidate: Candidate) -> Piece:
    """The piece of the chunk that names the division; the chunk's first piece names the project and its divisions."""
    pieces = [piece for piece, _ in turn.searcher.index.pieces_of([candidate.chunk_id])]
    name = compact(candidate.division)
    return next((p for p in pieces if name in compact(p.quote)), pieces[0])


def _text(candidates: Sequence[Candidate], numbers: Sequence[int]) -> str:
    first = candidates[0]
    joint = [c for c in candidates if c.chunk_id == first.chunk_id]
    text = say(
        "answer",
        "division" if first.project else "office",
        organization=first.organization,
        division="・".join(c.division for c in joint),
        project=first.project,
        n=numbers[0],
    )
    others = [
        say("answer", "other", organization=c.organization, division=c.division, n=n)
        for c, n in zip(candidates, numbers, strict=True)
        if c not in joint
    ]
    return text + ("\n" + say("answer", "also", others="、".join(others[:_OTHERS])) if others else "")


def _division(candidate: Candidate, n: int) -> Division:
    return Division(
        organization=candidate.organization,
        division=candidate.division,
        score=candidate.confidence,
        evidence=(n,),
        project=candidate.project,
    )
