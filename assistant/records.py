"""What ingest leaves behind and search reads: sources, chunks and typed records.

All are frozen pydantic models, so that the same classes are files on disk, rows in memory and JSON for others.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.frozen import Frozen
from assistant.law_records import Delegation, OrdinanceRecord, Requirement
from assistant.text import compact

ChunkKind = Literal["prose", "article", "entry", "project", "contract_row", "table", "listing", "quotation"]
PieceKind = Literal["article", "row", "sentence"]
ContractForm = Literal["委託型", "補助型", "負担金型"]


class Office(Frozen):
    """A window that a source names outside the directory. `anchor` is the line of the source that proves it."""

    organization: str
    division: str
    anchor: str


class Source(Frozen):
    """One document of the source list. `as_of` is what the document says of its own date, in its own words."""

    id: str
    title: str
    short: str = ""
    issuer: str = ""
    municipality: str = ""
    as_of: str = ""
    fiscal_year: str = ""
    url: str = ""
    rights: str = ""
    kind: str = ""
    reader: str = "auto"
    structure: str = "auto"
    file: str = ""
    original: str = Field("", description="what the added file was called where it came from")
    known_errors: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    expected: bool = False
    advice: str = ""
    builtin: bool = False
    sha256: str = ""
    effective: str = Field("", description="ISO day from which this version is in force; empty if unknown")
    until: str = Field("", description="ISO day from which the next version is in force")
    version_of: str = Field("", description="id of the source of which this is another version; not searched")


class Chunk(Frozen):
    """A piece that is indexed; it never crosses an article or a project.

    `text` is the source, word for word, without mark-up. `search_text` is what is indexed beside it: readable table
    rows, resolved references, other names. `spans` are character offsets [start, end) in the text as read.
    """

    id: str
    source_id: str
    kind: ChunkKind
    title: str = Field(description="title of the document or of the part of it that a citation names")
    locator: str
    page: str = ""
    context: str = Field(description="headings above the chunk, with project and division")
    text: str
    search_text: str = ""
    section: str = Field(description="stable key of the section the chunk belongs to")
    order: int
    spans: tuple[tuple[int, int], ...] = ()
    searchable: bool = True
    duplicate_of: str = Field("", description="section key of the original that this text repeats")
    record: str = Field("", description="key of the record made from this chunk, e.g. directory:W012, article:12")

    @property
    def headings(self) -> list[str]:
        """What stands above the chunk, the document or project first, the part that it is last."""
        return self.context.split(" ＞ ")


class ExpectedQuestion(Frozen):
    """A question that people ask and the chunks that answer it; searched, never quoted."""

    id: str
    text: str
    chunk_ids: tuple[str, ...]


class Piece(Frozen):
    """What can be quoted by itself. `quote` stands word for word in the chunk; `said` is how it reads in an answer."""

    id: str = Field(description="chunk id, a slash, the number of the piece in its chunk")
    chunk_id: str
    quote: str
    said: str
    locator: str
    kind: PieceKind


class DirectoryRecord(Frozen):
    """One of the report's projects, as its directory (資料編) describes it."""

    id: str = Field(description="W001… wards, B001… bureaus, in the order of the report's lists")
    organization: str
    divisions: tuple[str, ...]
    name: str
    aliases: tuple[str, ...] = ()
    field: str
    summary: str
    partner: str
    notes: str = ""
    locator: str
    listed_page: str = Field("", description="page printed in the list table; unreliable, kept beside the derived one")
    support: str | None = None
    contract_no: int | None = None
    chunk_id: str = ""


class ContractRecord(Frozen):
    """One of the report's projects under a collaboration contract (協働契約)."""

    number: int
    name: str
    listed_name: str
    new: bool
    proposer: str
    organization: str
    division: str
    partners: tuple[str, ...]
    cost: str
    amounts_yen: tuple[int, ...]
    form: ContractForm | None
    count: int = Field(description="number of contracts (件数) as printed")
    page: str
    locator: str
    section: str


class TableRecord(Frozen):
    """A table of a source. Every row has as many cells as there are columns; merged cells are filled in."""

    id: str
    source_id: str
    title: str
    locator: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    section: str

    @property
    def name(self) -> str:
        """The last part of the title, as an answer names the table."""
        return self.title.split(" ＞ ")[-1]

    def row_of(self, line: str) -> tuple[str, ...] | None:
        """The row that a line of the source, cells between tabs, shows; a merged cell stands only in the first of its rows."""
        cells = [compact(cell) for cell in line.split("\t") if cell.strip()]
        return next((r for r in self.rows if _shows([compact(c) for c in r if c], cells)), None)


def _shows(row: list[str], cells: list[str]) -> bool:
    """Are `cells` the row, or the row without some of its cells, up to its last one?"""
    if not cells or not row or cells[-1] != row[-1] or len(cells) < min(2, len(row)):
        return False
    rest = iter(row)
    return all(cell in rest for cell in cells)


class Passage(Frozen):
    """What a source says of one part of a matter, word for word in its chunk."""

    part: str = Field(description="委託型")
    chunk_id: str
    locator: str
    quote: str


class Replaced(Frozen):
    """A quotation that gives way to the document it was taken from: the 手引き is here, the report only quotes it.

    `same`: the words are the same, and the quotation is not searched any more; else both stand, the document first.
    """

    source_id: str = Field(description="of the document")
    title: str = Field(description="the document as words call it: AMPERSAND")
    quoted_in: str = Field(description="source of the quotation")
    quoted_at: str = Field(description="locator of the quotation")
    called: tuple[str, ...] = Field(description="how words call the quotation")
    same: bool
    passages: tuple[Passage, ...]


class Records(Frozen):
    """All typed records of an index."""

    directory: tuple[DirectoryRecord, ...] = ()
    contracts: tuple[ContractRecord, ...] = ()
    tables: tuple[TableRecord, ...] = ()
    ordinances: tuple[OrdinanceRecord, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    versions: tuple[OrdinanceRecord, ...] = Field((), description="of the ordinances, those not in force today")
    delegations: tuple[Delegation, ...] = ()
    replaced: tuple[Replaced, ...] = ()
