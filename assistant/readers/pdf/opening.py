"""A PDF from its file to the result: opened, counted, read page by page, and what could not be read said plainly."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from assistant.errors import BadInputFile, LockedFile
from assistant.readers.pdf.damage import DAMAGED
from assistant.readers.pdf.outline import bookmarks
from assistant.readers.pdf.pages import Found, Pages
from assistant.readers.pdf.reading import laid_out
from assistant.readers.pdf.warnings import broken, nothing_found, page_warnings
from assistant.readers.result import About, Read, check_lines


def read_here(path: Path, password: str, most_pages: int, seconds: float, *, compiled: bool = True) -> Read:
    """Read a PDF in this process; without PDFium and Tesseract unless `compiled`.

    Raises BadInputFile, LockedFile among them, if nothing of it can be read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings on repairable files would hide our report
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(password):
            raise LockedFile(
                f"{path.name}: パスワードで保護されています。--password で指定するか、保護を外してください。",
                f"{path.name}: protected by a password; give it with --password",
            )
        count = len(reader.pages)
        if count > most_pages:
            raise _too_many(path, count, most_pages)
        labels = list(reader.page_labels) if "/PageLabels" in reader.root_object else None
    except DAMAGED as error:
        raise broken(path.name, type(error).__name__) from error
    found = list(Pages(reader, str(path), password, seconds, compiled=compiled).read(count))
    return _result(path.name, found, labels, reader)


def _result(name: str, found: Sequence[Found], labels: list[str] | None, reader: PdfReader) -> Read:
    known = [f"{label}ページ" for label in labels] if labels and len(labels) == len(found) else None
    pages, headings = laid_out([f.page for f in found], known, bookmarks(reader))
    if not pages:
        raise nothing_found(name, found)
    for page in pages:
        check_lines(name, page.text)
    read = Read(tuple(pages), tuple(page_warnings(name, found)), tuple(headings))
    return replace(read, about=About(title=_title(read)))


def _title(read: Read) -> str:
    """The first heading of the highest level on the first page."""
    first = [h for h in read.headings if h.level == 1 and h.start < len(read.pages[0].text)]
    return read.text[first[0].start :].split("\n", 1)[0] if first else ""


def _too_many(path: Path, count: int, most: int) -> BadInputFile:
    return BadInputFile(
        f"{path.name}: ページが多すぎます（{count:,}ページ）。{most:,}ページまで読めます。必要な部分だけのPDFに分けてください。",
        f"{path.name}: too many pages ({count:,}); up to {most:,} are read. Split it, and give the part you need",
    )
