"""A document that somebody sends: what it is, is told by its content; its name makes no path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.drafts import Review
from assistant.files import name_part
from assistant.readers import reader_by_content
from assistant.readers.result import Read
from assistant.review.report.write import written
from assistant.review.request import read_document

_SUFFIXES = {"pdf": ".pdf", "docx": ".docx", "html": ".html", "text": ".txt"}


def kind_of(data: bytes) -> str:
    """docx, pdf, html or text."""
    return reader_by_content(data[:1024])


def stem_of(name: str) -> str:
    """What a sent file is called, without folders and suffix, as a part of a name."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return name_part(last.rpartition(".")[0] or last)


def read_upload(data: bytes, password: str = "", stem: str = "") -> Read:
    """Its text; BadInputFile, which calls it `stem`, says why it cannot be read, LockedFile that a password is needed."""
    with _as_file(data, stem or "upload") as path:
        return read_document(path, kind_of(data), password)


def report(review: Review, format: str, data: bytes | None) -> bytes:
    """The review as a docx, html or json file. `data` is the file that was reviewed: a Word file gets comments in it."""
    if data is None or format != "docx":
        return written(review, f".{format}")
    with _as_file(data, "upload") as path:
        return written(review, ".docx", path)


@contextmanager
def _as_file(data: bytes, stem: str) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{stem}{_SUFFIXES[kind_of(data)]}"
        path.write_bytes(data)
        yield path
