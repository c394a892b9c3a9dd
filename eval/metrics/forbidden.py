"""Forbidden: what a draft must not say, such as a withdrawn amount or a name from elsewhere."""

from __future__ import annotations

from eval.case_files import DraftCase
from eval.metrics.matching import includes


def said(text: str, case: DraftCase) -> tuple[str, ...]:
    return tuple(wrong for wrong in case.must_not_contain if includes(text, wrong, head=True))
