"""Lists as files to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from fastapi import Response

from server.store.outcomes import Unanswered

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out


def unanswered_csv(rows: Iterable[Unanswered]) -> str:
    """With a byte order mark, so that spreadsheets read it as UTF-8."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("question", "count", "reasons", "last"))
    for row in rows:
        table.writerow((_inert(row.question), row.count, " ".join(row.reasons), row.last.isoformat(timespec="seconds")))
    return "\ufeff" + file.getvalue()


def attachment(text: str, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type=media_type, headers=headers)


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
