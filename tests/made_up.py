"""Made-up handbooks and a made-up 施行規則 for tests (fixtures/handbooks), as text and as PDF."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).parent / "fixtures" / "handbooks"
_WIDTH = 40  # characters of a printed line


def as_text(name: str, folder: Path, called: str = "") -> Path:
    path = folder / (called or f"{name}.txt")
    path.write_text((FOLDER / f"{name}.txt").read_text("utf-8"), "utf-8")
    return path


def as_pdf(name: str, folder: Path, called: str = "") -> Path:
    """One page a chapter (a line that begins with its number), long lines wrapped."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    top = 0
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line[:2] in ("1 ", "2 ", "3 ", "4 ") and top:
            canvas.showPage()
            top = 0
        for start in range(0, len(line), _WIDTH):
            canvas.setFont("HeiseiKakuGo-W5", 12)
            canvas.drawString(50, 780 - 20 * top, line[start : start + _WIDTH])
            top += 1
    canvas.save()
    path = folder / (called or f"{name}.pdf")
    path.write_bytes(buffer.getvalue())
    return path
