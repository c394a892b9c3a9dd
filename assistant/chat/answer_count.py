"""Questions that count projects, answered from the directory's records: all of them, an organization's, a field's.

Only for questions that ask for nothing else: every other word of the question must belong to the counting itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Citation
from assistant.chat.statements import citation
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import DirectoryRecord, Piece
from assistant.search.question import cue
from assistant.text import compact

_LISTED = 8  # projects named in the text


def answer_count(turn: Turn) -> Turn:
    """Answer a pure counting question; every other question passes through."""
    if turn.reason is not None or turn.understood.articles:
        return turn
    question = compact(turn.understood.readable)
    records = turn.searcher.index.records.directory
    if not records or not _counts(turn):
        return turn
    fields = [f for f in dict.fromkeys(r.field for r in records) if _names_field(question, f)]
    if cue("count_spent").sub("", _without(question, [*turn.understood.organizations, *fields])):
        return turn
    organizations = turn.understood.organizations
    if not organizations and not fields:
        return _extreme(turn, question, records) or _total(turn, records)
    chosen = [
        r
        for r in records
        if (not organizations or r.organization in organizations) and (not fields or r.field in fields)
    ]
    named = "・".join([*organizations, *fields])
    return _listed(turn, chosen, turn.say("answer", "count_some", named=named, total=len(chosen)))


def _counts(turn: Turn) -> bool:
    """Is a number of projects asked for, or all of them, or who has the most?"""
    question = turn.understood.folded
    listed = any(cue(name).search(question) for name in ("all", "extreme"))
    return turn.understood.counts_projects or (listed and bool(cue("project").search(question)))


def _extreme(turn: Turn, question: str, records: Sequence[DirectoryRecord]) -> Turn | None:
    """The ward, bureau or field with the most or fewest projects; None if the question asks for neither."""
    if not cue("extreme").search(question):
        return None
    if "分野" in question:
        numbers = Counter(r.field for r in records)
    elif "局" in question:
        numbers = Counter(r.organization for r in records if not r.organization.endswith("区"))
    else:
        numbers = Counter(r.organization for r in records if r.organization.endswith("区"))
    fewest = bool(cue("fewest").search(question))
    number = min(numbers.values()) if fewest else max(numbers.values())
    named = [name for name, n in numbers.items() if n == number]
    chosen = [r for r in records if r.organization in named or r.field in named]
    head = turn.say("answer", "fewest" if fewest else "most", named="・".join(named), total=number)
    return _listed(turn, chosen, head)


def _names_field(question: str, field: str) -> bool:
    return compact(field) in question


def _without(question: str, names: Sequence[str]) -> str:
    short = [name.removesuffix("区") for name in names if name.endswith("区") and len(name) > 2]  # 青葉の事業は何件
    for name in sorted([*names, *short], key=len, reverse=True):
        question = question.replace(compact(name), "")
    return question


def _total(turn: Turn, records: Sequence[DirectoryRecord]) -> Turn:
    """The number of all projects, with the sentence that prints it."""
    wards = sum(r.organization.endswith("区") for r in records)
    numbers = {"total": len(records), "wards": wards, "bureaus": len(records) - wards}
    proof = _printed(turn, f"{len(records)}事業", f"{wards}事業")
    if proof is None:
        return turn
    return _answered(turn, turn.say("answer", "count_all", **numbers, n=1), [proof])


def _printed(turn: Turn, *figures: str) -> Piece | None:
    """The best piece of the passages that prints all figures."""
    chunks = [i for passage in turn.passages for i in passage.chunk_ids]
    found = [piece for piece, _ in turn.searcher.index.pieces_of(chunks)]
    return next((p for p in found if all(compact(f) in compact(p.said) for f in figures)), None)


def _listed(turn: Turn, records: Sequence[DirectoryRecord], head: str) -> Turn:
    """The sentence that counts the chosen projects and their names, each proven by its entry."""
    proofs = [p for r in records[:_LISTED] for p in _head(turn, r)]
    if not proofs:
        return turn
    listed = "\n".join(turn.say("answer", "listed", name=r.name, n=n) for n, r in enumerate(records[:_LISTED], 1))
    more = turn.say("answer", "more", count=len(records) - _LISTED) if len(records) > _LISTED else ""
    return _answered(turn, f"{head}\n{listed}{more}", proofs)


def _head(turn: Turn, record: DirectoryRecord) -> list[Piece]:
    pieces = [piece for piece, _ in turn.searcher.index.pieces_of([record.chunk_id])]
    return [next((p for p in pieces if "〔" in p.quote), pieces[0])] if pieces else []


def _answered(turn: Turn, text: str, proofs: Sequence[Piece]) -> Turn:
    chunks = turn.searcher.index.chunks([p.chunk_id for p in proofs])
    citations: tuple[Citation, ...] = tuple(citation(n, (p,), chunks[p.chunk_id]) for n, p in enumerate(proofs, 1))
    return replace(turn, reason=Reason.FOUND, text=text, citations=citations)
