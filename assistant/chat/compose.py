"""The answer, composed from verbatim pieces and records. No language model is involved.

A question for a division gets the best division with the project that proves it. A question that names an article gets
that article. Every other question gets the stretches of the best passages that speak to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.chat.answer_record import record_statements
from assistant.chat.select import LONG, Stretch, rank_pieces, select_stretches
from assistant.chat.statements import Statement, tell, verbatim
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import Piece
from assistant.search.question import ArticleRef
from assistant.text import one_line


def compose(turn: Turn) -> Turn:
    """Text and citations of the answer, or a stop if nothing can be quoted. Divisions have their own step."""
    if turn.reason is not None:
        return turn
    fields = record_statements(turn)
    articles: list[Stretch] = [(piece,) for piece in _named_articles(turn)]
    statements = [*fields, *_statements(turn, articles or select_stretches(turn, bool(fields)))]
    if not statements:
        return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.card.sources))
    text, citations = tell(turn, statements)
    return replace(turn, reason=Reason.FOUND, text=text, citations=citations)


def _statements(turn: Turn, stretches: list[Stretch]) -> Iterator[Statement]:
    chunks = turn.searcher.index.chunks([stretch[0].chunk_id for stretch in stretches])
    for stretch in stretches:
        first = stretch[0]
        if first.kind == "article":
            for piece in stretch:  # each paragraph with its own number
                yield Statement("article", (piece,), {"quote": piece.said, "locator": piece.locator})
        elif first.kind == "row":
            yield Statement("row", stretch, {"quote": _rows(stretch)})
        else:
            yield Statement("sentence", stretch, {"quote": one_line(verbatim(stretch, chunks[first.chunk_id]))})


def _rows(stretch: Stretch) -> str:
    """Rows of one table under its name, which is said once."""
    title, _, _ = stretch[0].said.partition("：")
    return title + "：" + "／".join(piece.said.removeprefix(title + "：") for piece in stretch)


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
    if sum(len(p.said) for p in pieces) <= LONG:
        return pieces
    return [scored.piece for scored in rank_pieces(turn) if scored.piece in pieces][:1] or pieces[:1]
