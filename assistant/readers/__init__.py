"""One file a format, one typed result: `Read` (text with page positions). A new format is one entry in READERS."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

from assistant.errors import BadInputFile
from assistant.readers.docx import read_docx
from assistant.readers.html import read_html
from assistant.readers.markdown import read_markdown
from assistant.readers.pdf import read_pdf
from assistant.readers.result import Read
from assistant.readers.table import read_csv, read_xlsx
from assistant.readers.text import check_size, read_text
from assistant.readers.word.package import OLE, ZIP

Reader = Callable[[Path, str], Read]

READERS: dict[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
    "xlsx": read_xlsx,
    "csv": read_csv,
}
LARGEST_FILE = 200_000_000  # bytes; each reader has a limit of its own below it
_BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
}
_REFUSED_BY_READER = {".doc": "docx", ".docm": "docx", ".dotx": "docx", ".xlsm": "xlsx", ".xltx": "xlsx"}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|frameset)[\s>]", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def reader_for(path: Path, wanted: str = "auto") -> str:
    """The name of the reader for a file: the wanted one, by suffix, or by what is in a file with an unknown suffix."""
    if wanted != "auto":
        return wanted
    suffix = path.suffix.lower()
    kind = (_BY_SUFFIX | _REFUSED_BY_READER).get(suffix)
    if kind is None and suffix not in _refused() and path.is_file():
        kind = _recognised(path)
    if kind is None:
        raise _unreadable(path.name, suffix)
    return kind


def _recognised(path: Path) -> str | None:
    """The reader for what a file holds, whatever it is called; None for pictures and for archives of other files."""
    with path.open("rb") as handle:
        head = handle.read(4096)
    if head.startswith(ZIP):
        return _office(path)
    return None if head.startswith(_PICTURES) else reader_by_content(head)


def _office(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None


def _unreadable(name: str, suffix: str) -> BadInputFile:
    known = sorted(_BY_SUFFIX)
    if suffix in _refused():
        ja, en = _refused()[suffix]
        return BadInputFile(f"{name}: {ja}", f"{name}: {en}")
    return BadInputFile(
        f"{name}: この形式（{suffix or '拡張子なし'}）は読めません。PDFか、次のどれかで保存し直してください：{'、'.join(known)}",
        f"{name}: this format is not read; save it as PDF or one of {', '.join(known)}",
    )


@cache
def _refused() -> dict[str, tuple[str, str]]:
    data = tomllib.loads(resources.files(__package__).joinpath("refused.toml").read_text("utf-8"))
    return {suffix: (kind["ja"], kind["en"]) for kind in data["kind"] for suffix in kind["suffixes"]}


def reader_by_content(head: bytes) -> str:
    """The name of the reader for a file that begins with `head`, whatever it is called: pdf, docx, html or text, which
    refuses other kinds by name."""
    if b"%PDF" in head[:1024]:
        return "pdf"
    if _HTML.search(head[:1024]) and not head.startswith((ZIP, OLE)):
        return "html"
    return "docx" if head.startswith((ZIP, OLE)) else "text"


def read_file(path: Path, reader: str, password: str = "") -> Read:
    """Read a file with the named reader; every failure is a BadInputFile with the reason and the next step."""
    if not path.exists():
        raise BadInputFile(f"{path}: ファイルが見つかりません。", f"{path}: no such file")
    if path.is_dir():
        raise BadInputFile(f"{path}: フォルダーです。ファイルを指定してください。", f"{path}: is a folder, not a file")
    if path.stat().st_size == 0:
        raise BadInputFile(f"{path.name}: 空のファイルです（0バイト）。", f"{path.name}: the file is empty (0 bytes)")
    check_size(path, LARGEST_FILE)
    try:
        read = READERS[reader](path, password)
    except PermissionError as error:
        raise BadInputFile(f"{path.name}: 読む権限がありません。", f"{path.name}: no permission to read it") from error
    if not read.text.strip():
        raise BadInputFile(f"{path.name}: 読める文字がありません。", f"{path.name}: no text in it that could be read")
    return read
