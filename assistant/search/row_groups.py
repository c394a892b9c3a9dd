"""The rows of the searchable chunks, by what a question may name; found once an index, so that no question walks over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from assistant.index import Row
from assistant.records import Replaced

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

    def _by(self, key: Callable[[Row], Key | None]) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = defaultdict(list)
        for at, row in enumerate(self._rows):
            if (named := key(row)) is not None:
                found[named].append(at)
        return dict(found)


def quotations_of(rows: Sequence[Row], replaced: Sequence[Replaced]) -> list[tuple[int, list[int]]]:
    """Rows that quote, each with the rows of the passages that they quote."""
    at = {row.id: i for i, row in enumerate(rows)}
    quoting = [(i, row) for i, row in enumerate(rows) if row.duplicate_of]
    return [
        (i, originals)
        for one in replaced
        if (originals := [at[p.chunk_id] for p in one.passages if p.chunk_id in at])
        for i, row in quoting
        if row.source_id == one.quoted_in and row.duplicate_of in {rows[o].section for o in originals}
    ]
