"""The checks of a brief and of a document, in one order."""

from __future__ import annotations

from assistant.clauses.paper import Paper
from assistant.drafts import Finding, FormAdvice
from assistant.index import Index


def examine_brief(paper: Paper) -> list[Finding]:
    return []


def examine_document(paper: Paper) -> list[Finding]:
    return []


def fitting_form(paper: Paper, index: Index) -> FormAdvice | None:
    return None
