"""The rows of the searchable chunks, by what a question may name; found once an index, so that no question walks over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from assistant.index import Row

Key = TypeVar("Key", str, tuple[str, str])


class RowGroups:
    """Places in `rows` by source, section and record."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @cached_property
    def articles(self) -> dict[str, list[int]]:
        """Source id → its articles."""
        return self._by(lambda row: row.source_id if row.kind == "article" else None)

    @cached_property
    def sections(self) -> dict[tuple[str, str], list[int]]:
        """Source id and section."""
        return self._by(lambda row: (row.source_id, row.section))

    @cached_property
    def entries(self) -> dict[str, list[int]]:
        """Record of a project of the directory."""
        return self._by(lambda row: row.record if row.kind == "entry" else None)

    @cached_property
    def quotations(self) -> list[tuple[int, list[int]]]:
        """Rows that quote, each with the rows of what they quote."""
        of: dict[str, list[int]] = {}
        for i, row in enumerate(self._rows):
            of.setdefault(row.section, []).append(i)
        quoting = [(i, row.duplicate_of) for i, row in enumerate(self._rows) if row.duplicate_of]
        return [(i, of[section]) for i, section in quoting if section in of]

    def _by(self, key: Callable[[Row], Key | None]) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = defaultdict(list)
        for at, row in enumerate(self._rows):
            if (named := key(row)) is not None:
                found[named].append(at)
        return dict(found)
