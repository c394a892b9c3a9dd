"""The index on disk, as search opens it. Ingest writes it (ingest/publish.py), nothing else does.

index/
  CURRENT                 name of the generation that answers; replaced in one step when a new one is whole
  <generation>/card.json  the index card: embedder, format, recipe, source digests, counts
  <generation>/chroma/    the collection (with a Chroma server: a collection of that generation's name instead)
  <generation>/vectors/   the vectors of a small local collection, to compare them all (assistant/exact.py)
  <generation>/lexical/   bm25s, one folder a field; ids.json gives the order
  <generation>/examples/  the same over single questions: those that can be answered, then those that cannot
  <generation>/marks/     what the matcher keeps of each piece (assistant/match/)
  <generation>/rows.json  what search must know of each chunk without fetching it, in the same order
  <generation>/records.json, questions.json, unanswerable.json, sources.json, texts/<source>.txt
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.embeddings import Embedder, EmbedderCard, Vectors
from assistant.errors import IndexMismatch, NoIndex
from assistant.lexical import EXAMPLE_TEXTS, Lexical, build_examples, build_lexical
from assistant.match.marks import KeptMarks, load_marks
from assistant.records import Chunk, ExpectedQuestion, Piece, Records, Source
from assistant.settings import Settings
from assistant.store import CHUNKS, PIECES, QUESTIONS, UNANSWERABLE, ChunkStore, Stores

FORMAT = 3
CURRENT = "CURRENT"
_REMEMBERED = 4_096  # chunks kept in memory
T = TypeVar("T")


class IndexCard(BaseModel):
    """What an index says of itself; checked on open."""

    model_config = ConfigDict(frozen=True)

    format: int
    generation: str
    embedder: EmbedderCard
    engine: str = ""  # what computed vectors for this generation; empty if all were kept from before
    recipe: str  # digest of chunker version and layouts
    sources: dict[str, str]  # id → sha256 of the file
    chunks: int
    searchable: int
    questions: int
    pieces: int
    digest: str  # of all chunks and records: the same input gives the same digest
    created: str


class Row(NamedTuple):
    """What search must know of a chunk without fetching it; a plain tuple, because there is one for every chunk."""

    id: str
    source_id: str
    kind: str
    record: str
    section: str
    order: int
    pieces: int
    duplicate_of: str = ""


@dataclass(frozen=True)
class Index:
    """An open index. It may be shared between threads; it never changes."""

    card: IndexCard
    folder: Path
    stores: Stores
    store: ChunkStore
    questions: ChunkStore | None
    pieces: ChunkStore | None
    unanswerable: ChunkStore
    lexical: Lexical
    examples: Lexical

    @cached_property
    def records(self) -> Records:
        return Records.model_validate_json((self.folder / "records.json").read_text("utf-8"))

    @cached_property
    def sources(self) -> dict[str, Source]:
        data = json.loads((self.folder / "sources.json").read_text("utf-8"))
        return {entry["id"]: Source.model_validate(entry) for entry in data}

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Ids of the sources that are searched: those whose version in force the index holds."""
        return tuple(i for i in self.card.sources if not self.sources[i].version_of)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """One row a searchable chunk, in the order of the lexical index."""
        data = json.loads((self.folder / "rows.json").read_text("utf-8"))
        return tuple(Row(**entry) for entry in data)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Chunk id → its row."""
        return {identity: at for at, identity in enumerate(self.lexical.ids)}

    @cached_property
    def expected(self) -> tuple[ExpectedQuestion, ...]:
        """The expected questions, in the order of the sources."""
        return tuple(_read_questions(self.folder / "questions.json"))

    @cached_property
    def expected_chunks(self) -> dict[str, tuple[str, ...]]:
        """Question id → ids of the chunks that answer it."""
        data = json.loads((self.folder / "questions.json").read_text("utf-8"))
        return {
            entry["id"]: tuple(entry["chunk_ids"]) for entry in data
        }  # without the texts, which search does not need

    @cached_property
    def _families(self) -> dict[tuple[str, str], list[Row]]:
        families: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            families.setdefault((row.source_id, row.record or row.section), []).append(row)
        return families

    def family(self, chunk: Chunk) -> list[Row]:
        """Rows of the same project, article or section as `chunk`, in the order of the document."""
        return self._families.get((chunk.source_id, chunk.record or chunk.section), [])

    @cached_property
    def _piece_counts(self) -> dict[str, int]:
        return {row.id: row.pieces for row in self.rows}

    @cached_property
    def marks(self) -> KeptMarks | None:
        """What the matcher keeps of each piece; None where this index has none."""
        return load_marks(self.folder, [(row.id, row.pieces) for row in self.rows])

    def pieces_of(self, chunk_ids: Sequence[str]) -> list[tuple[Piece, Vectors]]:
        """The pieces of the given chunks with their vectors (shape (384,)), in the order of the chunks."""
        # Taken out in one step each, before anything is remembered: a full cache is emptied, by this thread or another.
        have = {i: pieces for i in chunk_ids if (pieces := self._seen_pieces.get(i)) is not None}
        missing = [i for i in dict.fromkeys(chunk_ids) if i not in have]
        if missing and self.pieces:
            found = self.pieces.get_pieces([f"{i}/{n}" for i in missing for n in range(self._piece_counts.get(i, 0))])
            fresh: dict[str, list[tuple[Piece, Vectors]]] = {i: [] for i in missing}
            for piece, vector in found:
                fresh[piece.chunk_id].append((piece, vector))
            _remember(self._seen_pieces, fresh)
            have |= fresh
        return [pair for i in chunk_ids for pair in have.get(i, [])]

    def chunks(self, ids: list[str]) -> dict[str, Chunk]:
        """Chunks by id; an unknown id is left out. What was fetched is remembered: an index never changes."""
        found = {i: chunk for i in ids if (chunk := self._seen.get(i)) is not None}
        missing = [i for i in ids if i not in found]
        if missing:
            fresh = self.store.get(missing)
            _remember(self._seen, fresh)
            found |= fresh
        return found

    def contents(self, source_id: str) -> tuple[Chunk, ...]:
        """All chunks of a source in its order, also those that search leaves out; empty for an unknown source."""
        if source_id not in self._contents:
            if source_id not in self.card.sources:
                return ()
            self._contents[source_id] = tuple(self.store.where(source_id=source_id))
        return self._contents[source_id]

    @cached_property
    def _contents(self) -> dict[str, tuple[Chunk, ...]]:
        return {}

    @cached_property
    def _seen(self) -> dict[str, Chunk]:
        return {}

    @cached_property
    def _seen_pieces(self) -> dict[str, list[tuple[Piece, Vectors]]]:
        return {}

    def text_of(self, source_id: str) -> str:
        """The text of a source as it was read."""
        return (self.folder / "texts" / f"{source_id}.txt").read_text("utf-8")


def _remember(seen: dict[str, T], fresh: dict[str, T]) -> None:
    """Add to a cache; a full one is emptied first, which is rare and cheap."""
    if len(seen) > _REMEMBERED:
        seen.clear()
    seen.update(fresh)


def current_generation(settings: Settings) -> str | None:
    """Name of the generation that answers, or None if nothing has been indexed."""
    try:
        name = (settings.index_dir / CURRENT).read_text("utf-8").strip()
    except OSError:
        return None
    return name or None


def read_card(settings: Settings, generation: str | None = None) -> IndexCard | None:
    """The card of a generation, the current one unless named, without opening the index; None if there is none."""
    generation = generation or current_generation(settings)
    if generation is None:
        return None
    try:
        return IndexCard.model_validate_json((settings.index_dir / generation / "card.json").read_text("utf-8"))
    except (OSError, ValidationError):
        return None


def check_index(settings: Settings, embedder: Embedder, generation: str | None = None) -> IndexCard:
    """The card of an index that can be opened, or say which command makes one.

    Raises NoIndex, IndexMismatch (another embedder or format).
    """
    card = read_card(settings, generation)
    if card is None:
        raise NoIndex(
            f"索引がまだありません（{settings.home}）。次を実行してください： kyodo ingest",
            f"no index yet in {settings.home}; run: kyodo ingest",
        )
    if card.format != FORMAT:
        raise _mismatch(f"形式{card.format}", f"format {card.format}", f"形式{FORMAT}", f"format {FORMAT}")
    if card.embedder != embedder.card:
        ours, theirs = embedder.card.name, card.embedder.name
        raise _mismatch(theirs, theirs, ours, ours)
    return card


def open_index(settings: Settings, embedder: Embedder, generation: str | None = None) -> Index:
    """Open a generation, the current one unless named. Raises what check_index raises, and StoreUnreachable (Chroma server)."""
    card = check_index(settings, embedder, generation)
    from chromadb.errors import ChromaError

    folder = settings.index_dir / card.generation
    try:
        return _open(settings, card, folder)
    except (ChromaError, OSError, ValueError, KeyError, AttributeError) as error:  # the last when Chroma failed before
        raise NoIndex(
            f"索引が壊れています（{folder}）。次を実行して直してください： kyodo ingest repair",
            f"the index in {folder} is damaged ({type(error).__name__}); mend it: kyodo ingest repair",
        ) from error


def _open(settings: Settings, card: IndexCard, folder: Path) -> Index:
    stores = Stores(settings, folder, card.generation)
    store = stores.open(CHUNKS)
    questions = stores.open(QUESTIONS) if card.questions else None
    pieces = stores.open(PIECES) if card.pieces else None
    lexical, examples = _open_lexical(card, folder, store), _open_examples(card, folder)
    return Index(card, folder, stores, store, questions, pieces, stores.open(UNANSWERABLE), lexical, examples)


def _open_lexical(card: IndexCard, folder: Path, store: ChunkStore) -> Lexical:
    """The saved lexical index; where it is missing, damaged or not of these chunks, a new one from the collection."""
    try:
        lexical = Lexical.load(folder / "lexical")
        rows = json.loads((folder / "rows.json").read_text("utf-8"))
        if len(lexical.ids) == card.searchable and list(lexical.ids) == [row["id"] for row in rows]:
            return lexical
    except (OSError, ValueError, KeyError):  # what bm25s and numpy raise for a missing or cut file
        rows = json.loads((folder / "rows.json").read_text("utf-8"))
    chunks = store.get([row["id"] for row in rows])
    lexical = build_lexical([chunks[row["id"]] for row in rows], _read_questions(folder / "questions.json"))
    with suppress(OSError):  # a home that cannot be written still answers
        lexical.save(folder / "lexical")
    return lexical


def _open_examples(card: IndexCard, folder: Path) -> Lexical:
    """The saved index of example questions; a new one where it is missing or damaged."""
    with suppress(OSError, ValueError, KeyError):
        examples = Lexical.load(folder / "examples", EXAMPLE_TEXTS)
        if len(examples.ids) >= card.questions:
            return examples
    examples = build_examples(_read_questions(folder / "questions.json"), _read_questions(folder / "unanswerable.json"))
    with suppress(OSError):
        examples.save(folder / "examples")
    return examples


def _read_questions(path: Path) -> list[ExpectedQuestion]:
    return [ExpectedQuestion.model_validate(entry) for entry in json.loads(path.read_text("utf-8"))]


def _mismatch(theirs_ja: str, theirs_en: str, ours_ja: str, ours_en: str) -> IndexMismatch:
    return IndexMismatch(
        f"この索引は「{theirs_ja}」で作られていて、「{ours_ja}」では使えません。次を実行して作り直してください： kyodo ingest",
        f"this index was made with {theirs_en} and cannot be used with {ours_en}; rebuild it: kyodo ingest",
    )
