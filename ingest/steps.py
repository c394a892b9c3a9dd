"""The pure steps of the pipeline, from the source list to chunks and records. Each returns the run with more in it."""

from __future__ import annotations

import hashlib
import json
import re
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import accumulate

from assistant.errors import BadInputFile, NoIndex
from assistant.index import FORMAT, read_card
from assistant.match.matcher import matcher_version
from assistant.readers import read_file, reader_for
from assistant.readers.result import Read
from assistant.records import Chunk, ExpectedQuestion, Records, Source
from assistant.search.unanswerable import load_unanswerable
from ingest import chunks as chunking
from ingest.clean import check_text, find_exclusions, find_pages
from ingest.document import Document, Facts, Page
from ingest.home import Home, corpus_dir, corpus_entries
from ingest.layout import load_layout
from ingest.pieces import make_pieces
from ingest.questions import expected_questions
from ingest.quotations import give_way, hand_over, still_asked
from ingest.run import Run
from ingest.structure.delegations import find_delegations
from ingest.structure.ordinance import looks_like_ordinance, split_ordinance
from ingest.structure.outline import check_marks, split_outline
from ingest.structure.report import Parsed, parse_report
from ingest.structure.tables import TableBlock, find_tables


def list_sources(run: Run) -> Run:
    """Which sources belong to the index, with the digests of their files; stops the run if nothing has changed."""
    sources = tuple(_digest(run, s) for s in run.home.kept())
    if not sources:
        raise NoIndex(
            "取り込む文書がありません。次のように文書を加えてください： kyodo ingest add ファイル",
            "there is nothing to ingest; add a document: kyodo ingest add FILE",
        )
    recipe = recipe_digest(run.home)
    card = read_card(run.settings)
    same = (
        card is not None
        and not run.rebuild
        and card.sources == source_identities(sources)
        and card.format == FORMAT
        and card.recipe == recipe
        and card.embedder == run.embedder.card
    )
    return replace(run, sources=sources, recipe=recipe, unchanged=same, card=card if same else None)


def _digest(run: Run, source: Source) -> Source:
    path = run.home.file_of(source)
    try:
        return source.model_copy(update={"sha256": hashlib.sha256(path.read_bytes()).hexdigest()})
    except OSError as error:
        raise BadInputFile(
            f"{source.title}（{source.id}）のファイル {path.name} が見つかりません。加え直すか kyodo ingest remove {source.id} で外してください。",
            f"the file of source {source.id} is missing; add it again or remove it",
        ) from error


def _identity(source: Source) -> str:
    """Digest of a source as the index shows it: its file and what the source list says of it."""
    return hashlib.sha256(source.model_dump_json().encode()).hexdigest()


def recipe_digest(home: Home) -> str:
    """Digest of how an index is made: the chunker's version, all layouts, expected and unanswerable questions."""
    digest = hashlib.sha256(f"chunker {chunking.VERSION} cap {chunking.CAP} {matcher_version()}".encode())
    for path in sorted(corpus_dir().iterdir()):
        if path.name.endswith((".toml", ".questions.txt")) and path.name != "sources.toml":
            digest.update(path.name.encode() + path.read_bytes())
    for path in sorted(home.questions_dir.glob("*.questions.txt")):
        digest.update(path.name.encode() + path.read_bytes())
    rules = [{key: entry.get(key) for key in ("id", "answers", "replaces")} for entry in corpus_entries()]
    digest.update(json.dumps(rules, ensure_ascii=False).encode())
    digest.update("\n".join(question.id + question.text for question in load_unanswerable()).encode())
    return digest.hexdigest()


def read_pages(run: Run) -> Run:
    """Each source's file as a document with pages."""
    documents, pages = [], 0
    run.progress.total(len(run.sources), "文書")
    for source in run.sources:
        path = run.home.file_of(source)
        began = time.perf_counter()
        reader = reader_for(path, source.reader)
        read = read_file(path, reader)
        facts = Facts(reader, Counter(p.method for p in read.pages), seconds=time.perf_counter() - began)
        known_as = source.original or path.name
        warnings = tuple(warning.replace(path.name, known_as, 1) for warning in read.warnings)
        layout = load_layout(corpus_dir() / f"{source.version_of or source.id}.toml")
        documents.append(Document(source, _marked(read), layout, _page_positions(read), warnings=warnings, facts=facts))
        pages += len(read.pages)
        for warning in warnings:
            run.progress.warn(warning)
        run.progress.figures(documents=len(documents), pages=pages)
        run.progress.advance(1)
    warnings = tuple(w for d in documents for w in d.warnings)
    return replace(run, documents=tuple(documents), warnings=run.warnings + warnings)


def _marked(read: Read) -> str:
    """The text with # before each heading that only a style shows, as Markdown has it: sections begin there."""
    text = read.text
    for heading in reversed(read.headings):
        text = f"{text[: heading.start]}{'#' * heading.level} {text[heading.start :]}"
    return text


