"""What stands beside a draft: similar projects of the report, the divisions to talk to, the principles it shows."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from assistant.answers import Division, cite
from assistant.draft.writing import Writing
from assistant.drafts import Example, Principle, Section
from assistant.records import Chunk, DirectoryRecord
from assistant.search.divisions import rank_divisions
from assistant.search.scored import Scored
from assistant.search.searcher import Searcher
from assistant.text import one_line

_EXAMPLES = 3
_DIVISIONS = 3
_ABOUT = ("purpose", "method", "name", "unit")  # what says which projects are similar
_LONGEST = 300  # characters of the question to the index
_CONTRACT = 0.5  # beside a contract, a project under contract is the better example


def look_beside(writing: Writing) -> Writing:
    """Examples and divisions by what the project is about; nothing where nothing is told of it."""
    told = "。".join(writing.told(key) for key in _ABOUT if writing.told(key))[:_LONGEST]
    searcher = writing.searcher
    question = searcher.understand(told)
    if not (writing.told("purpose") or writing.told("method")) or not question.has_words:
        return writing
    scored = searcher.score(question, searcher.embed(question))
    ranked = rank_divisions(searcher, question, scored)[:_DIVISIONS]
    chunks = searcher.index.chunks([c.chunk_id for c in ranked])
    divisions = tuple(
        Division(organization=c.organization, division=c.division, score=c.confidence, project=c.project)
        for c in ranked
        if c.chunk_id in chunks
    )
    return replace(writing, examples=_examples(searcher, scored, writing.document == "contract"), divisions=divisions)


def _examples(searcher: Searcher, scored: Scored, contracts: bool) -> tuple[Example, ...]:
    def score(record: DirectoryRecord) -> float:
        of = [record.chunk_id, *(searcher.chunks_of(f"contract:{record.contract_no}") if record.contract_no else ())]
        return max(scored.of(i) for i in of) + (_CONTRACT if contracts and record.contract_no else 0.0)

    best = sorted(searcher.index.records.directory, key=score, reverse=True)[:_EXAMPLES]
    chunks = searcher.index.chunks([record.chunk_id for record in best])
    return tuple(_example(searcher, n, r, chunks[r.chunk_id]) for n, r in enumerate(best, 1) if r.chunk_id in chunks)


def _example(searcher: Searcher, n: int, record: DirectoryRecord, chunk: Chunk) -> Example:
    contract = next((c for c in searcher.index.records.contracts if c.number == record.contract_no), None)
    parts = [record.summary, *([f"{contract.form or ''} {contract.cost}".strip()] if contract else [])]
    return Example(
        title=f"{record.name}（{record.organization} {'・'.join(record.divisions)}）",
        summary=one_line("　".join(part for part in parts if part)),
        citation=cite(n, chunk, chunk.text),
    )


def check_principles(writing: Writing) -> Writing:
    """Which of the principles the draft shows: by the user's words, or else by a set sentence, and nothing against it."""
    codes = {finding.code.value for finding in writing.problems}
    found = tuple(_principle(writing, entry, codes) for entry in _principles())
    return replace(writing, principles=found)


def _principle(writing: Writing, entry: dict[str, Any], codes: set[str]) -> Principle:
    told = [writing.told(key) for key in entry["told"]]
    said = told[0] if told and all(told) else _said(writing.sections, entry["set"])
    shown = bool(said) and not codes & set(entry["against"])
    return Principle(
        name=entry["name"], basis=entry["basis"], shown=shown, quote=said if shown else "", advice=entry["advice"]
    )


def _said(sections: Sequence[Section], key: str) -> str:
    return next((line.text for s in sections if s.key == key for line in s.lines), "")


@cache
def _principles() -> list[dict[str, Any]]:
    text = resources.files("prompts").joinpath("draft", "principles.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["principles"]
    return found
