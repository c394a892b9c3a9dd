"""What the records tell of a project: whose it is, what it cost and who the partner was.

Only for the project that the question is about; the proof is the line of the report that prints the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.chat.answer_division import holder
from assistant.chat.arithmetic import compared_projects
from assistant.chat.select import Stretch
from assistant.chat.statements import Statement
from assistant.chat.turn import Turn
from assistant.records import ContractRecord
from assistant.search.question import cue
from assistant.text import compact

_HARDLY = 0.3  # difference of scores at which two passages answer about equally well
_LINES = 4  # pieces that a value may be printed over


def record_statements(turn: Turn) -> list[Statement]:
    """One statement for each field that the question asks for; none if it is not about a project, or two whose costs it
    compares."""
    if two := compared_projects(turn):
        return [statement for record in two for statement in _fields(turn, record)]
    record = _project(turn)
    return [*_whose(turn), *(_fields(turn, record) if record else ())]


def _whose(turn: Turn) -> Iterator[Statement]:
    """The ward or bureau of the project, where one is asked for and the project is such a one's."""
    question = turn.understood
    found = holder(turn)
    if (
        not found
        or question.organizations
        or any(cue(n).search(question.folded) for n in ("all", "compare", "extreme"))
    ):
        return
    candidate, proof = found
    if cue("which_ward" if candidate.organization.endswith("区") else "which_bureau").search(question.folded):
        said = {"project": candidate.project, "organization": candidate.organization, "division": candidate.division}
        yield Statement("whose", (proof,), said)


def _fields(turn: Turn, record: ContractRecord) -> Iterator[Statement]:
    question = turn.understood.folded
    if cue("partner").search(question) and record.partners:
        yield from _statement(turn, record, "partner", record.partners[0], "、".join(record.partners))
    if cue("cost").search(question) and record.cost and not cue("share").search(question):
        yield from _statement(turn, record, "cost", record.cost, record.cost)


def _statement(turn: Turn, record: ContractRecord, frame: str, printed: str, said: str) -> Iterator[Statement]:
    proof = _lines(turn, record, printed)
    if proof:
        yield Statement(frame, proof, {"project": record.listed_name, "quote": said})


def _lines(turn: Turn, record: ContractRecord, printed: str) -> Stretch:
    """The fewest pieces of one of the project's chunks that print the value together; empty if none do."""
    found: list[Stretch] = []
    for identity in turn.searcher.chunks_of(f"contract:{record.number}"):
        pieces = [piece for piece, _ in turn.searcher.index.pieces_of([identity])]
        runs = (tuple(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, min(i + _LINES, len(pieces)) + 1))
        found += [run for run in runs if compact(printed) in compact("".join(p.quote for p in run))]
    return min(found, key=len, default=())


def _project(turn: Turn) -> ContractRecord | None:
    """The contract project of the first passage, by its own chunk or by its entry in the directory; the one with several
    passages that are hardly worse, if the best division is that project's too; or the only one that the first passage names."""
    if not turn.passages:
        return None
    number = turn.searcher.contract_of(turn.passages[0].chunk_id) or _hardly_worse(turn) or _named(turn)
    return next((c for c in turn.searcher.index.records.contracts if c.number == number), None)


def _hardly_worse(turn: Turn) -> int | None:
    if turn.understood.about_ordinance or not turn.candidates:
        return None
    near = [p for p in turn.passages if p.score >= turn.passages[0].score - _HARDLY]
    numbers = [turn.searcher.contract_of(p.chunk_id) for p in near]
    first = turn.searcher.contract_of(turn.candidates[0].chunk_id)
    return first if numbers.count(first) > 1 else None


def _named(turn: Turn) -> int | None:
    """An entry of the directory tells of its own project, whatever it names."""
    first = turn.passages[0]
    if turn.searcher.organization_of(first.chunk_id):
        return None
    text = compact(first.text)
    named = set().union(*(ids for name, ids in turn.searcher.projects if name in text), set())
    numbers = {r.contract_no for r in turn.searcher.index.records.directory if r.id in named and r.contract_no}
    return next(iter(numbers)) if len(numbers) == 1 else None
