"""The text of a Word document as it is shown, and where each character of it stands.

Left out: headers, footers, comments, deleted and hidden text, tables of contents, readings above words. Kept: inserted
text, automatic numbers, tables (a line a row, tabs between cells), notes and text boxes below the paragraph that has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.readers.word.numbering import Numbering, W, number, value
from assistant.text import sanitize

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_THROUGH = {
    W + tag for tag in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml")
}
_THROUGH |= {W + "dir", W + "bdo", _MC + "AlternateContent", _MC + "Choice"}
_GONE = {W + "del", W + "moveFrom"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_BOX = W + "txbxContent"
_OFF = ("0", "false", "none")
_NOTE_LABEL = "注{number}　"
_DEEPEST = 30  # tables in tables
_MOST_COLUMNS = 63  # as Word has them
_LONGEST_REPEATED = 40  # characters of a merged cell that says the same in each of its rows


@dataclass(frozen=True)
class Piece:
    """Characters start to end of the text that belong to `run` (a w:r). `own`: they are exactly what the run shows;
    otherwise a number, a note or a text box that stands at this run."""

    start: int
    end: int
    run: Any
    own: bool


@dataclass(frozen=True)
class ParagraphSpan:
    """A paragraph of the document: text[start:end]. `level` is that of a heading (1–9), 0 for other text."""

    start: int
    end: int
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class WordText:
    """The text with the paragraphs that show something, in order, and what was not read."""

    text: str
    spans: tuple[ParagraphSpan, ...]
    hidden: int  # characters
    changed: bool  # are there tracked changes?


def paragraph_spans(document: Any) -> WordText:
    """Read an open python-docx document. The same document gives the same text and offsets each time."""
    return _Reading(document).read()


def shown(child: Any) -> str:
    """What one child of a run shows; "" for formats, pictures and marks."""
    if child.tag == W + "t":
        return sanitize((child.text or "").replace("\n", " ").replace("\t", " "))
    if child.tag == W + "ruby":
        return "".join(shown(t) for base in child.findall(W + "rubyBase") for t in base.iter(W + "t"))
    return _SIGNS.get(child.tag, "")


_Parts = list[tuple[str, Any, bool]]  # text, run, own


@dataclass
class _Line:
    """A paragraph while it is read."""

    level: int = 0
    parts: _Parts = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _, _ in self.parts)


@dataclass(frozen=True)
class _Cell:
    """A cell of a table: its first column, over how many columns it reaches, and its lines."""

    column: int
    width: int
    lines: list[_Line]


@dataclass
class _Reading:
    document: Any
    hidden: int = 0
    changed: bool = False
    notes: dict[str, int] = field(default_factory=dict)

    def read(self) -> WordText:
        part = self.document.part
        parts = {str(r.reltype).rsplit("/", 1)[-1]: r.target_part for r in part.rels.values() if not r.is_external}
        self.numbering = Numbering(_root(parts.get("numbering")), _root(parts.get("styles")))
        self.note_texts = {kind: _notes(_root(parts.get(f"{kind}s")), kind) for kind in _NOTES.values()}
        lines = list(self._blocks(self.document.element.body, None, 0))
        text, spans = [], []
        position = 0
        for line in lines:
            pieces, begin = [], position
            for shown_text, run, own in line.parts:
                pieces.append(Piece(position, position + len(shown_text), run, own))
                text.append(shown_text)
                position += len(shown_text)
            spans.append(ParagraphSpan(begin, position, line.level, tuple(p for p in pieces if p.run is not None)))
            text.append("\n")
            position += 1
        return WordText("".join(text), tuple(spans), self.hidden, self.changed)

    def _blocks(self, container: Any, anchor: Any, depth: int) -> Iterator[_Line]:
        """The lines of a body, cell, note or text box; `anchor` is the run of the body that shows it."""
        for child in container if depth < _DEEPEST else ():
            if child.tag == W + "p":
                yield from self._paragraph(child, anchor, depth)
            elif child.tag == W + "tbl":
                yield from self._table(child, anchor, depth)
            elif child.tag in _GONE:
                self.changed = True
            elif child.tag in _THROUGH:
                yield from self._blocks(child, anchor, depth + 1)

    def _paragraph(self, paragraph: Any, anchor: Any, depth: int) -> Iterator[_Line]:
        style = self.numbering.style_name(paragraph)
        if style.startswith("toc "):
            return  # a table of contents says every heading a second time
        line, below = _Line(_heading(style)), []
        for run in self._runs(paragraph):
            here = run if anchor is None else anchor
            own = "".join(shown(child) for child in run)
            if _is_on(run.find(W + "rPr"), "vanish"):
                self.hidden += len(own)
                continue
            if own:
                line.parts.append((own, here, anchor is None))
            below += list(self._beside(run, here, depth))
        if not line.text and _is_on(paragraph.find(f"{W}pPr/{W}rPr"), "del"):
            return  # deleted as a whole: it counts no number
        label = self.numbering.label(paragraph)
        if label:
            first = line.parts[0][1] if line.parts else anchor
            line.parts.insert(0, (label, first, False))
        yield line
        yield from below

    def _runs(self, parent: Any) -> Iterator[Any]:
        for child in parent:
            if child.tag == W + "r":
                yield child
            elif child.tag in _GONE:
                self.changed = True
            elif child.tag in _THROUGH:
                self.changed |= child.tag in (W + "ins", W + "moveTo")
                yield from self._runs(child)

    def _beside(self, run: Any, anchor: Any, depth: int) -> Iterator[_Line]:
        """Notes and text boxes of a run."""
        for child in run:
            kind = _NOTES.get(child.tag)
            if kind is not None:
                note = self.note_texts[kind].get(child.get(W + "id"))
                self.notes[kind] = self.notes.get(kind, 0) + 1
                lines = [] if note is None else list(self._blocks(note, anchor, depth + 1))
                if lines:
                    lines[0].parts.insert(0, (_NOTE_LABEL.format(number=self.notes[kind]), anchor, False))
                yield from lines
            elif not child.tag.startswith(W) or child.tag in (W + "pict", W + "drawing", W + "object"):
                for box in _boxes(child):
                    yield from self._blocks(box, anchor, depth + 1)

    def _table(self, table: Any, anchor: Any, depth: int) -> Iterator[_Line]:
        """A line a row. The last cell of two keeps its lines, as it often holds a whole section; those of others are joined."""
        above: dict[int, _Parts] = {}  # what a merged cell says in the rows below it, by column
        for row in _children(table, W + "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.changed = True
                continue
            cells = self._cells(row, above, anchor, depth)
            while cells and not any(line.text.strip() for line in cells[-1].lines):
                cells.pop()
            if not cells:
                continue
            first, rest = _Line(), list[_Line]()
            for place, cell in enumerate(cells):
                lines = [line for line in cell.lines if line.text.strip()]
                if place == len(cells) - 1 and cell.column <= 1:
                    first.parts += lines.pop(0).parts
                    rest = lines
                else:
                    first.parts += _joined(lines)
                if place < len(cells) - 1:
                    first.parts += [("\t", None, False)] * cell.width
            yield first
            yield from rest

    def _cells(self, row: Any, above: dict[int, _Parts], anchor: Any, depth: int) -> list[_Cell]:
        """The cells of a row with their columns; what continues a short merged cell says the same again."""
        cells: list[_Cell] = []
        column = 0
        for cell in _children(row, W + "tc"):
            width = min(max(number(value(cell.find(W + "tcPr"), "gridSpan"), 1), 1), _MOST_COLUMNS)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            lines = list(self._blocks(cell, anchor, depth + 1))
            if merge is None:
                above.pop(column, None)
            elif merge.get(W + "val") == "restart":
                said = _joined([line for line in lines if line.text.strip()])
                short = sum(len(text) for text, _, _ in said) <= _LONGEST_REPEATED
                above[column] = [(text, run, False) for text, run, _ in said] if short else []
            elif not any(line.text.strip() for line in lines):
                lines = [_Line(parts=list(above.get(column, [])))]
            cells.append(_Cell(column, width, lines))
            column += width
        return cells


def _joined(lines: list[_Line]) -> _Parts:
    """The lines of a cell as one line. Nothing becomes longer or shorter, so that places stay right."""
    parts: _Parts = []
    for line in lines:
        parts += [(" ", None, False)] if parts else []
        parts += [(text.replace("\n", " "), run, own) for text, run, own in line.parts]
    return parts


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _children(child, tag)


def _boxes(element: Any) -> Sequence[Any]:
    """The text boxes in an element; Word writes each a second time for older programs (mc:Fallback)."""
    boxes = [box for box in element.iter(_BOX) if not any(up.tag == _BOX for up in box.iterancestors())]
    new = [box for box in boxes if not any(up.tag == _MC + "Fallback" for up in box.iterancestors())]
    return new or boxes


def _heading(style: str) -> int:
    if style == "title":
        return 1
    kind, _, level = style.partition(" ")
    return number(level) if kind in ("heading", "見出し") else 0


def _is_on(properties: Any, tag: str) -> bool:
    found = properties is not None and properties.find(W + tag) is not None
    return found and value(properties, tag) not in _OFF


def _root(part: Any) -> Any:
    """The XML of a part that python-docx keeps parsed or as bytes; None without the part."""
    if part is None:
        return None
    from docx.oxml.parser import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _notes(root: Any, kind: str) -> dict[str, Any]:
    return {} if root is None else {note.get(W + "id"): note for note in root.findall(W + kind)}
