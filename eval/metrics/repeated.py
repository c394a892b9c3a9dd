"""Repeated: everything that the brief gives stands in the draft again."""

from __future__ import annotations

from eval.case_files import DraftCase
from eval.metrics.matching import includes


def lost(text: str, case: DraftCase) -> tuple[str, ...]:
    """What of `must_contain` stands in `text` neither as it is nor as one of its alternatives."""
    return tuple(
        wanted
        for wanted in case.must_contain
        if not any(includes(text, way, head=True) for way in (wanted, *case.alternatives.get(wanted, ())))
    )
