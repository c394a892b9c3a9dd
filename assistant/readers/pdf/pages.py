"""Each page by the first way that gives text: pypdf, then PDFium, then recognition of the picture. What happened is noted."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pypdf import PdfReader

from assistant.readers.pdf.by_ocr import can_recognise, recognised
from assistant.readers.pdf.by_pdfium import Pdfium
from assistant.readers.pdf.by_pypdf import TooManyForms, page_glyphs
from assistant.readers.pdf.characters import doubtful, garbled, put_right
from assistant.readers.pdf.damage import DAMAGED
from assistant.readers.pdf.fonts import PageFont
from assistant.readers.pdf.glyphs import PageGlyphs

Trouble = Literal["", "broken", "blank", "picture", "garbled", "doubtful", "endless", "late"]
_SMALLEST = 0.5  # points; nobody sees smaller letters
_EMPTY = PageGlyphs(595.0, 842.0, ())


@dataclass(frozen=True)
class Found:
    """What a page gave: its characters (none where it could not be read), and what was wrong with it at first and last."""

    page: PageGlyphs
    first: Trouble = ""
    last: Trouble = ""


class Pages:
    """The pages of an opened file, each by the first way that works, until the time is over."""

    def __init__(self, reader: PdfReader, path: str, password: str, seconds: float, *, compiled: bool) -> None:
        self._reader, self._path, self._password, self._compiled = reader, path, password, compiled
        self._end = time.monotonic() + seconds
        self._fonts: dict[int, PageFont | None] = {}
        self._pdfium: Pdfium | None = None

    def read(self, count: int) -> Iterator[Found]:
        for index in range(count):
            yield self._page(index) if time.monotonic() < self._end else Found(_EMPTY, "late", "late")

    def _page(self, index: int) -> Found:
        page, first = self._by_pypdf(index)
        if not first:
            return Found(page)
        if first == "endless":
            return Found(page, "broken", "broken")
        other, second = self._by_pdfium(index, page) if self._compiled else (page, first)
        if not second or (second == "doubtful" and first != "doubtful"):
            return Found(other, first, second)
        if first == second == "doubtful":  # two readers agree: so it is written, though it has no kana
            return Found(page, first, "doubtful")
        if self._compiled and can_recognise() and "blank" not in (first, second):
            seen = self._by_recognition(index)
            if seen is not None:
                return Found(seen, first)
        return Found(replace(page, glyphs=()), first, "late" if time.monotonic() > self._end else first)

    def _by_pypdf(self, index: int) -> tuple[PageGlyphs, Trouble]:
        try:
            return _judged(page_glyphs(self._reader.pages[index], self._fonts))
        except DAMAGED:
            return _EMPTY, "broken"
        except TooManyForms:
            return _EMPTY, "endless"

    def _by_pdfium(self, index: int, page: PageGlyphs) -> tuple[PageGlyphs, Trouble]:
        try:
            if self._pdfium is None:
                self._pdfium = Pdfium(self._path, self._password)
            found, trouble = _judged(replace(self._pdfium.glyphs(index, page.rules), images=page.images))
        except (*DAMAGED, RuntimeError):
            return page, "broken"
        return found, trouble

    def _by_recognition(self, index: int) -> PageGlyphs | None:
        left = self._end - time.monotonic()
        if self._pdfium is None or left <= 0:
            return None
        try:
            seen = recognised(*self._pdfium.picture(index), seconds=left)
        except (*DAMAGED, RuntimeError, subprocess.SubprocessError):
            return None
        return _judged(seen)[0] if seen.text.strip() else None


def _judged(page: PageGlyphs) -> tuple[PageGlyphs, Trouble]:
    """The page with its characters put right, and what is wrong with them."""
    seen = [glyph for glyph in page.glyphs if glyph.size >= _SMALLEST]
    text = "".join(glyph.text for glyph in seen)
    right = replace(page, glyphs=tuple(glyph._replace(text=put_right(glyph.text)) for glyph in seen))
    if not text.strip():
        return right, "picture" if page.images else "blank"
    if garbled(text):
        return right, "garbled"
    return right, "doubtful" if doubtful(text) else ""
