"""The sources as JSON: what they are, their contents, chunks and articles. The evidence, addressable."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from assistant.errors import WrongUse
from assistant.law_records import Article
from assistant.records import Chunk, Source, TableRecord
from server.deps import ServiceDep
from server.library import articles
from server.library.contents import Heading, outline

router = APIRouter(prefix="/api", tags=["sources"])


class SourceDetail(BaseModel):
    """A source with its headings; one that is expected and not there yet has none."""

    source: Source
    chunks: int
    contents: list[Heading]


class ChunkPage(BaseModel):
    """Chunks of a source in the order of the document, `total` of them in all."""

    total: int
    offset: int
    chunks: list[Chunk]


class ArticleDetail(BaseModel):
    """An article with its page, the chunks that hold its words, and what it says of reading other words."""

    ordinance: str
    label: str
    path: str
    article: Article
    chunk_ids: list[str]
    replacements: list[articles.Replacement]


@router.get("/sources")
def sources(service: ServiceDep) -> list[Source]:
    """All sources, also those that are expected and not there yet (`expected`)."""
    return list(service.searcher.index.sources.values())


@router.get("/sources/{source_id}")
def source(source_id: str, service: ServiceDep) -> SourceDetail:
    """One source with its contents."""
    index = service.searcher.index
    found = _source(service, source_id)
    return SourceDetail(source=found, chunks=len(index.contents(source_id)), contents=outline(index, found))


@router.get("/sources/{source_id}/chunks")
def chunks(
    source_id: str,
    service: ServiceDep,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ChunkPage:
    """The chunks of a source, a page at a time."""
    _source(service, source_id)
    every = service.searcher.index.contents(source_id)
    return ChunkPage(total=len(every), offset=offset, chunks=list(every[offset : offset + limit]))


@router.get("/sources/{source_id}/chunks/{chunk_id}")
def chunk(source_id: str, chunk_id: str, service: ServiceDep) -> Chunk:
    """One chunk with its text, locator and the headings above it."""
    found = service.searcher.index.chunks([chunk_id]).get(chunk_id)
    if found is None or found.source_id != source_id:
        raise WrongUse(f"出典 {source_id} に {chunk_id} はありません。", f"source {source_id} has no chunk {chunk_id}")
    return found


@router.get("/sources/{source_id}/tables")
def tables(source_id: str, service: ServiceDep) -> list[TableRecord]:
    """The tables of a source."""
    _source(service, source_id)
    return [table for table in service.searcher.index.records.tables if table.source_id == source_id]


@router.get("/articles")
def ordinance(service: ServiceDep, source: str = "") -> list[ArticleDetail]:
    """All articles of an ordinance: of the source named, else of the first source that has one."""
    found = articles.ordinance_of(service.searcher.index, source)
    return [_detail(service, found.title, article) for article in found.articles] if found else []


@router.get("/articles/{number}")
def article(number: str, service: ServiceDep, source: str = "") -> ArticleDetail:
    """One article: 12, 12-2 for 第12条の2, s1 for 附則第1項."""
    whole = articles.ordinance_of(service.searcher.index, source)
    found = articles.find_article(whole, number) if whole else None
    if whole is None or found is None:
        raise WrongUse(f"条例に「{number}」という条はありません。", f"the ordinance has no article {number!r}")
    return _detail(service, whole.title, found)


def _source(service: ServiceDep, source_id: str) -> Source:
    found = service.searcher.index.sources.get(source_id)
    if found is None:
        raise WrongUse(f"「{source_id}」という資料はありません。", f"no source {source_id!r}")
    return found


def _detail(service: ServiceDep, title: str, article: Article) -> ArticleDetail:
    return ArticleDetail(
        ordinance=title,
        label=articles.label_of(article),
        path=articles.path_of(article),
        article=article,
        chunk_ids=[chunk.id for chunk in articles.chunks_of(service.searcher.index, article)],
        replacements=articles.replacements(article),
    )
