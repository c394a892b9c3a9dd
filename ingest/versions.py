"""Versions of a source over time: which one is in force, and what the others are called.

The version in force bears the source's own id and is searched. Every other one is kept as `<id>@<day>`: it can be
cited, read and asked for by its time, and search leaves it out.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Source
from assistant.search.years import day_before, era_date

MARK = "@"


def arrange(pool: Sequence[Source], today: str) -> tuple[Source, list[Source]]:
    """All versions of one source, the one added last first → the one in force on `today` (ISO), and the others.

    Days decide where every version has one; else the one added last is in force.
    """
    dated = all(version.effective for version in pool)
    by_day = list(reversed(pool))  # as they were added
    if dated:
        by_day.sort(key=lambda version: version.effective)
    due = [version for version in by_day if version.effective <= today] if dated else by_day
    current = due[-1] if due else by_day[0]
    base = pool[0].version_of or pool[0].id
    told: list[Source] = []
    for place, version in enumerate(by_day):
        until = by_day[place + 1].effective if place + 1 < len(by_day) else ""
        changed: dict[str, str] = {"until": until, "id": base, "version_of": ""}
        if version is not current:
            changed |= {"id": _name(base, version, place + 1, told), "version_of": base}
        if dated and len(pool) > 1:
            changed["as_of"] = _period(version.effective, until)
        elif version is not current:
            changed["as_of"] = f"{version.as_of}（改められる前の版）" if version.as_of else "改められる前の版"
        told.append(version.model_copy(update=changed))
    return next(v for v in told if not v.version_of), [v for v in told if v.version_of]


def _name(base: str, version: Source, place: int, told: Sequence[Source]) -> str:
    name = f"{base}{MARK}{version.effective or place}"
    taken = {v.id for v in told}
    return name if name not in taken else f"{name}.{place}"


def _period(since: str, until: str) -> str:
    """平成25年4月1日施行、令和3年3月31日まで; a file replaced by another of the same day was never in force."""
    if until and until <= since:
        return f"{era_date(since)}施行、差替え前"
    return f"{era_date(since)}施行" + (f"、{era_date(day_before(until))}まで" if until else "")
