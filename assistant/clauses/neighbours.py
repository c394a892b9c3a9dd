"""What a statement tells by the one beside it: who pays what was named before, and what each side does in turn
(「私たちはカードを作ります。区は病院に話をしてくれます。」). Only for statements that tell nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.clauses.contents import is_told, is_withheld, names_bearer, side_of
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause

_SCORE = 0.5  # of what is told only so
_OTHER_MATTERS = {"#mishap", "#money", "#wish", "#ask", "#earlier", "#hearsay"}


def with_neighbours(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """`clauses`, with labels for those that only their neighbours explain."""
    found = list(clauses)
    for i, clause in enumerate(found):
        if is_withheld(clause) or clause.part != "body":
            continue
        before = found[i - 1] if i else None
        if before and names_bearer(clause) and _leaves_bearer(before, clause):
            found[i] = _told(clause, "cost")
        elif not clause.labels and any(_in_turn(clause, other) for other in (before, *found[i + 1 : i + 2]) if other):
            found[i] = _told(clause, "roles")
    return tuple(found)


def _leaves_bearer(before: Clause, clause: Clause) -> bool:
    """Is the one before a cost, and this statement nothing by itself, or the first to say who bears it?"""
    if "cost" not in before.labels or clause.labels & {"cost", "liability", "request", "background", "deferred"}:
        return False
    return not clause.labels or (not is_told(before, "cost") and before.heading == clause.heading)


def _in_turn(clause: Clause, other: Clause) -> bool:
    """Does each of the two say what one of the two sides does?"""
    sides = {side_of(clause), side_of(other)}
    return len(sides) == 2 and "" not in sides and not _OTHER_MATTERS & {*marks(clause.text), *marks(other.text)}


def _told(clause: Clause, label: str) -> Clause:
    score = max([_SCORE, *(clause.scores.get(other, 0.0) for other in clause.labels)])
    return replace(clause, labels=clause.labels | {label}, scores={**clause.scores, label: score})
