"""A draft into a file; the suffix says in which format."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from assistant.draft.words import terminal
from assistant.drafts import Draft
from assistant.errors import StorageFailed, WrongUse
from assistant.files import unknown_format, write_whole


def write_draft(draft: Draft, path: Path, made: date | None = None) -> None:
    """Write the draft to `path` (.docx, .md, .html, .json) as made on the day `made` (today if None).

    The file appears when it is whole. Raises WrongUse for another suffix, StorageFailed if the disk refuses.
    """
    write_whole(path, _writer(path)(draft, made or date.today()))


def _writer(path: Path) -> Callable[[Draft, date], bytes]:
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise unknown_format(path, list(_WRITERS))
    return write


def _docx(draft: Draft, made: date) -> bytes:
    from assistant.draft.export.docx import to_docx

    return to_docx(draft, made)


def _markdown(draft: Draft, made: date) -> bytes:
    from assistant.draft.export.markdown import to_markdown

    return to_markdown(draft).encode()


def _html(draft: Draft, made: date) -> bytes:
    from assistant.draft.export.html import to_html

    return to_html(draft, made).encode()


def _json(draft: Draft, made: date) -> bytes:
    return (json.dumps(draft.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


_WRITERS: dict[str, Callable[[Draft, date], bytes]] = {
    ".docx": _docx,
    ".md": _markdown,
    ".html": _html,
    ".json": _json,
}


def written(draft: Draft, suffix: str, made: date) -> bytes:
    """The draft as the file that `suffix` (one of .docx, .md, .html, .json) names."""
    return _WRITERS[suffix](draft, made)


def check_target(path: Path) -> None:
    """Raises what `write_draft` would raise, as far as it can be known before the work."""
    _writer(path)
    if path.is_dir():
        raise WrongUse(terminal("error", "is_folder", path=path), terminal("error", "is_folder_en", path=path))
    if not path.parent.is_dir():
        raise StorageFailed(terminal("error", "no_folder", path=path), terminal("error", "no_folder_en", path=path))
