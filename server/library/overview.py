"""Figures over the whole: projects by ward, bureau and field, and what the documents tell year by year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.frozen import Frozen
from assistant.index import Index
from assistant.records import DirectoryRecord, TableRecord
from assistant.text import fold
from server.charts.wards import wards

_YEAR = re.compile(r"(?:平成|令和|昭和)?(?:[0-9]+|元)年度|(?:19|20)[0-9]{2}年(?:度)?")
_FIGURE = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(\D*)")
_UNIT = re.compile(r"[(（]([^()（）]{1,4})[)）]$")
_FEWEST = 3  # years that make a course


class Count(Frozen):
    name: str
    count: int


class Course(Frozen):
    """One row of a table whose columns are years."""

    name: str
    table: str
    locator: str
    source_id: str
    chunk_id: str
    unit: str
    years: tuple[str, ...]
    cells: tuple[str, ...]
    figures: tuple[float, ...]


class Overview(Frozen):
    """Counts of the directory, of one field where `field` names it."""

    field: str
    total: int
    wards: tuple[Count, ...]
    bureaus: tuple[Count, ...]
    fields: tuple[Count, ...]
    contract_projects: int
    contracts: int
    courses: tuple[Course, ...]


def overview(index: Index, field: str = "") -> Overview:
    """All figures; wards and bureaus of one field only, fields always of all projects."""
    records = index.records
    chosen = [r for r in records.directory if field in ("", r.field)]
    of_wards, of_bureaus = _by_organization(records.directory, chosen)
    return Overview(
        field=field,
        total=len(chosen),
        wards=of_wards,
        bureaus=of_bureaus,
        fields=_counts(r.field for r in records.directory),
        contract_projects=len(records.contracts),
        contracts=sum(c.count for c in records.contracts),
        courses=tuple(c for table in records.tables for c in _courses(index, table)),
    )


def _by_organization(
    everything: Sequence[DirectoryRecord], chosen: Sequence[DirectoryRecord]
) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """Wards in the order of the map, also those without a project; bureaus by their number."""
    counted = Counter(r.organization for r in chosen)
    names = [ward.name for ward in wards()]
    bureaus = dict.fromkeys(r.organization for r in everything if r.organization not in names)
    of_wards = tuple(Count(name=name, count=counted[name]) for name in names)
    ranked = sorted(bureaus, key=lambda name: -counted[name])
    return of_wards, tuple(Count(name=name, count=counted[name]) for name in ranked)


def matrix(records: Sequence[DirectoryRecord]) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Fields, and for each organization its projects in each of them; both in the order of the report."""
    counted = Counter((r.organization, r.field) for r in records)
    fields = [count.name for count in _counts(r.field for r in records)]
    organizations = dict.fromkeys(r.organization for r in records)
    return fields, [(name, [counted[name, field] for field in fields]) for name in organizations]


def _counts(names: Iterator[str]) -> tuple[Count, ...]:
    return tuple(Count(name=name, count=count) for name, count in Counter(names).most_common())


def _courses(index: Index, table: TableRecord) -> Iterator[Course]:
    """A course for each row of a table that tells a figure for every year of it."""
    years = table.columns[1:]
    if len(years) < _FEWEST or not all(_YEAR.fullmatch(fold(year).replace(" ", "")) for year in years):
        return
    for row in table.rows:
        found = [_FIGURE.fullmatch(fold(cell).strip()) for cell in row[1:]]
        if all(found):
            figures = tuple(float(match[1].replace(",", "")) for match in found if match)
            unit = _UNIT.search(row[0])
            told = found[0][2].strip() if found[0] else ""
            yield Course(
                name=row[0],
                table=table.name.strip("《》＜＞<>"),
                locator=table.locator,
                source_id=table.source_id,
                chunk_id=_chunk_of(index, table, row),
                unit=told or (unit[1] if unit else ""),
                years=years,
                cells=row[1:],
                figures=figures,
            )


def _chunk_of(index: Index, table: TableRecord, row: Sequence[str]) -> str:
    """The chunk that a row stands in, which proves its figures."""
    chunks = [c for c in index.contents(table.source_id) if c.section == table.section]
    found = next((c for c in chunks if any(table.row_of(line) == tuple(row) for line in c.text.splitlines())), None)
    return found.id if found else (chunks[0].id if chunks else "")
