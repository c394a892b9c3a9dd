"""What a draft begins with: a brief from a file of any readable kind, or a draft that was saved."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from assistant.draft.words import terminal
from assistant.drafts import Draft
from assistant.errors import BadInputFile
from assistant.readers import read_file, reader_for
from assistant.readers.text import decode

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Saved:
    """A saved draft; `edited` if its file no longer says what was written into it."""

    draft: Draft
    edited: bool


def read_brief(source: str) -> str:
    """The text of the file `source` (- is standard input). An empty text is a brief too: it gets the questions back."""
    if source == STANDARD_INPUT:
        return decode(sys.stdin.buffer.read(), terminal("view", "standard_input"))[0]
    path = Path(source)
    reader = reader_for(path) if path.suffix else "text"
    if reader in ("text", "markdown") and path.is_file():
        return decode(_bytes(path), path.name)[0]
    return read_file(path, reader).text


def read_saved(path: Path) -> Saved:
    """The draft in a .docx or .json that `kyodo draft` has written. Raises BadInputFile for any other file."""
    if not path.is_file():
        read_file(path, "text")  # says what is wrong with it
    from assistant.draft.export.embed import embedded_draft  # here: python-docx would slow every command's start

    data = _bytes(path)
    found = embedded_draft(data)
    if found is not None:
        return Saved(found, _body(data) != _body(_written(found)))
    try:
        told = json.loads(data)
        return Saved(Draft.model_validate({k: v for k, v in told.items() if k != "id"}), edited=False)
    except (ValueError, AttributeError, RecursionError, ValidationError) as error:
        raise BadInputFile(
            terminal("error", "not_saved", name=path.name), terminal("error", "not_saved_en", name=path.name)
        ) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputFile(
            terminal("error", "unreadable", path=path, reason=error.strerror), f"cannot read {path} ({error.strerror})"
        ) from error


def _written(draft: Draft) -> bytes:
    from assistant.draft.export.docx import to_docx

    return to_docx(draft, date.today())


def _body(data: bytes) -> list[str] | None:
    """The paragraphs of a Word file without its header; None if Word could not open it either."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.oxml.ns import qn
    from lxml.etree import LxmlError

    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except (PackageNotFoundError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, OSError):
        return None
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
