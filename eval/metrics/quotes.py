"""Quotes: the words that prove an item are verbatim, neither a scrap nor half the document, and from the right place."""

from __future__ import annotations

import re

from assistant.drafts import Review
from eval.case_files import ReviewCase
from eval.metrics.verdict import Verdict

LEAST, MOST = 6, 400  # characters


def of_review(review: Review, case: ReviewCase) -> Verdict:
    """Over the items that are present, by the case; one that the review calls missing has no quote to be judged."""
    said = {i.item: i for i in review.items}
    judged = [i for i in case.evidence if i not in said or said[i].state != "missing"]
    good = {i for i in judged if i in said and right(said[i].quote, case.evidence[i], case.document_text)}
    return Verdict(tuple(i for i in judged if i in good), tuple(i for i in judged if i not in good), ())


def right(quote: str, evidence: str, text: str) -> bool:
    """Is `quote` verbatim in `text`, and do it and `evidence` have at least LEAST characters of it in common?"""
    if not LEAST <= len(quote) <= MOST:
        return False
    common = min(LEAST, len(evidence))
    return any(
        min(q + len(quote), e + len(evidence)) - max(q, e) >= common
        for q in _places(quote, text)
        for e in _places(evidence, text)
    )


def _places(part: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(part), text)]
