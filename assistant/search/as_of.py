"""「令和元年度時点では」「2019年の条例では」「改正前の第12条は」: the version of an ordinance that a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.index import Index
from assistant.law_records import OrdinanceRecord
from assistant.records import Source
from assistant.search.question import Question, cue
from assistant.search.years import era_date, western
from assistant.text import fold

_DAY = re.compile(
    r"(?P<year>(?:令和|平成|昭和)(?:元|[0-9]{1,2})|(?:19|20)[0-9]{2})年(?P<fiscal>度)?"
    r"(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?(?P<rest>.{0,16})"
)


@dataclass(frozen=True)
class Version:
    """An ordinance as it read at a time: its record, its source (with the days) and how the answer calls it."""

    law: OrdinanceRecord
    source: Source
    current: bool
    known: bool = True  # was it in force at that time? Else it is the oldest one that the index has

    @property
    def told(self) -> str:
        """平成25年4月1日施行の版"""
        return f"{era_date(self.source.effective)}施行の版" if self.source.effective else self.source.as_of


def versions_of(index: Index, law: OrdinanceRecord) -> list[Version]:
    """All versions of an ordinance that the index has, oldest first, with the one in force."""
    found = [Version(law, index.sources[law.source_id], True)]
    for other in index.records.versions:
        source = index.sources[other.source_id]
        if source.version_of == law.source_id:
            found.append(Version(other, source, False))
    return sorted(found, key=lambda v: (v.source.effective, v.current))


def version_asked(index: Index, law: OrdinanceRecord, question: Question) -> Version | None:
    """The version that a question asks for by its time; None where it asks for none, or the index has only one.

    A time before the first version gives the first one, which is then not `known` to have been in force.
    """
    known = versions_of(index, law)
    if len(known) < 2:
        return None
    folded = question.folded
    now = next(n for n, version in enumerate(known) if version.current)
    if cue("first_version").search(folded):
        return replace(known[0], known=not known[0].law.amendments)
    if cue("version_before").search(folded):
        return known[now - 1] if now else replace(known[0], known=False)
    day = asked_day(folded)
    if not day:
        return None
    due = [v for v in known if v.source.effective and v.source.effective <= day]
    return due[-1] if due else replace(known[0], known=False)


def asked_day(folded: str) -> str:
    """The day of which a question asks how things were, as ISO; the last one of a year or month. "" for none."""
    for found in _DAY.finditer(fold(folded)):
        if not cue("as_of").match(found["rest"]):
            continue
        year = western(found["year"])
        if found["fiscal"]:
            return f"{year + 1:04}-03-31"
        month, day = found["month"] or "12", found["day"] or "31"
        return f"{year:04}-{int(month):02}-{int(day):02}"
    return ""
