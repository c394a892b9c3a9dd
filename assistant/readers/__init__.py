"""One file a format, one typed result: `Read` (text with page positions). A new format is one entry in READERS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.readers.docx import read_docx
from assistant.readers.pdf import read_pdf
from assistant.readers.result import Read
from assistant.readers.text import read_text
from assistant.readers.word.package import OLE, ZIP

Reader = Callable[[Path, str], Read]

READERS: dict[str, Reader] = {"text": read_text, "markdown": read_text, "pdf": read_pdf, "docx": read_docx}
_BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".docx": "docx",
}
_REFUSED_BY_READER = {".doc": "docx", ".docm": "docx", ".dotx": "docx"}  # it says what to save them as


def reader_for(path: Path, wanted: str = "auto") -> str:
    """The name of the reader for a file: the wanted one, or by suffix."""
    if wanted != "auto":
        return wanted
    kind = (_BY_SUFFIX | _REFUSED_BY_READER).get(path.suffix.lower())
    if kind is None:
        known = "、".join(sorted(_BY_SUFFIX))
        raise BadInputFile(
            f"{path.name}: この形式（{path.suffix or '拡張子なし'}）はまだ読めません。読める形式：{known}",
            f"{path.name}: this format is not supported yet; supported: {', '.join(sorted(_BY_SUFFIX))}",
        )
    return kind


def reader_by_content(head: bytes) -> str:
    """The name of the reader for a file that begins with `head`, whatever it is called. What is neither PDF nor an Office
    file is read as text, which refuses other kinds by name."""
    if b"%PDF" in head[:1024]:
        return "pdf"
    return "docx" if head.startswith((ZIP, OLE)) else "text"


def read_file(path: Path, reader: str, password: str = "") -> Read:
    """Read a file with the named reader; every failure is a BadInputFile with the reason and the next step."""
    if not path.exists():
        raise BadInputFile(f"{path}: ファイルが見つかりません。", f"{path}: no such file")
    if path.is_dir():
        raise BadInputFile(f"{path}: フォルダーです。ファイルを指定してください。", f"{path}: is a folder, not a file")
    if path.stat().st_size == 0:
        raise BadInputFile(f"{path.name}: 空のファイルです（0バイト）。", f"{path.name}: the file is empty (0 bytes)")
    try:
        return READERS[reader](path, password)
    except PermissionError as error:
        raise BadInputFile(f"{path.name}: 読む権限がありません。", f"{path.name}: no permission to read it") from error
