"""A case and a draft or a review become faults, and the faults become scores; each is made of the scores in metrics/."""

from __future__ import annotations

from assistant.drafts import Draft, Review
from eval.case_files import DraftCase, ReviewCase
from eval.grade import Scores
from eval.metrics import codes, forbidden, invented, missing_items, quotes, regulation, repeated

Faults = dict[str, tuple[str, ...]]  # kind of fault → what it was, letter for letter; empty where all is right


def grade_draft(draft: Draft, case: DraftCase) -> tuple[Scores, Faults]:
    """A draft that may be declined, and is, need not repeat what the brief gives."""
    text = body(draft)
    declined = draft.status == "declined"
    items, problems = missing_items.of_draft(draft, case), codes.of_draft(draft, case)
    new = invented.invented(text, case.brief, *case.may_contain) if case.no_new_amounts_or_dates else ()
    faults: Faults = {
        "declined": (draft.status,) if declined and not case.may_decline else (),
        "lost": () if declined and case.may_decline else repeated.lost(text, case),
        "items_overlooked": items.overlooked,
        "items_wrong": items.wrong,
        "codes_overlooked": problems.overlooked,
        "codes_wrong": problems.wrong,
        "invented": new,
        "forbidden": forbidden.said(text, case),
        "regulation": ("規則",) if case.must_note_regulation and not regulation.noted(draft) else (),
    }
    scores: Scores = {
        "draft_right": _none(faults),
        "draft_declined": float(bool(faults["declined"])),
        "draft_repeated": float(not faults["lost"]),
        "draft_missing": float(not items.overlooked and not items.wrong),
        **problems.counts("draft_problems"),
        "draft_false_alarms": float(bool(problems.wrong)),
        "draft_invented": float(bool(new)),
        "draft_forbidden": float(bool(faults["forbidden"])),
    }
    if case.must_note_regulation:
        scores["draft_regulation"] = float(not faults["regulation"])
    return scores, faults


def grade_review(review: Review, case: ReviewCase) -> tuple[Scores, Faults]:
    items, findings = missing_items.of_review(review, case), codes.of_review(review, case)
    quoted = quotes.of_review(review, case)
    faults: Faults = {
        "items_overlooked": items.overlooked,
        "items_wrong": items.wrong,
        "undeterminable": missing_items.judged_without_ground(review, case),
        "codes_overlooked": findings.overlooked,
        "codes_wrong": findings.wrong,
        "quotes": quoted.wrong,
    }
    scores: Scores = {
        "review_right": _none(faults),
        **items.counts("review_missing"),
        **findings.counts("review_codes"),
        **quoted.counts("review_quotes"),
    }
    return scores, faults


def body(draft: Draft) -> str:
    """What a draft says: the text of its sections."""
    return "\n".join(section.text for section in draft.sections)


def _none(faults: Faults) -> float:
    return float(not any(faults.values()))
