"""A draft into a file; the suffix says in which format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.drafts import Draft
from assistant.files import unknown_format, write_whole


def write_draft(draft: Draft, path: Path, made: date | None = None) -> None:
    """Write the draft to `path` (.docx, .md, .html) as made on the day `made` (today if None).

    The file appears when it is whole. Raises WrongUse for another suffix, StorageFailed if the disk refuses.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise unknown_format(path, list(_WRITERS))
    write_whole(path, write(draft, made or date.today()))


def _docx(draft: Draft, made: date) -> bytes:
    from assistant.draft.export.docx import to_docx

    return to_docx(draft, made)


def _markdown(draft: Draft, made: date) -> bytes:
    from assistant.draft.export.markdown import to_markdown

    return to_markdown(draft).encode()


def _html(draft: Draft, made: date) -> bytes:
    from assistant.draft.export.html import to_html

    return to_html(draft, made).encode()


_WRITERS: dict[str, Callable[[Draft, date], bytes]] = {".docx": _docx, ".md": _markdown, ".html": _html}
