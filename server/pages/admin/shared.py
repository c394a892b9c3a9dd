"""What the pages of /admin share: their navigation, how moments, figures and codes are shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from server.admin.state import Figure
from server.japan import local
from server.render import language_of, render
from server.words import keys, word

SECTIONS = ("overview", "unanswered", "feedback", "state")


def page(request: Request, template: str, section: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page for operators: never kept by a browser or a proxy."""
    language = language_of(request)

    def named(group: str, code: str) -> str:
        """The words for a code (status, reason, step …); the code itself where there are none."""
        key = f"admin.{group}_{code}"
        return word(key, language) if key in keys() else code

    told = {"section": section, "sections": SECTIONS, "named": named, "moment": moment, "shown": shown}
    response = render(request, f"admin/{template}.html", status, page="admin", **told, **context)
    response.headers["Cache-Control"] = "no-store"
    return response


def moment(value: datetime | str) -> str:
    """A moment as people in Japan read it: 2027-04-01 09:30."""
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return local(instant).strftime("%Y-%m-%d %H:%M")


def shown(figure: Figure, value: float) -> str:
    """93.1 %, 214, 0.812: by the unit that the run tells."""
    if figure.unit == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}" if figure.unit in ("characters", "ms") else f"{value:.3f}"
