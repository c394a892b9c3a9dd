"""A layout: what a person knows of one document's structure, written beside it as TOML.

Anchors are the beginnings of lines and are searched in order, so that an amended document with moved lines still
fits, and one whose lines are gone is reported instead of being cut in the wrong place.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.errors import BadCorpus


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Heading(_Part):
    """Lines that match `pattern` are headings of `level` (1 = outermost)."""

    level: int
    pattern: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value


class Mark(_Part):
    """The line that begins with `anchor` opens a section of `level`; `title` and `page` name it."""

    anchor: str
    level: int = 1
    title: str = ""
    page: str = ""


class PageMark(_Part):
    """The page `label` begins with the line that begins with `anchor`."""

    label: str
    anchor: str


class Cut(_Part):
    """Lines from the one that begins with `anchor` to the one that begins with `until` (inclusive) stay out."""

    anchor: str
    until: str = ""
    reason: str


class Alias(_Part):
    """The document writes `text`; people search `means`. Both find the chunk; the text stays as it is."""

    text: str
    means: str
    reason: str


class TableShape(_Part):
    """How the table whose first line begins with `anchor` is to be read."""

    anchor: str
    columns: tuple[str, ...] = ()
    header_rows: int = 1
    fill_down: tuple[int, ...] = ()
    name: str = ""


class Layout(_Part):
    headings: tuple[Heading, ...] = Field((), alias="heading")
    marks: tuple[Mark, ...] = Field((), alias="mark")
    pages: tuple[PageMark, ...] = Field((), alias="page")
    cuts: tuple[Cut, ...] = Field((), alias="cut")
    aliases: tuple[Alias, ...] = Field((), alias="alias")
    tables: tuple[TableShape, ...] = Field((), alias="table")
    names: tuple[tuple[str, ...], ...] = ()  # groups of names for one thing


def load_layout(path: Path) -> Layout:
    """Read a layout file; none is an empty layout."""
    if not path.is_file():
        return Layout()
    try:
        return Layout.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, re.error) as error:
        raise BadCorpus(
            f"構造ファイル {path.name} を読めません。{error}", f"cannot read the layout {path.name}: {error}"
        ) from error
