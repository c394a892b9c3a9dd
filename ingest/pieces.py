"""Pieces: what of a chunk can be quoted by itself — paragraphs of an article, rows of a table, sentences of the rest.

They have vectors of their own, so that an answer can pick the paragraph that speaks to the question out of an article
in which another one shares more words with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.law_records import Article
from assistant.provisions import paragraph_pieces
from assistant.records import Chunk, Piece, PieceKind, Records, TableRecord
from assistant.text import one_line, sentences, spoken_cell

_LIST_MARK = re.compile(r"^\s*(?:-\s*)?・?\s*")
_HEADING = re.compile(r"^(?:[(（【《〈＜<■◆●].*[)）】》〉＞>]?|\d{1,2} [^。]{1,40}|[ア-ン] [^。]{1,40}|#+ .*)$")
_ENTRY = re.compile(r"(?<=[>＞〉])\s+(?=\S)|\s*(?=[(（](?:協働の相手[方先]|補助対象事業)\s*[：:])")
_WARD_HEAD = re.compile(r"【[^】]*】")
_ITEM = re.compile(r"^(?:([(（])\d{1,2}[)）]|([①-⑳])|([ア-ン]) )")
_FIGURE = re.compile(r"[^\d\s].*\d\s*(?:回|名|人|件|円|団体|事業|校|社|区|か所|箇所)")
_DATED = re.compile(r"[(（][^()（）]*[0-9元]年[0-9]{1,2}月[^()（）]*[)）]")
_LONGEST = 600  # characters of one piece
_FRAGMENT = 25  # a line shorter than this, without a full stop, is read together with the next


def make_pieces(chunks: Sequence[Chunk], records: Records) -> list[Piece]:
    """Pieces of all searchable chunks, numbered within their chunk."""
    articles: dict[tuple[str, str], list[Article]] = {}
    for law in records.ordinances:
        for article in law.articles:
            articles.setdefault((law.source_id, article.section), []).append(article)
    tables: dict[tuple[str, str], list[TableRecord]] = {}
    for table in records.tables:
        tables.setdefault((table.source_id, table.section), []).append(table)
    found: list[Piece] = []
    for chunk in chunks:
        if chunk.searchable:
            place = chunk.source_id, chunk.section
            own = _pieces(chunk, articles.get(place, []), tables.get(place, []))
            found += [piece.model_copy(update={"id": f"{chunk.id}/{n}"}) for n, piece in enumerate(own)]
    return found


def _pieces(chunk: Chunk, articles: Sequence[Article], tables: Sequence[TableRecord]) -> list[Piece]:
    if articles:
        return paragraph_pieces(chunk, articles)
    if chunk.kind == "entry":
        return [_piece(chunk, part, one_line(part), "sentence") for part in _entry_parts(chunk.text)]
    rows = list(_rows(chunk, tables))
    return [*rows, *_sentences(chunk, alone=not rows)]


def _piece(chunk: Chunk, quote: str, said: str, kind: PieceKind, locator: str = "") -> Piece:
    return Piece(id="", chunk_id=chunk.id, quote=quote, said=said, locator=locator or chunk.locator, kind=kind)


def _rows(chunk: Chunk, tables: Sequence[TableRecord]) -> Iterator[Piece]:
    """Table rows; what is said of a row is its sentence 「列名は値」 from the record."""
    for line in chunk.text.split("\n"):
        if "\t" not in line:
            continue
        table = next((t for t in tables if t.row_of(line)), None)
        if table is not None:
            pairs = zip(table.columns, table.row_of(line) or (), strict=True)
            said = "、".join(spoken_cell(name, cell) for name, cell in pairs if cell)
            yield _piece(chunk, line.strip(), f"{table.name}：{said}", "row")


def _entry_parts(text: str) -> list[str]:
    """Name and division, field and summary by sentence, partner and conditions."""
    parts = [p.strip() for line in sentences(text) for p in _ENTRY.split(line) if p and p.strip()]
    return [part for part in parts if len(part) <= _LONGEST and not _WARD_HEAD.fullmatch(part)]


def _sentences(chunk: Chunk, *, alone: bool) -> Iterator[Piece]:
    """Sentences without headings; where a chunk has nothing else (`alone`), its headings."""
    found = [s for s in (_LIST_MARK.sub("", s).strip() for s in sentences(chunk.text) if "\t" not in s) if s]
    items = _items(found)
    kept = [s for n, s in enumerate(found) if len(s) <= _LONGEST and (n in items or not _is_heading(s))]
    if not kept and alone:
        kept = found
    for quote in _join_fragments(chunk.text, kept):
        yield _piece(chunk, quote, " ".join(quote.split("\n")) if "\n" in quote else quote, "sentence")


def _join_fragments(text: str, parts: Sequence[str]) -> Iterator[str]:
    """Short lines that follow each other directly become one quotation, verbatim with their line ends."""
    begin = end = -1
    for part in parts:
        start = text.find(part, max(end, 0))
        short = len(part) < _FRAGMENT and not part.endswith("。")
        if begin >= 0 and short and not text[end:start].strip() and end - begin < 4 * _FRAGMENT:
            end = start + len(part)
            continue
        if begin >= 0:
            yield text[begin:end]
        begin, end = start, start + len(part)
        if not short:
            yield text[begin:end]
            begin = -1
    if begin >= 0:
        yield text[begin:end]


def _items(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines that are items of a list: numbered alike and directly one after the other."""
    marks = [
        next((n for n, group in enumerate(found.groups()) if group), -1) if (found := _ITEM.match(s)) else -1
        for s in lines
    ]
    alike = {n for n in range(1, len(lines)) if marks[n] >= 0 and marks[n] == marks[n - 1]}
    return alike | {n - 1 for n in alike}


def _is_heading(text: str) -> bool:
    """A numbered or bracketed line that only names what follows; one that tells a figure or, in brackets, a date is content."""
    content = text.endswith("。") or _FIGURE.search(text) or _DATED.fullmatch(text)
    return bool(_HEADING.match(text)) and not content and len(text) < 40
