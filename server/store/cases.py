"""Feedback as drafts of evaluation cases, in the shape of the case files (JSON Lines).

What a person has to say is null and listed in `todo`: the evaluation refuses such a line until it is completed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from server.store.feedback import Case, answer_of
from server.store.tables import Feedback


def case_lines(rows: Iterable[Feedback], case: Case) -> str:
    """One line a case."""
    return "".join(json.dumps(draft_case(row, case), ensure_ascii=False) + "\n" for row in rows)


def draft_case(row: Feedback, case: Case) -> dict[str, Any]:
    """What is known of the case, and `todo`: the fields that a person completes, to be removed when that is done."""
    known = {"id": f"FB{row.id:04}", "question": row.question}
    fields = {"facts": _facts, "routing": _routing, "refuse": _refuse}[case](row)
    todo = [name for name, value in fields.items() if value is None]
    return {**known, **fields, "todo": todo, "feedback": _told(row)}


def _facts(row: Feedback) -> dict[str, Any]:
    return {
        "kind": None,
        "audience": None,
        "answer": None,
        "must_include": None,
        "must_not_include": [],
        "support": None,
        "source": None,
        "where": row.expected or None,
    }


def _routing(row: Feedback) -> dict[str, Any]:
    return {
        "audience": None,
        "style": None,
        "gold": None,
        "also_ok": [],
        "evidence": [row.expected] if row.expected else None,
        "source": None,
        "note": row.reason or None,
    }


def _refuse(row: Feedback) -> dict[str, Any]:
    return {
        "kind": None,
        "expected": "refuse",
        "accept": None,
        "near_domain": None,
        "lang": answer_of(row).language,
        "absent_terms": None,
        "related_in_corpus": [],
        "may_state": [],
        "must_not_include": [],
        "why": row.reason or None,
    }


def _told(row: Feedback) -> dict[str, Any]:
    """What was said of which answer, for the person who completes the case."""
    answer = answer_of(row)
    return {
        "verdict": row.verdict,
        "reason": row.reason,
        "expected": row.expected,
        "status": answer.status.value,
        "text": answer.text,
        "cited": [f"{c.title} {c.locator}".strip() for c in answer.citations],
        "divisions": [f"{d.organization} {d.division}" for d in answer.divisions],
    }
