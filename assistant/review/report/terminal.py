"""A review in the terminal, readable in 80 columns."""

from __future__ import annotations

from itertools import accumulate

from rich.cells import chop_cells
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.drafts import Review
from assistant.review.report.view import ItemRow, Remark, headlines, item_rows, remarks, subject
from assistant.text import one_line, sanitize
from prompts import say

_QUOTE = 120  # characters of a quotation shown; the whole stands in --json and in the files
_STYLES = {"error": "bold red", "warning": "yellow", "advice": "cyan"}
_MARKS = {"present": "green", "missing": "bold red", "undeterminable": "yellow"}


def show_review(console: Console, review: Review) -> None:
    """Print the report: the first lines, the items, the findings by severity, the notes."""
    parts: list[RenderableType] = [_plain(subject(review), "dim")] if subject(review) else []
    parts += [_plain(line, "bold") for line in headlines(review)]
    if rows := item_rows(review):
        parts += [Text(), _plain(say("review", "items_heading"), "bold underline"), _items(rows)]
    if found := remarks(review):
        parts += [Text(), _plain(say("review", "findings_heading"), "bold underline")]
        parts += [part for remark in found for part in _remark(remark)]
    parts += [Text(), *(_plain(f"※ {note}", "dim") for note in (*review.notes, _caution(review)) if note)]
    console.print(Group(*parts), soft_wrap=False)


def _caution(review: Review) -> str:
    return say("review", "caution") if review.status == "reviewed" else ""


def _items(rows: list[ItemRow]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), expand=True)
    for name, least, most in (("item", 12, 22), ("state", 7, 7), ("article", 6, 16)):
        table.add_column(say("review", name), min_width=least, max_width=most)
    table.add_column(say("review", "quote"), ratio=1)
    for row in rows:
        state = _plain(f"{row.mark} {row.state}", _MARKS[row.item.state])
        said = _quoted(row.item.quote) if row.item.quote else row.item.advice
        table.add_row(_plain(row.item.name), state, _plain(row.place), _plain(said))
    return table


def _remark(remark: Remark) -> list[RenderableType]:
    finding = remark.finding
    head = Text(f"{remark.number} ［{remark.severity}］", _STYLES[finding.severity])
    head.append(one_line(sanitize(finding.message)), "default")
    where = say("review", "line", line=remark.line) + " " if remark.line else ""
    details = [where + _quoted(finding.quote)] if finding.quote else []
    for name, text in (("basis", finding.basis), ("wording", finding.wording)):
        details += [say("review", "labelled", label=say("review", name), text=one_line(text))] if text else []
    return [_Lines(head), *(Padding(_plain(detail), (0, 0, 0, 4), expand=False) for detail in details)]


class _Lines:
    """Japanese text broken where the line is full: it has few blanks to break at."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = chop_cells(self.text.plain, max(options.max_width, 2))
        yield from self.text.divide(list(accumulate(map(len, lines)))[:-1])

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(2, options.max_width), min(self.text.cell_len, options.max_width))


def _quoted(quote: str) -> str:
    line = " ".join(quote.split())
    return f"「{line if len(line) <= _QUOTE else line[:_QUOTE] + '…'}」"


def _plain(text: str, style: str = "") -> _Lines:
    """Text of people: no mark-up, no control characters."""
    return _Lines(Text(one_line(sanitize(text)), style))