def _page_positions(read: Read) -> tuple[Page, ...]:
    """The pages with labels, in the text with its marks."""
    starts = [heading.start for heading in read.headings]
    shifts = [0, *accumulate(heading.level + 1 for heading in read.headings)]
    pages, position = [], 0
    for page in read.pages:
        end = position + len(page.text) + 1
        if page.label:
            begins, ends = (place + shifts[bisect_left(starts, place)] for place in (position, end))
            pages.append(Page(page.label, begins, ends))
        position = end
    return tuple(pages)


def clean_text(run: Run) -> Run:
    """Mark what stays out of every chunk, with reasons, and the pages that a layout knows."""
    documents = []
    for document in run.documents:
        check_marks(document)
        pages = find_pages(document) or document.pages
        cleaned = replace(document, exclusions=find_exclusions(document), pages=pages)
        check_text(cleaned)
        documents.append(cleaned)
    return replace(run, documents=tuple(documents))


def split_sections(run: Run) -> Run:
    """Each document cut by the structure it has."""
    parsed = [_parse(document) for document in run.documents]
    for document, found in zip(run.documents, parsed, strict=True):
        if document.source.version_of:  # kept to be cited, not to be found
            found.sections = [replace(section, searchable=False) for section in found.sections]
    return replace(run, parsed=tuple(parsed))


def _parse(document: Document) -> Parsed:
    structure, title = document.source.structure, document.source.title
    if structure == "auto":
        structure = "ordinance" if looks_like_ordinance(document.text) else "outline"
    if structure == "report":
        return parse_report(document)
    if structure == "ordinance":
        sections, ordinance = split_ordinance(document, 0, len(document.text), title=title, where="")
        pages = [replace(s, page=document.page_at(s.start)) for s in sections]
        return Parsed(pages, ordinances=[ordinance])
    lead = document.source.short or title
    return Parsed(split_outline(document, 0, len(document.text), title=title, lead=lead))


def build_records(run: Run) -> Run:
    """Tables of all sections, and everything the structures found, as one set of records."""
    all_blocks: list[dict[str, list[TableBlock]]] = []
    for document, parsed in zip(run.documents, run.parsed, strict=True):
        used: dict[str, int] = {}
        found = {s.key: find_tables(document, s, used) for s in parsed.sections}
        all_blocks.append({key: blocks for key, blocks in found.items() if blocks})
    blocks = tuple(all_blocks)
    current = [n for n, document in enumerate(run.documents) if not document.source.version_of]
    others = [n for n in range(len(run.documents)) if n not in current]
    records = Records(
        directory=tuple(r for n in current for r in run.parsed[n].directory),
        contracts=tuple(r for n in current for r in run.parsed[n].contracts),
        tables=tuple(b.record for n in current for found in blocks[n].values() for b in found),
        ordinances=tuple(r for n in current for r in run.parsed[n].ordinances),
        versions=tuple(r for n in others for r in run.parsed[n].ordinances),
    )
    return replace(run, records=records, blocks=blocks)


def build_chunks(run: Run) -> Run:
    """Chunks of all documents, and the directory's records joined to the chunk that proves each."""
    made: list[Chunk] = []
    for document, parsed, blocks in zip(run.documents, run.parsed, run.blocks, strict=True):
        made += chunking.make_chunks(document, parsed.sections, blocks)
        run.progress.figures(chunks=len(made))
    of_record: dict[str, list[str]] = defaultdict(list)
    for chunk in made:
        of_record[chunk.record].append(chunk.id)
    directory = tuple(
        r.model_copy(update={"chunk_id": of_record[f"directory:{r.id}"][0]}) for r in run.records.directory
    )
    made, replaced = give_way(made)
    found = {"directory": directory, "replaced": replaced, **find_delegations(run.records.ordinances, made)}
    return replace(run, chunks=tuple(made), records=run.records.model_copy(update=found))


def cut_pieces(run: Run) -> Run:
    """What of each chunk can be quoted by itself."""
    return replace(run, pieces=tuple(make_pieces(run.chunks, run.records)))


def add_questions(run: Run) -> Run:
    """The expected questions of every source, joined to its chunks, and the questions that no source answers."""
    found: list[ExpectedQuestion] = []
    own: dict[str, list[Chunk]] = defaultdict(list)
    for chunk in run.chunks:
        own[chunk.source_id].append(chunk)
    for source in run.sources:
        name = f"{source.id}.questions.txt"
        mine = still_asked(own[source.id], run.records.replaced)
        found += expected_questions(source.id, corpus_dir() / name, run.home.questions_dir / name, mine)
    found = hand_over(found, run.chunks, run.records.replaced)
    return replace(run, questions=tuple(found), unanswerable=_unanswerable(run.sources))


def _unanswerable(sources: tuple[Source, ...]) -> tuple[ExpectedQuestion, ...]:
    """The questions that no source answers; those about an expected source are none any more once it is here."""
    here = {source.id for source in sources}
    answered = [re.compile(e["answers"]) for e in corpus_entries() if e["id"] in here and "answers" in e]
    return tuple(q for q in load_unanswerable() if not any(pattern.search(q.text) for pattern in answered))


def source_identities(sources: tuple[Source, ...]) -> dict[str, str]:
    """Source id → digest, as the index card keeps it."""
    return {s.id: _identity(s) for s in sources}
