"""Which stretches of a document go into no chunk: mark-up rests and what its layout cuts, each with the reason.

Nothing is altered: a cut is a position. Only `<p>` and `</p>` are mark-up here; the documents write the field of a
project as <環境の保全> and links as <https://…>, which must stay.
"""

from __future__ import annotations

import re

from assistant.errors import BadCorpus
from ingest.document import Document, Exclusion, Line, Page
from ingest.layout import Cut
from ingest.structure.outline import missing_anchor

_MARKUP = (
    (re.compile(r"</?p(?:\s[^>]*)?>"), "段落の印 <p>"),
    (re.compile(r"\*\*"), "太字の印 **"),
    (re.compile(r"^--[-\t ]*$", re.MULTILINE), "表の罫線の残り --"),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), "コードの印 ```"),
)


def find_exclusions(document: Document) -> tuple[Exclusion, ...]:
    """All exclusions, in order, not overlapping."""
    cuts = _layout_cuts(document)
    for pattern, reason in _MARKUP:
        for found in pattern.finditer(document.text):
            if not any(c.start <= found.start() < c.end for c in cuts):
                cuts.append(Exclusion(found.start(), found.end(), reason))
    return tuple(sorted(cuts, key=lambda c: c.start))


def _layout_cuts(document: Document) -> list[Exclusion]:
    lines = list(document.lines())
    found, position = [], 0
    for cut in document.layout.cuts:
        first = _find(document, lines, cut, cut.anchor, position)
        last = _find(document, lines, cut, cut.until, first) if cut.until else first
        found.append(Exclusion(lines[first].start, lines[last].end, cut.reason))
        position = last + 1
    return found


def _find(document: Document, lines: list[Line], cut: Cut, anchor: str, start: int) -> int:
    for index in range(start, len(lines)):
        if lines[index].bare.startswith(anchor) or lines[index].text.startswith(anchor):
            return index
    raise missing_anchor(document, cut.model_copy(update={"anchor": anchor}))


def find_pages(document: Document) -> tuple[Page, ...]:
    """Pages by the layout's marks; each runs to the next."""
    starts: list[tuple[str, int]] = []
    position = 0
    for mark in document.layout.pages:
        line = next((x for x in document.lines(position) if x.text.startswith(mark.anchor)), None)
        if line is None:
            raise missing_anchor(document, mark)
        starts.append((mark.label, line.start))
        position = line.end + 1
    ends = [*(start for _, start in starts[1:]), len(document.text)]
    return tuple(Page(label, start, end) for (label, start), end in zip(starts, ends, strict=False))


def check_text(document: Document) -> None:
    """A document of which nothing is left cannot be indexed."""
    if not document.clean(0, len(document.text)).strip():
        raise BadCorpus(
            f"{document.source.id}: 除外したあとに文字が残りません。",
            f"{document.source.id}: nothing is left after cleaning",
        )
