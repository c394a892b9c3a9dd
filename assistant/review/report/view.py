"""What every report of a review shows, in its order: the first lines, the items, the findings by severity."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.drafts import Finding, ItemState, Review, Severity
from prompts import say

_ORDER: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass(frozen=True)
class Remark:
    """A finding with its number in the report. `start` is where its quote stands in the text; -1: nowhere."""

    number: int
    finding: Finding
    start: int
    line: int

    @property
    def end(self) -> int:
        return self.start + len(self.finding.quote)

    @property
    def severity(self) -> str:
        return say("review_severity", self.finding.severity)


@dataclass(frozen=True)
class ItemRow:
    """An item with its number in the list."""

    number: int
    item: ItemState
    start: int
    line: int

    @property
    def end(self) -> int:
        return self.start + len(self.item.quote)

    @property
    def state(self) -> str:
        return say("review_state", self.item.state)

    @property
    def mark(self) -> str:
        return say("review_mark", self.item.state)

    @property
    def place(self) -> str:
        """The article, or the line if the document has no articles there; "" without a place."""
        return self.item.article or (say("review", "line", line=self.line) if self.line else "")


def place(text: str, quote: str, start: int) -> int:
    """Where `quote` stands in `text`: at `start` if it does, else at its first place; -1 without one."""
    if not quote:
        return -1
    return start if start >= 0 and text.startswith(quote, start) else text.find(quote)


def remarks(review: Review) -> list[Remark]:
    """The findings by severity, then by place; those without a place last."""
    placed = [(place(review.text, f.quote, f.start), f) for f in review.findings]
    placed.sort(key=lambda pair: (_ORDER.index(pair[1].severity), pair[0] < 0, pair[0]))
    return [Remark(n, f, start, _line(review.text, start)) for n, (start, f) in enumerate(placed, 1)]


def item_rows(review: Review) -> list[ItemRow]:
    """The items in the order of §12(2)."""
    placed = [(place(review.text, i.quote, i.start), i) for i in review.items]
    return [ItemRow(n, i, start, _line(review.text, start)) for n, (start, i) in enumerate(placed, 1)]


def headlines(review: Review) -> list[str]:
    """What a person must know first: which items are there, which are not, how many findings."""
    if review.status == "declined":
        return [say("review", "declined")]
    return [_items_line(review), _findings_line(review)]


def subject(review: Review) -> str:
    """As what the document was reviewed; "" if it was not."""
    if review.status == "declined":
        return ""
    return say("review", review.document + ("_form" if review.form else ""), form=review.form)


def title_of(review: Review) -> str:
    return say("review", "title_of", title=review.title) if review.title else say("review", "title")


def _items_line(review: Review) -> str:
    """The five items, and what the 施行規則 adds if it is known."""
    five = [item for item in review.items if item.counts]
    count = sum(item.state == "present" for item in five)
    if count == len(five):
        return say("review", "all_items", total=len(five))
    if count == 0:
        return say("review", "no_items", total=len(five))
    missing = "、".join(item.name for item in five if item.state != "present")
    return say("review", "some_items", total=len(five), count=count, missing=missing)


def _findings_line(review: Review) -> str:
    if not review.findings:
        return say("review", "no_findings")
    counts = {severity: sum(f.severity == severity for f in review.findings) for severity in _ORDER}
    parts = "、".join(
        say("review", "part", severity=say("review_severity", severity), count=count)
        for severity, count in counts.items()
        if count
    )
    return say("review", "findings", total=len(review.findings), parts=parts)


def _line(text: str, start: int) -> int:
    """The line of an offset, counted from 1; 0 for no place."""
    return text.count("\n", 0, start) + 1 if start >= 0 else 0
