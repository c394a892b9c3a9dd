"""PDFs that a password protects."""

from __future__ import annotations

from pathlib import Path


def unlock(path: Path, password: str, target: Path) -> None:
    """Write `path` without its password, so that the index can be rebuilt without asking for it again."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(path)
    reader.decrypt(password)
    writer = PdfWriter()
    writer.append(reader)
    writer.write(target)


def is_locked(path: Path) -> bool:
    """Is `path` a PDF that needs a password?"""
    from pypdf import PdfReader

    from assistant.readers.pdf.damage import DAMAGED

    try:
        return path.suffix.lower() == ".pdf" and PdfReader(path).is_encrypted
    except DAMAGED:
        return False
