"""Remarks at places of a text, as Word shows them: a comment in the margin, the words highlighted if wanted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph


@dataclass(frozen=True)
class Remark:
    """A remark on text[start:end]; without `comment` the words are highlighted only."""

    start: int
    end: int
    comment: str = ""
    highlight: bool = False


@dataclass(frozen=True)
class Author:
    """Whose name stands beside a comment."""

    name: str
    initials: str


def add_text(document: Document, paragraph: Paragraph, text: str, remarks: list[Remark], author: Author) -> None:
    """Add `text` to `paragraph` of `document` (or of one of its tables) with its remarks, which may overlap."""
    ends = {0, len(text), *(r.start for r in remarks), *(r.end for r in remarks)}
    places = sorted(place for place in ends if 0 <= place <= len(text))
    runs = {start: paragraph.add_run(text[start:end]) for start, end in pairwise(places)}
    for remark in remarks:
        covered = [run for start, run in runs.items() if remark.start <= start < remark.end]
        if remark.highlight:
            for run in covered:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if remark.comment and covered:
            document.add_comment(covered, remark.comment, author.name, author.initials)
