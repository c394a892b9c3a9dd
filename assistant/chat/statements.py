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
    """One sentence frame of messages.toml, its values, and the pieces that prove it."""

    frame: str
    proof: Stretch
    values: dict[str, str] = field(default_factory=dict)


def tell(turn: Turn, statements: Sequence[Statement]) -> tuple[str, tuple[Citation, ...]]:
    """The text, a line a statement, and its citations. The same proof keeps its number."""
    chunks = turn.searcher.index.chunks([s.proof[0].chunk_id for s in statements])
    citations: list[Citation] = []
    lines = []
    for statement in statements:
        cited = citation(len(citations) + 1, statement.proof, chunks[statement.proof[0].chunk_id])
        known = next((c for c in citations if (c.chunk_id, c.quote) == (cited.chunk_id, cited.quote)), None)
        if known is None:
            citations.append(cited)
        lines.append(turn.say("answer", statement.frame, **statement.values, n=(known or cited).n))
    return turn.say("answer", "lead") + "\n".join(lines), tuple(citations)


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
