"""A draft as one HTML file for print: nothing from elsewhere, no script, every text of the draft escaped."""

from __future__ import annotations

from datetime import date
from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from assistant.draft.export.about import about, lead
from assistant.draft.export.clean import cleaned
from assistant.draft.export.gaps import parts
from assistant.draft.export.rows import rows, title_of
from assistant.draft.export.words import japanese_date, word
from assistant.drafts import Draft

_FOLDER = resources.files("assistant.draft.export")


def style() -> str:
    """The style sheet of the page."""
    return _FOLDER.joinpath("draft.css").read_text("utf-8")


def to_html(draft: Draft, made: date | None = None, stylesheet: str = "") -> str:
    """The draft as a page of A4; `made` is the day of making, left out if None. The data do not travel along:
    a saved draft is continued from its Word file. With the address of a `stylesheet` the page has none of its own."""
    clean = cleaned(draft)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(_FOLDER.joinpath("draft.html").read_text("utf-8"))
    return page.render(
        title=title_of(clean),
        made=word("page", "made", date=japanese_date(made)) if made else "",
        rows=rows(clean),
        signatures=clean.signatures,
        lead=lead(clean),
        about=about(clean),
        word=word,
        parts=parts,
        stylesheet=stylesheet,
        style=Markup(style()),  # noqa: S704 - a file of ours
    )
