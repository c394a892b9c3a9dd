"""Fields of a contract project, said from its record: what it cost and who the partner was.

Only for the project that the first passage belongs to; the proof is the line of the report that prints the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.chat.statements import Statement
from assistant.chat.turn import Turn
from assistant.records import ContractRecord, Piece
from assistant.search.question import cue
from assistant.text import compact


def record_statements(turn: Turn) -> list[Statement]:
    """One statement for each field that the question asks for; none if it is not about a contract project."""
    record = _project(turn)
    return list(_fields(turn, record)) if record else []


def _fields(turn: Turn, record: ContractRecord) -> Iterator[Statement]:
    question = turn.understood.folded
    if cue("partner").search(question) and record.partners:
        yield from _statement(turn, record, "partner", record.partners[0], "、".join(record.partners))
    if cue("cost").search(question) and record.cost:
        yield from _statement(turn, record, "cost", record.cost, record.cost)


def _statement(turn: Turn, record: ContractRecord, frame: str, printed: str, said: str) -> Iterator[Statement]:
    proof = _line(turn, record, printed)
    if proof:
        yield Statement(frame, (proof,), {"project": record.listed_name, "quote": said})


def _line(turn: Turn, record: ContractRecord, printed: str) -> Piece | None:
    """The piece of the project's chunks that prints the value."""
    chunks = turn.searcher.chunks_of(f"contract:{record.number}")
    pieces = [piece for piece, _ in turn.searcher.index.pieces_of(chunks)]
    return next((p for p in pieces if compact(printed) in compact(p.quote)), None)


def _project(turn: Turn) -> ContractRecord | None:
    """The contract project of the first passage, by its own chunk or by its entry in the directory."""
    records = turn.searcher.index.records
    number = turn.searcher.contract_of(turn.passages[0].chunk_id) if turn.passages else None
    return next((c for c in records.contracts if c.number == number), None)
