"""A draft as a file to download, with a Japanese name."""

from __future__ import annotations

from datetime import date
from typing import Literal
from urllib.parse import quote

from fastapi import Response

from assistant.draft.export.name import file_name
from assistant.draft.export.write import written
from assistant.drafts import Draft

Format = Literal["docx", "html", "md", "json"]
TYPES: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def download(made: Draft, format: Format) -> Response:
    """The file, made today."""
    name = quote(file_name(made, f".{format}"), safe="")
    return Response(
        written(made, f".{format}", date.today()),
        media_type=TYPES[format],
        headers={"Content-Disposition": f"attachment; filename=\"draft.{format}\"; filename*=UTF-8''{name}"},
    )
