"""A period that ends before it begins (DATE_ORDER): only where both ends are written so far that nothing is guessed."""

from __future__ import annotations

from assistant.clauses.checks.findings import finding, place
from assistant.clauses.dates import periods
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding


def check_dates(paper: Paper) -> list[Finding]:
    """Periods with the end before the beginning, also over two lines (開始日 …, 終了日 …)."""
    found = []
    for period in periods(paper.text):
        if period.backwards:
            touched = [c for c in paper.clauses if c.start < period.end and c.end > period.start]
            span = (touched[0].start, touched[-1].end) if touched else (period.start, period.end)
            ends = (paper.text[d.start : d.end].strip() for d in (period.begin, period.finish))
            begin, end = ends
            found.append(finding(Code.DATE_ORDER, place(paper, *span), begin=begin, end=end))
    return found
