"""Clocks in Japan, where the visitors are; everything that is kept has its moment in UTC."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))


def local(moment: datetime) -> datetime:
    """A moment as clocks in Japan show it."""
    return moment.astimezone(JAPAN)
