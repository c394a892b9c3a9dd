"""What an answer says and what proves it: statements become numbered sentences with one citation each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answers import Citation, cite
from assistant.chat.select import Stretch
from assistant.chat.turn import Turn
from assistant.records import Chunk, Piece


@dataclass(frozen=True)
class Statement:
    """One sentence frame of messages.toml, its values, and the pieces that prove it: one stretch, or two (n and m)."""

    frame: str
    proof: Stretch
    values: dict[str, str] = field(default_factory=dict)
    other_proof: Stretch = ()


def tell(turn: Turn, statements: Sequence[Statement]) -> tuple[str, tuple[Citation, ...]]:
    """The text of an answer, a line a statement, and its citations."""
    lines, citations = lines_of(turn, statements)
    return turn.say("answer", "lead") + "\n".join(lines), citations


def lines_of(turn: Turn, statements: Sequence[Statement]) -> tuple[list[str], tuple[Citation, ...]]:
    """A line for each statement, and the citations of the turn with theirs. The same proof keeps its number."""
    proofs = [proof for s in statements for proof in (s.proof, s.other_proof) if proof]
    chunks = turn.searcher.index.chunks([proof[0].chunk_id for proof in proofs])
    citations = list(turn.citations)

    def number(proof: Stretch) -> int:
        cited = citation(len(citations) + 1, proof, chunks[proof[0].chunk_id])
        known = next((c for c in citations if (c.chunk_id, c.quote) == (cited.chunk_id, cited.quote)), None)
        if known is None:
            citations.append(cited)
        return (known or cited).n

    lines = []
    for s in statements:
        n = number(s.proof)
        m = number(s.other_proof) if s.other_proof else n
        lines.append(turn.say("answer", s.frame, **s.values, n=n, m=m))
    return lines, tuple(citations)


def citation(n: int, proof: Sequence[Piece], chunk: Chunk) -> Citation:
    """The pieces as one citation; pieces side by side are quoted with what stands between them."""
    return cite(n, chunk, verbatim(proof, chunk), proof[0].locator)


def verbatim(proof: Sequence[Piece], chunk: Chunk) -> str:
    """The stretch of the chunk from the first piece to the last."""
    start = chunk.text.find(proof[0].quote)
    end = start
    for piece in proof:
        end = chunk.text.find(piece.quote, end) + len(piece.quote)
    return chunk.text[start:end]
