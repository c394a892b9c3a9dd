"""A review as Markdown: the items as a table, the findings as a list."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafts import Review
from assistant.markdown import escaped, line
from assistant.review.report.view import Remark, headlines, item_rows, remarks, subject, title_of
from assistant.text import sanitize
from prompts import say


def to_markdown(review: Review) -> str:
    """The report as Markdown, ending with a line feed; the document itself is left out."""
    return "\n\n".join(_blocks(review)) + "\n"


def _blocks(review: Review) -> Iterator[str]:
    yield f"# {_line(title_of(review))}"
    yield from (_line(text) for text in (subject(review), *headlines(review)) if text)
    if rows := item_rows(review):
        yield f"## {say('review', 'items_heading')}"
        head = [say("review", name) for name in ("item", "state", "article", "quote")]
        cells = [[r.item.name, f"{r.mark} {r.state}", r.place, r.item.quote or r.item.advice] for r in rows]
        table = [head, ["---"] * len(head), *([_line(cell) for cell in row] for row in cells)]
        yield "\n".join(f"| {' | '.join(row)} |" for row in table)
    if found := remarks(review):
        yield f"## {say('review', 'findings_heading')}"
        yield from map(_remark, found)
    if notes := [*review.notes, *([say("review", "caution")] if review.status == "reviewed" else [])]:
        yield f"## {say('review', 'notes_heading')}"
        yield "\n".join(f"- {_line(note)}" for note in notes)


def _remark(remark: Remark) -> str:
    finding = remark.finding
    said = [f"{remark.number}. **［{remark.severity}］** {_line(finding.message)}"]
    if finding.quote:
        said.append("> " + escaped(sanitize(finding.quote)).replace("\n", "\n   > "))
    for name, text in (("basis", finding.basis), ("wording", finding.wording)):
        said += [say("review", "labelled", label=say("review", name), text=_line(text))] if text else []
    return "\n\n   ".join(said)


def _line(text: str) -> str:
    return line(sanitize(text))
