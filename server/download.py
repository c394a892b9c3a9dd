"""A draft as a file to download, with a Japanese name."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fastapi import Response

from assistant.draft.export.name import file_name
from assistant.draft.export.write import written
from assistant.drafts import Draft
from server.attachment import attachment

Format = Literal["docx", "html", "md", "json"]


def download(made: Draft, format: Format) -> Response:
    """The file, made today."""
    return attachment(written(made, f".{format}", date.today()), file_name(made, f".{format}"), f"draft.{format}")
