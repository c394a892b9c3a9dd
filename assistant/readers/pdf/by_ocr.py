"""A page's picture → characters, through Tesseract where it is installed. Pages keep how sure the recognition is."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from functools import cache

from assistant.readers.pdf.glyphs import Glyph, PageGlyphs
from assistant.readers.pdf.segments import wide

_UPRIGHT, _DOWNWARDS = "jpn", "jpn_vert"
_GOOD = 0.75  # below, the page is tried as vertical text, too
_FEWEST = 10  # a word less sure than this (percent) is a stain
_LINE = "4"  # level of a row of Tesseract's table
_VERTICAL_BLOCK = "5"


@cache
def languages() -> frozenset[str]:
    """The languages that the installed Tesseract reads; none if it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    return frozenset(done.stdout.split("\n")[1:]) - {""}


def can_recognise() -> bool:
    return _UPRIGHT in languages()


def recognised(picture: bytes, scale: float, width: float, height: float, seconds: float) -> PageGlyphs:
    """The page that `picture` (a PGM file, `scale` points a pixel) shows. Raises subprocess.TimeoutExpired."""
    page = _page(picture, (scale, width, height), seconds, _UPRIGHT, "3")
    if page.confidence < _GOOD and _DOWNWARDS in languages():
        other = _page(picture, (scale, width, height), seconds, _DOWNWARDS, _VERTICAL_BLOCK)
        if other.confidence > page.confidence and len(other.text) * 2 > len(page.text):
            return other
    return page


def _page(picture: bytes, size: tuple[float, float, float], seconds: float, language: str, mode: str) -> PageGlyphs:
    done = subprocess.run(  # noqa: S603
        [
            shutil.which("tesseract") or "",
            "-",
            "-",
            "-l",
            language,
            "--psm",
            mode,
            "-c",
            "preserve_interword_spaces=1",
            "tsv",
        ],
        input=picture,
        capture_output=True,
        check=False,
        timeout=seconds,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    scale, width, height = size
    glyphs: list[Glyph] = []
    sure = letters = 0.0
    line = (0.0, 0.0, width, height)
    for row in csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    ):
        text, confidence = (row.get("text") or "").strip(), float(row.get("conf") or -1)
        x, y, w, h = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        if row["level"] == _LINE:
            line = (x, y, x + w, y + h)
        if not text or confidence < _FEWEST:
            continue
        if language == _DOWNWARDS:
            glyphs += _letters(text, (line[0], y, line[2], y + h), down=True)
        else:  # all words of a line are as high as the line
            glyphs += _letters(text, (x, line[1], x + w, line[3]), down=False)
        sure += confidence / 100 * len(text)
        letters += len(text)
    confidence = sure / letters if letters else 0.0
    return PageGlyphs(width, height, tuple(glyphs), images=True, method="ocr", confidence=round(confidence, 3))


def _letters(text: str, box: tuple[float, float, float, float], *, down: bool) -> list[Glyph]:
    """A word's characters, each with its share of the word's box."""
    x0, y0, x1, y1 = box
    weights = [1.0 if wide(char) else 0.5 for char in text]
    total, before = sum(weights), 0.0
    made = []
    for char, weight in zip(text, weights, strict=True):
        a, b = before / total, (before + weight) / total
        before += weight
        if down:
            made.append(Glyph(char, x0, y0 + (y1 - y0) * a, x1, y0 + (y1 - y0) * b, x1 - x0))
        else:
            made.append(Glyph(char, x0 + (x1 - x0) * a, y0, x0 + (x1 - x0) * b, y1, y1 - y0))
    return made
