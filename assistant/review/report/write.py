"""A review into a file; the suffix says in which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.drafts import Review
from assistant.files import unknown_format, write_whole


def check_format(path: Path) -> None:
    """Raise WrongUse, before any work is done, for a suffix that `write_review` does not write."""
    if path.suffix.lower() not in _WRITERS:
        raise unknown_format(path, list(_WRITERS))


def write_review(review: Review, path: Path, original: Path | None = None) -> None:
    """Write the report to `path` (.html, .docx, .md, .json). `original` is the file that was reviewed: a Word file comes
    back as .docx with comments in it.

    The file appears when it is whole. Raises WrongUse for another suffix, StorageFailed if the disk refuses.
    """
    check_format(path)
    write_whole(path, written(review, path.suffix.lower(), original))


def written(review: Review, suffix: str, original: Path | None = None) -> bytes:
    """The report as the file that `suffix` (one of .html, .docx, .md, .json) names."""
    return _WRITERS[suffix](review, original)


def _html(review: Review, original: Path | None) -> bytes:
    from assistant.review.report.html import to_html

    return to_html(review).encode("utf-8", "replace")


def _docx(review: Review, original: Path | None) -> bytes:
    from assistant.review.report.docx import to_docx

    return to_docx(review, original)


def _markdown(review: Review, original: Path | None) -> bytes:
    from assistant.review.report.markdown import to_markdown

    return to_markdown(review).encode()


def _json(review: Review, original: Path | None) -> bytes:
    return (review.model_dump_json(indent=1) + "\n").encode("utf-8", "replace")


_WRITERS: dict[str, Callable[[Review, Path | None], bytes]] = {
    ".html": _html,
    ".docx": _docx,
    ".md": _markdown,
    ".json": _json,
}
