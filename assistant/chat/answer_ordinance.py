"""Articles and chapters that a question names outright, said from the ordinance's records with their paragraphs.

A paragraph that applies another one to its case (「前条第2項の規定を準用する」) is followed by that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.chat.select import LONG, rank_pieces
from assistant.chat.statements import Statement
from assistant.chat.turn import Turn
from assistant.records import OrdinanceRecord, Piece
from assistant.search.question import ArticleRef
from assistant.text import arabic_ordinals

_CHAPTER = re.compile(r"第?([0-9]{1,2})章")
_APPLIED = re.compile(r"前条(?:第([0-9]+)項)?の規定を準用")


def ordinance_statements(turn: Turn) -> list[Statement]:
    """The named chapters and articles, each paragraph a statement; empty if the question names none."""
    return [*_chapters(turn), *_articles(turn)]


def article_statement(piece: Piece) -> Statement:
    """A paragraph of an article with its number."""
    return Statement("article", (piece,), {"quote": piece.said, "locator": piece.locator})


def _chapters(turn: Turn) -> Iterator[Statement]:
    for number in dict.fromkeys(_CHAPTER.findall(turn.understood.folded)):
        for law in turn.searcher.index.records.ordinances:
            yield from _chapter(turn, law, number)


def _chapter(turn: Turn, law: OrdinanceRecord, number: str) -> Iterator[Statement]:
    articles = [a for a in law.articles if arabic_ordinals(a.chapter).startswith(f"第{number}章")]
    if not articles:
        return
    proof = _pieces(turn, articles[0].number)[:1]
    captions = "、".join(f"第{a.number}条 {a.caption}" for a in articles)
    if proof:
        yield Statement("chapter", (proof[0],), {"chapter": articles[0].chapter, "articles": captions})


def _articles(turn: Turn) -> Iterator[Statement]:
    for ref in turn.understood.articles:
        for piece in _of_ref(turn, ref):
            yield article_statement(piece)
            applied = _APPLIED.search(piece.said)
            if applied and ref.article > 1:
                before = ArticleRef(ref.article - 1, int(applied.group(1) or 0))
                yield from (article_statement(p) for p in _of_ref(turn, before))


def _of_ref(turn: Turn, ref: ArticleRef) -> list[Piece]:
    """The paragraphs a reference means; of a long article the one that speaks to the question."""
    pieces = _pieces(turn, str(ref.article))
    if ref.paragraph:
        return [p for p in pieces if p.locator.endswith(f"第{ref.paragraph}項")] or pieces[:1]
    if sum(len(p.said) for p in pieces) <= LONG:
        return pieces
    return [scored.piece for scored in rank_pieces(turn) if scored.piece in pieces][:1] or pieces[:1]


def _pieces(turn: Turn, article: str) -> list[Piece]:
    return [piece for piece, _ in turn.searcher.index.pieces_of(turn.searcher.chunks_of(f"article:{article}"))]
