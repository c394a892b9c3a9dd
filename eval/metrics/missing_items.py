"""Missing items: what a draft or a review says of the items of §12(2) that a text does not tell."""

from __future__ import annotations

from assistant.drafts import Draft, Item, Review
from eval.case_files import DraftCase, ReviewCase
from eval.metrics.verdict import Verdict, verdict


def of_draft(draft: Draft, case: DraftCase) -> Verdict:
    """An item that the case neither demands nor forbids may be called missing or not."""
    return verdict(draft.missing, case.must_flag_missing, case.must_not_flag_missing)


def of_review(review: Review, case: ReviewCase) -> Verdict:
    """Every item that the case does not call missing is an alarm, also one that cannot be judged."""
    return verdict([i.item for i in review.items if i.state == "missing"], case.missing_items, list(Item))


def judged_without_ground(review: Review, case: ReviewCase) -> tuple[str, ...]:
    """Items that cannot be judged but are called present; called missing they are alarms already."""
    return tuple(i.item for i in review.items if i.item in case.undeterminable_items and i.state == "present")
