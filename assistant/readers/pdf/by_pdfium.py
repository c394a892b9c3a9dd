"""A page through PDFium, for pages whose fonts pypdf cannot read; and pages as pictures, for recognition."""

from __future__ import annotations

import math
from typing import Any

from assistant.readers.pdf.glyphs import Glyph, PageGlyphs, Rule, as_shown, bounds
from assistant.readers.pdf.limits import MOST_GLYPHS, MOST_PIXELS

_DPI = 300


class Pdfium:
    """An opened file. PDFium is compiled code: it runs only in the process that reads (isolated.py)."""

    def __init__(self, path: str, password: str) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(path, password=password or None)

    def glyphs(self, index: int, rules: tuple[Rule, ...] = ()) -> PageGlyphs:
        """The characters of a page; its lines are those that pypdf found."""
        from pypdfium2 import raw

        page = self._document[index]
        shown, width, height = as_shown(page.get_cropbox(), page.get_rotation())
        text = page.get_textpage()
        found = []
        for number in range(min(text.count_chars(), MOST_GLYPHS)):
            code = raw.FPDFText_GetUnicode(text.raw, number)
            if raw.FPDFText_IsGenerated(text.raw, number) == 1 or code in (0, 10, 13):
                continue
            box = bounds(text.get_charbox(number, loose=True), shown)
            angle = round(math.degrees(raw.FPDFText_GetCharAngle(text.raw, number)) / 90) * 90
            size = min(box[2] - box[0], box[3] - box[1]) if code == 32 else max(box[3] - box[1], 1.0)
            char = chr(code) if code <= 0x10FFFF else "\ufffd"
            found.append(Glyph(char, *box, size, (page.get_rotation() - angle) % 360))
        return PageGlyphs(width, height, tuple(found), rules, method="pdfium")

    def picture(self, index: int) -> tuple[bytes, float, float, float]:
        """A page in shades of grey as a PGM file; the points that a pixel takes; width and height in points."""
        page = self._document[index]
        width, height = page.get_size()
        scale = min(_DPI / 72, math.sqrt(MOST_PIXELS / max(width * height, 1)))
        bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        lines = b"".join(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + lines, 1 / scale, width, height
