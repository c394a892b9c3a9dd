"""What a finished run did, source by source: for the terminal in words, for machines as one record."""

from __future__ import annotations

from collections import Counter

from pydantic import BaseModel, ConfigDict

from ingest.document import Document
from ingest.run import Run


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class SourceReport(_Part):
    """`pages` counts what the reader gave; of these `garbled` were read a second way because their characters made no sense,
    `ocr` by recognising a picture. `skipped`: pages of which nothing could be read."""

    id: str
    title: str
    reader: str
    pages: int
    characters: int
    chunks: int
    garbled: int
    ocr: int
    skipped: int
    warnings: tuple[str, ...]
    seconds: float


class IngestReport(_Part):
    """`seconds` are those of each step, over all sources; `embedded` counts the vectors that were not known before."""

    unchanged: bool
    sources: tuple[SourceReport, ...]
    documents: int
    chunks: int
    directory: int
    contracts: int
    tables: int
    questions: int
    embedded: int
    warnings: tuple[str, ...]
    seconds: dict[str, float]


def report_of(run: Run) -> IngestReport:
    """The report of a run that has ended."""
    chunks = Counter(chunk.source_id for chunk in run.chunks)
    return IngestReport(
        unchanged=run.unchanged,
        sources=tuple(_source(document, chunks[document.source.id]) for document in run.documents),
        documents=len(run.sources),
        chunks=run.card.chunks if run.card else 0,
        directory=len(run.records.directory),
        contracts=len(run.records.contracts),
        tables=len(run.records.tables),
        questions=len(run.questions),
        embedded=run.embedded,
        warnings=run.warnings,
        seconds=run.seconds,
    )


def _source(document: Document, chunks: int) -> SourceReport:
    facts = document.facts
    return SourceReport(
        id=document.source.id,
        title=document.source.title,
        reader=facts.reader,
        pages=sum(facts.methods.values()),
        characters=len(document.text),
        chunks=chunks,
        garbled=facts.methods.get("pdfium", 0) + facts.methods.get("ocr", 0),
        ocr=facts.methods.get("ocr", 0),
        skipped=facts.skipped,
        warnings=document.warnings,
        seconds=round(facts.seconds, 3),
    )
