"""PDF through pypdf: page by page, page numbers kept as locators. Nothing in the file is executed."""

from __future__ import annotations

import logging
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from assistant.errors import BadInputFile, LockedFile
from assistant.readers.result import Read, ReadPage, check_lines
from assistant.text import sanitize

# pypdf and the decoders below it raise many kinds of errors on damaged files; each means "this file is broken".
_DAMAGED = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    OSError,
    ZeroDivisionError,
)


MOST_PAGES = 1_000  # a page takes about 20 ms to read


def read_pdf(path: Path, password: str = "") -> Read:
    """Read a PDF; pages are labelled as the PDF labels them (12ページ)."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its warnings on repairable files would hide our report
    if not path.read_bytes()[:1024].lstrip().startswith(b"%PDF"):
        raise BadInputFile(f"{path.name}: PDFではありません。", f"{path.name}: this is not a PDF")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(password):
            raise LockedFile(
                f"{path.name}: パスワードで保護されています。--password で指定するか、保護を外してください。",
                f"{path.name}: protected by a password; give it with --password",
            )
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise _too_many(path, count)
        labels = reader.page_labels
    except _DAMAGED as error:
        raise _broken(path, error) from error
    pages, warnings = [], []
    for index in range(count):
        text = _page_text(reader, index)
        if text is None:
            warnings.append(f"{path.name}: {index + 1}ページ目は壊れていて読めませんでした。")
        elif text.strip():
            pages.append(ReadPage(f"{labels[index]}ページ", text))
        else:
            warnings.append(f"{path.name}: {index + 1}ページ目に文字がありません（画像だけのページと思われます）。")
    if not pages:
        raise BadInputFile(
            f"{path.name}: {count}ページのどこにも文字がありません。画像だけのPDFと思われます。文字の入ったPDFか、OCR済みのPDFを指定してください。",
            f"{path.name}: no text on any of its {count} pages; probably scanned images. Use a PDF with text, or run OCR",
        )
    for page in pages:
        check_lines(path.name, page.text)
    return Read(tuple(pages), tuple(warnings))


def unlock(path: Path, password: str, target: Path) -> None:
    """Write `path` without its password, so that the index can be rebuilt without asking for it again."""
    reader = PdfReader(path)
    reader.decrypt(password)
    writer = PdfWriter()
    writer.append(reader)
    writer.write(target)


def is_locked(path: Path) -> bool:
    """Is `path` a PDF that needs a password?"""
    try:
        return path.suffix.lower() == ".pdf" and PdfReader(path).is_encrypted
    except _DAMAGED:
        return False


def _page_text(reader: PdfReader, index: int) -> str | None:
    try:
        page: PageObject = reader.pages[index]
        return sanitize(page.extract_text())
    except _DAMAGED:
        return None


def _too_many(path: Path, count: int) -> BadInputFile:
    return BadInputFile(
        f"{path.name}: ページが多すぎます（{count:,}ページ）。{MOST_PAGES:,}ページまで読めます。必要な部分だけのPDFに分けてください。",
        f"{path.name}: too many pages ({count:,}); up to {MOST_PAGES:,} are read. Split it, and give the part you need",
    )


def _broken(path: Path, error: BaseException) -> BadInputFile:
    return BadInputFile(
        f"{path.name}: PDFが壊れているか、途中で切れています（{type(error).__name__}）。元のファイルを確かめてください。",
        f"{path.name}: the PDF is damaged or truncated ({type(error).__name__}); check the original file",
    )
