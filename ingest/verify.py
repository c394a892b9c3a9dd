"""Does the index hold what it says? Every chunk word for word in its stored source, every count equal."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.index import Index
from assistant.records import Chunk


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold, with the place."""

    place: str
    what: str


def verify(index: Index) -> list[Fault]:
    """All faults of an index; none is what one wants to see."""
    faults: list[Fault] = []
    found: dict[str, Chunk] = {}
    for source in index.card.sources:
        text = index.text_of(source)
        for chunk in index.store.where(source_id=source):
            found[chunk.id] = chunk
            if "".join(text[a:b] for a, b in chunk.spans).strip("\n") != chunk.text:
                faults.append(Fault(chunk.id, "文が保存された出典と一致しません"))
    if len(found) != index.card.chunks or index.store.count() != index.card.chunks:
        faults.append(Fault("chroma", f"チャンクが{index.store.count()}件、台帳は{index.card.chunks}件"))
    searchable = {identity for identity, chunk in found.items() if chunk.searchable}
    if set(index.lexical.ids) != searchable or [row.id for row in index.rows] != list(index.lexical.ids):
        faults.append(Fault("lexical", "語の索引とチャンクの集まりが違います"))
    if index.questions is not None and index.questions.count() != index.card.questions:
        faults.append(Fault("questions", f"想定質問が{index.questions.count()}件、台帳は{index.card.questions}件"))
    return faults + [
        Fault(r.id, f"台帳の事業の根拠 {r.chunk_id} がありません")
        for r in index.records.directory
        if r.chunk_id not in found
    ]
