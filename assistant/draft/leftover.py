"""Facts that found no place: nothing the brief tells of this project may be lost.

An amount whose bearer is open stands with its item, which stays missing; other figures and names go to the section of
further terms. Others' affairs, earlier years, hearsay and requests to the writer stay out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.clauses.amounts import amounts
from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.contents import is_blank, is_told
from assistant.clauses.ours import is_ours
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Given
from assistant.text import compact

_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*\s?[^\s0-9０-９、。「」（）()]?")
_NAME = re.compile(r"[「『]([^「」『』]{2,30})[」』]")


def partial(clause: Clause) -> str:
    """The item of which a clause tells a part, an amount without its bearer; "" if it does not."""
    label = next((label for label in ITEM_LABELS if label in clause.labels), "")
    open_ = label and not is_told(clause, label) and not is_blank(clause)
    return label if open_ and amounts(clause.text) and is_ours(clause) else ""


def leftover(paper: Paper, found: Mapping[str, Sequence[Given]]) -> list[Clause]:
    """Clauses with a figure or a quoted name that no value has."""
    told = compact("\n".join(value.text for values in found.values() for value in values))
    return [clause for clause in paper.clauses if is_ours(clause) and _lacks(clause, told)]


def _lacks(clause: Clause, told: str) -> bool:
    if clause.labels & {"request", "deferred"} or is_blank(clause):
        return False
    facts = [m.group() for m in _FIGURE.finditer(clause.text)]
    if not clause.labels & {"period"}:  # its figures are dates that the period has in other words
        facts += [m[1] for m in _NAME.finditer(clause.text)]
    return any(compact(fact) not in told for fact in facts)
