"""Word comments at places of a text: runs are split where a comment begins or ends, nothing else of the document changes.

Word has no comments in notes and text boxes: theirs stand at the words that have them.
"""

from __future__ import annotations

import copy
from typing import Any

from docx.document import Document
from docx.text.run import Run

from assistant.office.remarks import Author
from assistant.office.text import xml_text
from assistant.readers.word.numbering import W
from assistant.readers.word.text import Piece, WordText, shown

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CELL_OR_BODY = (W + "tc", W + "body")


class Commenter:
    """Puts comments into an open document. `word` is what was read from it; its offsets stay valid."""

    def __init__(self, document: Document, word: WordText, author: Author) -> None:
        self._document = document
        self._author = author
        self._pieces = [piece for span in word.spans for piece in span.pieces if piece.end > piece.start]
        self._title = next((p for p in self._pieces if p.own and word.text[p.start : p.end].strip()), None)

    def add(self, start: int, end: int, comment: str) -> None:
        """A comment on the characters start to end; a negative `start` puts it at the first words of the document."""
        if start < 0:
            runs = [self._title.run] if self._title else []
        else:
            runs = self._runs(start, end) or self._before(start)
        if not runs:
            runs = [self._document.add_paragraph().add_run()._r]
        first, last = (Run(run, self._document._body) for run in (runs[0], runs[-1]))
        self._document.add_comment([first, last], xml_text(comment), self._author.name, self._author.initials)

    def _runs(self, start: int, end: int) -> list[Any]:
        """The runs that show these characters and nothing else, as far as one cell or the body holds them."""
        self._cut(start)
        self._cut(end)
        inside = [p for p in self._pieces if p.start < end and p.end > start]
        own = [p.run for p in inside if p.own] or [p.run for p in inside]
        return [run for run in own if _container(run) is _container(own[0])]

    def _before(self, start: int) -> list[Any]:
        return [p.run for p in self._pieces if p.end <= start][-1:]

    def _cut(self, place: int) -> None:
        for index, piece in enumerate(self._pieces):
            if piece.own and piece.start < place < piece.end:
                rest = _split(piece.run, place - piece.start)
                if rest is not None:
                    parts = Piece(piece.start, place, piece.run, True), Piece(place, piece.end, rest, True)
                    self._pieces[index : index + 1] = parts
                return


def _split(run: Any, count: int) -> Any:
    """Leave the first `count` shown characters in `run` and move the others into a new run behind it, which is returned;
    None where nothing can be cut (inside a word with its reading)."""
    rest = run.makeelement(run.tag, run.attrib)
    position = 0
    for child in list(run):
        length = len(shown(child))
        if child.tag == W + "rPr":
            rest.append(copy.deepcopy(child))
        elif position >= count:
            rest.append(child)
        elif position + length > count:
            if child.tag != W + "t":
                return None
            rest.append(_split_text(child, count - position))
        position += length
    run.addnext(rest)
    return rest


def _split_text(text: Any, count: int) -> Any:
    """Cut a w:t behind `count` shown characters; the second half is returned."""
    raw = text.text
    cut = next(i for i in range(len(raw) + 1) if len(_shown_text(text, raw[:i])) == count)
    second = copy.deepcopy(text)
    text.text, second.text = raw[:cut], raw[cut:]
    for half in (text, second):
        half.set(_SPACE, "preserve")
    return second


def _shown_text(text: Any, part: str) -> str:
    like = text.makeelement(text.tag)
    like.text = part
    return shown(like)


def _container(run: Any) -> Any:
    return next((up for up in run.iterancestors() if up.tag in _CELL_OR_BODY), None)
