"""Is a statement about this project, or about earlier years, other people, hearsay?"""

from __future__ import annotations

from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.features import marks
from assistant.clauses.paper import Clause

_SURE = 1.0  # a lower score alone says nothing
_NEAR = 0.5  # background must be this near to the best item
_MARKED = 2.0  # and may be this far below it where words of time or hearsay speak for it
_SIGNS = {"#earlier", "#hearsay"}


def is_ours(clause: Clause) -> bool:
    """No, where the classifier takes it for background, or nearly so beside words such as 昨年 or らしい."""
    background = clause.scores.get("background", -9.0)
    best = max((clause.scores.get(label, -9.0) for label in ITEM_LABELS), default=-9.0)
    signed = bool(_SIGNS & set(marks(clause.text)))
    return not (background > max(_SURE, best - _NEAR) or (signed and background > best - _MARKED - _NEAR))
