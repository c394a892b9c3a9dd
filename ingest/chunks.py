"""Sections → chunks. A chunk is a verbatim stretch of one section, cut at line ends, tables between rows.

Cap and context line are the best of a measured series: units that follow the structure, about 200 characters long,
with project and division in front (docs/decisions/0002).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from assistant.records import Chunk
from assistant.text import compact, one_line
from assistant.text import sentences as split_sentences
from ingest.document import Document, Section
from ingest.structure.tables import TableBlock

CAP = 350  # characters of one chunk
VERSION = 6  # raise it when the same text would be cut or described otherwise


def make_chunks(document: Document, sections: list[Section], blocks: dict[str, list[TableBlock]]) -> list[Chunk]:
    """Chunks of a document in its order; `blocks` are the tables by section key."""
    chunks: list[Chunk] = []
    used: dict[str, int] = {}
    for section in sections:
        tables = blocks.get(section.key, [])
        for start, end in _cut(document, section, tables):
            text = document.clean(start, end).strip("\n")
            if text.strip():
                chunk = _chunk(document, section, (start, end), tables)
                used[chunk.id] = used.get(chunk.id, 0) + 1
                identity = chunk.id if used[chunk.id] == 1 else f"{chunk.id}-{used[chunk.id]}"
                chunks.append(chunk.model_copy(update={"id": identity, "order": len(chunks)}))
    return chunks


def _cut(document: Document, section: Section, tables: list[TableBlock]) -> Iterator[tuple[int, int]]:
    if section.whole or section.kind in ("article", "entry"):
        yield section.start, section.end
        return
    rows = {row.start for block in tables for row in block.lines}
    starts = {block.start for block in tables}
    begin, size = section.start, 0
    for start, end in _pieces(document, section):
        length = len(document.clean(start, end).strip())
        first_row = start in starts and len(document.clean(begin, start).strip()) > CAP // 2
        one_row_each = start in rows and length > CAP // 3 and start - begin > CAP // 3
        if size and (size + length > CAP or first_row or one_row_each):
            yield begin, start
            begin, size = start, 0
        size += length
    if begin < section.end:
        yield begin, section.end


def _pieces(document: Document, section: Section) -> Iterator[tuple[int, int]]:
    """Lines; a line over the cap is cut at its sentence ends, and a sentence over the cap where it must be."""
    for line in document.lines(section.start, section.end):
        stop = min(line.end + 1, section.end)
        if stop - line.start <= CAP or "\t" in line.text:
            yield line.start, stop
            continue
        begin = line.start
        for sentence in split_sentences(line.text):
            at = document.text.index(sentence, begin) + len(sentence)
            if at - begin > CAP // 2:
                yield from _hard(begin, at)
                begin = at
        if begin < stop:
            yield from _hard(begin, stop)


def _hard(begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > 2 * CAP:
        yield begin, begin + CAP
        begin += CAP
    yield begin, end


def _chunk(document: Document, section: Section, span: tuple[int, int], tables: list[TableBlock]) -> Chunk:
    """The chunk of one stretch; its id comes from the section's key and the text, so that other changes leave it."""
    start, end = span
    text = document.clean(start, end).strip("\n")
    digest = hashlib.sha256(f"{section.key}\n{text}".encode()).hexdigest()[:10]
    is_table = any(start <= block.start < end or block.start <= start < block.end for block in tables)
    return Chunk(
        id=f"{document.source.id}-{digest}",
        source_id=document.source.id,
        kind="table" if is_table and section.kind == "prose" else section.kind,
        title=section.title,
        locator=section.locator,
        page=section.page,
        context=section.context,
        text=text,
        search_text="\n".join(_search_parts(document, section, span, tables)),
        section=section.key,
        order=0,
        spans=tuple(document.kept(start, end)),
        searchable=section.searchable,
        duplicate_of=section.duplicate_of,
        record=section.record,
    )


def _search_parts(
    document: Document, section: Section, span: tuple[int, int], tables: list[TableBlock]
) -> Iterator[str]:
    """What is indexed besides the text: table rows as sentences, resolved references, other names."""
    for block in tables:
        for index, row in enumerate(block.lines):
            if span[0] <= row.start < span[1]:
                yield one_line(f"{block.record.title} {block.sentence(index)}")
    yield from (one_line(part) for part in [section.extra, *_aliases(document, document.clean(*span))] if part)


def _aliases(document: Document, text: str) -> list[str]:
    plain = compact(text)
    found = [alias.means for alias in document.layout.aliases if compact(alias.text) in plain]
    for names in document.layout.names:
        present = [name for name in names if compact(name) in plain]
        if present:
            found += [name for name in names if name not in present]
    return found
