"""Articles, chapters and defined terms that a question names outright, said from the ordinance's records with their paragraphs.

A paragraph that applies another one to its case (「前条第2項の規定を準用する」) is followed by that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.chat.answer_version import called, law_then, pieces_then
from assistant.chat.rank import rank_pieces
from assistant.chat.select import LONG
from assistant.chat.statements import Statement
from assistant.chat.turn import Turn
from assistant.law_records import Appendix, Article, OrdinanceRecord
from assistant.records import Piece
from assistant.search.laws import appendices_of, articles_of, guideline_refs, supplements_of
from assistant.search.question import ArticleRef, cue
from assistant.text import arabic_ordinals, compact, fold

_CHAPTER = re.compile(r"第?([0-9]{1,2})章")
_DEFINED = re.compile(r"「([^「」]{2,20})」とは")
_APPLIED = re.compile(r"前条(?:第([0-9]+)項)?の規定を準用")


def ordinance_statements(turn: Turn) -> list[Statement]:
    """The named chapters, articles, 附則, 別表 and definitions, each paragraph a statement; empty if the question names none."""
    found: list[Statement] = []
    for now in turn.searcher.laws.meant(turn.understood).laws:
        law = law_then(turn, now)
        found += [*_chapters(turn, law), *_articles(turn, law), *_supplements(turn, law), *_appendices(turn, law)]
        found += [] if found else _definitions(turn, law)
    return found


def article_statement(turn: Turn, piece: Piece) -> Statement:
    """A paragraph of an article with its number; the ordinance's title where that is not the built-in one."""
    chunk = turn.searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    return Statement(
        "article", (piece,), {"quote": piece.said, "locator": called(turn, chunk.source_id) + piece.locator}
    )


def _chapters(turn: Turn, law: OrdinanceRecord) -> Iterator[Statement]:
    for number in dict.fromkeys(_CHAPTER.findall(turn.understood.folded)):
        articles = [a for a in law.articles if arabic_ordinals(fold(a.chapter)).startswith(f"第{number}章")]
        proof = _pieces(turn, law, articles[:1])[:1]
        captions = "、".join(f"{a.label} {a.caption}".strip() for a in articles)
        if proof:
            yield Statement("chapter", (proof[0],), {"chapter": articles[0].chapter, "articles": captions})


def _articles(turn: Turn, law: OrdinanceRecord) -> Iterator[Statement]:
    for ref in (*turn.understood.articles, *guideline_refs(law, turn.understood)):
        for piece in _of_ref(turn, law, ref):
            yield article_statement(turn, piece)
            applied = _APPLIED.search(arabic_ordinals(fold(piece.said)))
            if applied and ref.article > 1:
                before = ArticleRef(ref.article - 1, int(applied.group(1) or 0))
                yield from (article_statement(turn, p) for p in _of_ref(turn, law, before))


def _definitions(turn: Turn, law: OrdinanceRecord) -> Iterator[Statement]:
    """「中間支援組織とは」: the paragraph that defines the term, the longest of those that the question ends with."""
    question = turn.understood.folded.strip()
    asks = cue("define_term").search(question)
    if not asks or turn.understood.organizations:
        return
    asked = compact(question[: asks.start()])
    defined = [(term, piece) for piece in _pieces(turn, law, law.articles) for term in _DEFINED.findall(piece.said)]
    named = [(len(term), piece) for term, piece in defined if asked.endswith(compact(term))]
    if named:
        yield article_statement(turn, max(named, key=lambda one: one[0])[1])


def _supplements(turn: Turn, law: OrdinanceRecord) -> Iterator[Statement]:
    for article, paragraph in supplements_of(law, turn.understood):
        own = [p for p in _pieces(turn, law, [article]) if article.unit == "条" or p.locator.endswith(article.label)]
        told = [p for p in own if paragraph and p.locator.endswith(f"第{paragraph}項")] or own
        yield from (article_statement(turn, piece) for piece in told)


def _appendices(turn: Turn, law: OrdinanceRecord) -> Iterator[Statement]:
    """The rows of a 別表, or what else stands in it, as far as there is room."""
    for appendix in appendices_of(law, turn.understood):
        room = LONG
        pieces = _pieces(turn, law, [appendix])
        rows = [piece for piece in pieces if piece.kind == "row"]
        for piece in rows or pieces:
            if room > 0:
                yield Statement("row" if piece.kind == "row" else "sentence", (piece,), {"quote": piece.said})
            room -= len(piece.said)


def _of_ref(turn: Turn, law: OrdinanceRecord, ref: ArticleRef) -> list[Piece]:
    """The paragraphs a reference means; of a long article the one that speaks to the question."""
    pieces = _pieces(turn, law, articles_of(law, ref)[:1])
    if ref.paragraph:
        return [p for p in pieces if p.locator.endswith(f"第{ref.paragraph}項")] or pieces[:1]
    if sum(len(p.said) for p in pieces) <= LONG:
        return pieces
    return [scored.piece for scored in rank_pieces(turn) if scored.piece in pieces][:1] or pieces[:1]


def _pieces(turn: Turn, law: OrdinanceRecord, parts: Sequence[Article | Appendix]) -> list[Piece]:
    chunks = [i for part in parts for i in turn.searcher.chunks_in(law.source_id, part.section)]
    if chunks:
        return [piece for piece, _ in turn.searcher.index.pieces_of(chunks)]
    return pieces_then(turn, law, [part.section for part in parts])
