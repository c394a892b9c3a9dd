"""A file to keep, as a response: its type, its Japanese name."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def attachment(data: bytes, name: str, plain: str) -> Response:
    """`data` to be saved as `name`, whose suffix is one of TYPES; `plain` is the name for clients that know ASCII only."""
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
    return Response(data, media_type=TYPES[name.rpartition(".")[2]], headers=headers)
