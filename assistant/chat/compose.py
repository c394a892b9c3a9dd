"""The answer, composed from verbatim pieces and records. No language model is involved.

A question for a division gets the best division with the project that proves it. A question that names an article gets
that article. Every other question gets the pieces of the best passages that speak to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Citation
from assistant.chat.select import LENGTH, rank_pieces, select_pieces
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import Chunk, Piece
from assistant.search.question import ArticleRef
from prompts import say

_PAGE = re.compile(r"^(?:.*ページ|資-\S+|P\d+|概要版)$")


def compose(turn: Turn) -> Turn:
    """Text and citations of the answer, or a stop if nothing can be quoted. Divisions have their own step."""
    if turn.reason is not None:
        return turn
    articles = _named_articles(turn)
    pieces = articles or select_pieces(turn)
    if not pieces:
        return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.card.sources))
    chunks = turn.searcher.index.chunks([piece.chunk_id for piece in pieces])
    citations = tuple(citation(n, piece, chunks[piece.chunk_id]) for n, piece in enumerate(pieces, 1))
    return replace(turn, reason=Reason.FOUND, text=_text(pieces), citations=citations, composed=not articles)


def _text(pieces: Sequence[Piece]) -> str:
    """One line a piece, the last piece of a place with the place; the full locator stands in the citation."""
    lines: list[str] = []
    for n, piece in enumerate(pieces, 1):
        said = say("answer", piece.kind, quote=piece.said, n=n)
        last = n == len(pieces) or pieces[n].locator != piece.locator
        place = piece.locator if piece.kind == "article" else _short(piece.locator)
        lines.append(said + (say("answer", "locator", locator=place) if last and place else ""))
    return "\n".join(lines)


def _short(locator: str) -> str:
    """The page of a locator such as 本編4ページ 3 市民協働を推進するための取組; empty if it names none."""
    first = locator.split(" ", 1)[0]
    return first if _PAGE.match(first) else ""


def citation(n: int, piece: Piece, chunk: Chunk) -> Citation:
    return Citation(
        n=n,
        source_id=chunk.source_id,
        title=chunk.title,
        locator=piece.locator,
        page=chunk.page,
        quote=piece.quote,
        chunk_id=chunk.id,
    )


def _named_articles(turn: Turn) -> list[Piece]:
    """The articles a question names outright, at the paragraph it names; a long one at its best paragraph."""
    found: list[Piece] = []
    for ref in turn.understood.articles:
        pieces = [
            piece for piece, _ in turn.searcher.index.pieces_of(turn.searcher.chunks_of(f"article:{ref.article}"))
        ]
        found += _of_ref(pieces, ref, turn)
    return found


def _of_ref(pieces: list[Piece], ref: ArticleRef, turn: Turn) -> list[Piece]:
    if ref.paragraph:
        return [p for p in pieces if p.locator.endswith(f"第{ref.paragraph}項")] or pieces[:1]
    if sum(len(p.said) for p in pieces) <= 2 * LENGTH:
        return pieces
    return [scored.piece for scored in rank_pieces(turn) if scored.piece in pieces][:1] or pieces[:1]
