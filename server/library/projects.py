"""The directory of projects: found by words, organization, field and support; sorted; and what is like one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from assistant.records import DirectoryRecord
from assistant.search.searcher import Searcher
from assistant.text import compact
from assistant.tokens import readings

ANY, NONE = "any", "none"  # values of the support filter besides the kinds of support themselves
_LONGEST = 200  # characters of a filter that are read
_LIKE = 4
_WARDS_FIRST = str.maketrans("WB", "12")  # ids of records: W001… wards, B001… bureaus
_LOOKED = 30  # passages among which like projects are sought


class Filter(BaseModel):
    """What is wanted of the directory; empty means all, in the order of the report."""

    words: str = Field("", description="words that must all occur in the record")
    organization: str = Field("", description="区 or 局, by name")
    field: str = Field("", description="分野, by name or a part of it")
    support: str = Field("", description="補助金, 助成金, 派遣 …; any, or none")
    sort: str = Field("", description="name, organization, field or support")
    order: str = Field("", description="desc turns the order round")

    def query(self, **changes: str) -> str:
        """The filter as the query of an address, with `changes`; nothing empty stands in it."""
        values = {**self.model_dump(), **changes}
        told = urlencode({name: value for name, value in values.items() if value})
        return f"?{told}" if told else ""

    @property
    def is_set(self) -> bool:
        return any((self.words.strip(), self.organization, self.field, self.support))


def select(records: Sequence[DirectoryRecord], wanted: Filter) -> list[DirectoryRecord]:
    """The records that a filter lets through, sorted as it says. Names compare without blanks and with ヶ = ケ."""
    words = [compact(word) for word in wanted.words[:_LONGEST].split()]
    organization, field = compact(wanted.organization[:_LONGEST]), compact(wanted.field[:_LONGEST])
    found = [
        record
        for record in records
        if organization in ("", compact(record.organization))
        and field in compact(record.field)
        and _supports(record, wanted.support)
        and all(word in _searched(record) for word in words)
    ]
    if key := _SORTS.get(wanted.sort):
        found.sort(key=key)
    return found[::-1] if wanted.order == "desc" else found


def _searched(record: DirectoryRecord) -> str:
    parts = (record.name, *record.aliases, record.organization, *record.divisions, record.field)
    return compact(" ".join((*parts, record.summary, record.partner, record.notes, record.support or "")))


def _supports(record: DirectoryRecord, wanted: str) -> bool:
    if wanted in ("", ANY, NONE):
        return wanted == "" or bool(record.support) == (wanted == ANY)
    return record.support == wanted


@lru_cache(maxsize=2_000)
def _reading(name: str) -> str:
    """A name as it is read, for the order of the kana."""
    return "".join(reading for _, reading in readings(name)) or name


_SORTS: dict[str, Callable[[DirectoryRecord], Any]] = {
    "name": lambda record: _reading(record.name),
    "organization": lambda record: record.id.translate(_WARDS_FIRST),
    "field": lambda record: record.field,
    "support": lambda record: (record.support is None, record.support or ""),
}


def values_of(records: Sequence[DirectoryRecord], name: str) -> list[str]:
    """The values of a field of the records, in their order, each once; what is empty is left out."""
    return [value for value in dict.fromkeys(getattr(record, name) for record in records) if value]


def like(searcher: Searcher, record: DirectoryRecord) -> list[DirectoryRecord]:
    """The projects whose words are nearest to those of one."""
    by_chunk = {r.chunk_id: r for r in searcher.index.records.directory}
    passages = searcher.search(f"{record.name} {record.summary}"[:_LONGEST], _LOOKED)
    found = [by_chunk[p.chunk_id] for p in passages if p.chunk_id in by_chunk and p.chunk_id != record.chunk_id]
    return found[:_LIKE]
