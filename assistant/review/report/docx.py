"""A review in Word: the document itself with comments at the places; for what was no Word file, a new one of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from docx.document import Document

from assistant.drafts import Review
from assistant.errors import BadInputFile
from assistant.office.document import new_document, to_bytes
from assistant.office.remarks import Author
from assistant.office.text import xml_text
from assistant.readers.docx import open_docx
from assistant.readers.word.text import WordText, paragraph_spans
from assistant.review.report.comments import Commenter
from assistant.review.report.view import headlines, item_rows, remarks, subject, title_of
from prompts import say

Offsets = Callable[[int], int]  # of the reviewed text → of the Word document's text


def to_docx(review: Review, original: Path | None = None) -> bytes:
    """The document with comments as a .docx file. `original` is the file that was reviewed."""
    document, word, offset = _same(review, original) or _new(review)
    commenter = Commenter(document, word, Author(say("review", "author"), say("review", "initials")))
    commenter.add(-1, -1, "\n".join(_summary(review)))
    for start, end, comment in _comments(review):
        commenter.add(*((offset(start), offset(end)) if start >= 0 else (-1, -1)), comment)
    return to_bytes(document)


def _same(review: Review, original: Path | None) -> tuple[Document, WordText, Offsets] | None:
    """The original, if it is a Word file and its text is what was reviewed."""
    try:
        if original is None:
            return None
        document, word = open_docx(original)
    except (BadInputFile, OSError):
        return None
    begin = word.text.find(review.text)
    return (document, word, lambda offset: offset + begin) if begin >= 0 else None


def _new(review: Review) -> tuple[Document, WordText, Offsets]:
    """A document with a paragraph a line. Characters that Word cannot hold are left out."""
    title = xml_text(title_of(review))
    document = new_document(title, date.today())
    document.sections[0].header.paragraphs[0].add_run(title)
    for line in xml_text(review.text).split("\n"):
        document.add_paragraph(line)
    return document, paragraph_spans(document), lambda offset: len(xml_text(review.text[:offset]))


def _summary(review: Review) -> list[str]:
    """The first comment: what a person must know first, and the items that stand nowhere."""
    absent = [row for row in item_rows(review) if row.start < 0]
    items = [_labelled(f"{row.mark} {row.item.name}", row.item.advice or row.state) for row in absent]
    caution = [say("review", "caution")] if review.status == "reviewed" else []
    return [text for text in (subject(review), *headlines(review), *items, *review.notes, *caution) if text]


def _comments(review: Review) -> Iterator[tuple[int, int, str]]:
    """(start, end, comment) of items and findings; -1 where nothing in the document is meant."""
    for row in item_rows(review):
        if row.start >= 0:
            said = [say("review", "item_comment", item=row.item.name), row.item.advice]
            yield row.start, row.end, "\n".join(filter(None, said))
    for remark in remarks(review):
        finding = remark.finding
        said = [say("review", "finding_comment", severity=remark.severity, message=finding.message)]
        said += [say("review", "comment_quote", quote=finding.quote)] if finding.quote and remark.start < 0 else []
        said += [
            _labelled(say("review", name), text)
            for name, text in (("basis", finding.basis), ("wording", finding.wording))
            if text
        ]
        yield remark.start, remark.end, "\n".join(said)


def _labelled(label: str, text: str) -> str:
    return say("review", "labelled", label=label, text=text)
