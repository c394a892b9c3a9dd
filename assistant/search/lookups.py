"""What an index knows for certain: names, records and the chunks that belong to them. Read once, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.index import Index
from assistant.personal import find_personal
from assistant.records import Office, Piece, TableRecord
from assistant.search.delegated import delegations_of
from assistant.search.laws import Laws
from assistant.search.years import years
from assistant.text import compact

_CENTRE = "市民協働推進センター"
TableRow = tuple[TableRecord, tuple[str, ...]]


@dataclass(frozen=True)
class Lookups:
    """Look-ups over one index. Safe to share between threads."""

    index: Index

    @cached_property
    def laws(self) -> Laws:
        return Laws(self.index)

    @cached_property
    def organizations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.organization for r in self.index.records.directory))

    def divisions_in(self, text: str) -> tuple[str, ...]:
        """The divisions of the directory that `text` names; of names within each other the longest."""
        plain = compact(text)
        named = {d for r in self.index.records.directory for d in r.divisions if compact(d) in plain}
        return tuple(d for d in named if not any(d != other and d in other for other in named))

    @cached_property
    def plain_organizations(self) -> dict[str, str]:
        """Organizations with their names as they are compared."""
        return {name: compact(name) for name in self.organizations}

    @cached_property
    def home(self) -> str:
        """The municipality that most sources belong to."""
        names = [s.municipality for s in self.index.sources.values() if s.municipality and not s.version_of]
        return max(names, key=names.count, default="")

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Municipalities of the sources other than `home`."""
        named = (s.municipality for s in self.index.sources.values() if s.municipality and not s.version_of)
        return tuple(dict.fromkeys(name for name in named if name != self.home))

    @cached_property
    def everything(self) -> str:
        """All texts as they are compared, to tell whether a name occurs at all."""
        return "\n".join(compact(self.index.text_of(i)) for i in self.index.card.sources)

    @cached_property
    def tells_of_centre(self) -> bool:
        """Do the documents name the city's centre for collaboration, to which people may be sent?"""
        return _CENTRE in self.everything

    @cached_property
    def printed(self) -> frozenset[str]:
        """Keys of the telephone numbers, addresses … that the documents print: everybody may ask about them."""
        return frozenset(found.key for found in find_personal(self.everything))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the documents name."""
        return frozenset(year for i in self.index.card.sources for year in years(self.index.text_of(i)))

    @cached_property
    def plain_projects(self) -> dict[str, str]:
        """Names and other names of all projects, each as it is compared."""
        return {name: compact(name) for r in self.index.records.directory for name in (r.name, *r.aliases)}

    @cached_property
    def projects(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Compact project names with the records that bear them."""
        named: dict[str, set[str]] = {}
        for record in self.index.records.directory:
            for name in (record.name, *record.aliases):
                for called in {self.plain_projects[name], self.plain_projects[name].removesuffix("事業")}:
                    named.setdefault(called, set()).add(record.id)
        return tuple((name, frozenset(ids)) for name, ids in named.items() if len(name) >= 5)

    @cached_property
    def _by_record(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.index.rows:
            found.setdefault(row.record, []).append(row.id)
        return found

    def chunks_of(self, record: str) -> list[str]:
        """Ids of the searchable chunks that a record was made from."""
        return self._by_record.get(record, [])

    @cached_property
    def _by_section(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for row in self.index.rows:
            found.setdefault((row.source_id, row.section), []).append(row.id)
        return found

    def chunks_in(self, source_id: str, section: str) -> list[str]:
        """Ids of the searchable chunks of one section, in its order."""
        return self._by_section.get((source_id, section), [])

    @cached_property
    def _contracts(self) -> dict[str, int]:
        """Chunk id → number of its contract project; an entry of the directory belongs to the project it points to."""
        entries = {f"directory:{r.id}": r.contract_no for r in self.index.records.directory if r.contract_no}
        numbers = {f"contract:{c.number}": c.number for c in self.index.records.contracts} | entries
        return {row.id: numbers[row.record] for row in self.index.rows if row.record in numbers}

    def contract_of(self, chunk_id: str) -> int | None:
        """Number of the contract project a chunk speaks of; None if it speaks of none."""
        return self._contracts.get(chunk_id)

    @cached_property
    def _organizations_of(self) -> dict[str, str]:
        records = self.index.records
        of = {f"directory:{r.id}": r.organization for r in records.directory}
        of |= {f"contract:{c.number}": c.organization for c in records.contracts}
        return {row.id: of[row.record] for row in self.index.rows if row.record in of}

    def organization_of(self, chunk_id: str) -> str:
        """The ward or bureau whose project a chunk describes; empty if it describes none."""
        return self._organizations_of.get(chunk_id, "")

    def holds_everywhere(self, chunk_id: str) -> bool:
        """Is this a bureau's entry of the directory, which holds in every ward? What the report tells of a project, it may
        tell ward by ward."""
        organization = self.organization_of(chunk_id)
        return bool(organization) and not organization.endswith("区") and self.contract_of(chunk_id) is None

    def holds_in(self, organizations: Sequence[str], chunk_id: str) -> bool:
        """Are these wards alone, and the chunk one that holds in every ward?"""
        return all(name.endswith("区") for name in organizations) and self.holds_everywhere(chunk_id)

    def told_with(self, chunk_id: str) -> list[str]:
        """Texts of all chunks of the same project, article or section, with their headings; and of the rule for it."""
        return [f"{c.context}\n{c.text}" for c in self.index.chunks(self.ids_told_with(chunk_id)).values()]

    def ids_told_with(self, chunk_id: str) -> list[str]:
        """All chunks of the same project, article or section, and of the rule for it."""
        chunk = self.index.chunks([chunk_id])[chunk_id]
        number = self.contract_of(chunk_id)
        together = [row.id for row in self.index.family(chunk)] + self.chunks_of(f"contract:{number}")
        return together + [found.chunk_id for found in delegations_of(self.index, chunk)]

    @cached_property
    def _office_chunks(self) -> dict[tuple[str, str], str]:
        """(source id, anchor) → chunk that holds the anchor; the last one wins, contact lines stand at the end."""
        found = {}
        for source in self.index.sources.values():
            chunks = self.index.store.where(source_id=source.id) if source.offices else []
            for office in source.offices:
                for chunk in chunks:
                    if compact(office.anchor) in compact(chunk.text):
                        found[source.id, office.anchor] = chunk.id
        return found

    def office_chunk(self, source_id: str, office: Office) -> str | None:
        """The chunk with the line that proves an office, if the index has it."""
        return self._office_chunks.get((source_id, office.anchor))

    @cached_property
    def _table_rows(self) -> dict[str, TableRow | None]:
        return {}

    def table_row(self, piece: Piece, section: str) -> TableRow | None:
        """The table and the row that a piece of `section` shows; looked up once, an index never changes."""
        if piece.id not in self._table_rows:
            tables = [table for table in self.index.records.tables if table.section == section]
            found = next(((t, row) for t in tables if (row := t.row_of(piece.quote))), None)
            self._table_rows[piece.id] = found
        return self._table_rows[piece.id]
