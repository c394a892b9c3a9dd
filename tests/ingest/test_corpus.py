"""The built-in documents: unchanged, described, and every character of them accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.records import Source
from assistant.text import compact
from ingest.home import Home, builtin_sources, corpus_dir
from ingest.layout import load_layout
from ingest.run import Run

# Digests of the client's files as they were handed over.
DIGESTS = {
    "isogo-agreement": "a8a2aaadb7e39200133899571c77658fa94d91edc704efb85e936f00a0818902",
    "approach-support": "c43816c934952151f0d2b460f42fcda34368a19a1dbfa232aa08f4d5f7c341e2",
    "kawasaki-cases": "9e679b9ab8a54774568cd637ddf6412c350635f83421c9911fd9ec2aac9a4de0",
    "tsurumi-plan": "00a3de6f6b5f3192fe90bda2dbe6ca62fe80e8aad9259a8bf34bd2d4a55423de",
    "yokohama-report-r2": "4ca7a242ab6d2a3c0808776425e101c57c1fe07722acf25fd8ad3e0f17265914",
}
PRESENT = [s for s in builtin_sources() if not s.expected]


def test_the_source_list_names_five_documents_and_four_expected_ones() -> None:
    expected = [s.id for s in builtin_sources() if s.expected]
    assert [s.id for s in PRESENT] == list(DIGESTS)
    assert expected == ["ampersand", "kyodo-nyumon", "kyodo-kisoku", "kaishaku-tebiki"]
    assert all("kyodo ingest add" in s.advice for s in builtin_sources() if s.expected)
    assert [s.id for s in PRESENT if s.municipality == "川崎市"] == ["kawasaki-cases"]


@pytest.mark.parametrize("source", PRESENT, ids=lambda s: s.id)
def test_documents_are_unchanged(source: Source) -> None:
    data = (corpus_dir() / source.file).read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGESTS[source.id]


@pytest.mark.parametrize("source_id", DIGESTS)
def test_every_character_lies_in_one_chunk_or_on_the_exclusion_list(built: Run, source_id: str) -> None:
    document = next(d for d in built.documents if d.source.id == source_id)
    times = Counter(i for c in built.chunks if c.source_id == source_id for a, b in c.spans for i in range(a, b))
    times.update(i for cut in document.exclusions for i in range(cut.start, cut.end))
    wrong = [i for i, char in enumerate(document.text) if not char.isspace() and times[i] != 1]
    assert wrong == []
    assert all(cut.reason for cut in document.exclusions)


def test_chunks_are_verbatim_and_named(built: Run) -> None:
    texts = {d.source.id: d.text for d in built.documents}
    for chunk in built.chunks:
        assert "".join(texts[chunk.source_id][a:b] for a, b in chunk.spans).strip("\n") == chunk.text
        assert chunk.locator and chunk.context and chunk.title
    assert len({c.id for c in built.chunks}) == len(built.chunks)


def test_no_chunk_crosses_an_article_or_a_project(built: Run) -> None:
    for document, parsed in zip(built.documents, built.parsed, strict=True):
        sections = [(s.start, s.end) for s in parsed.sections]
        assert sections[0][0] == 0
        assert sections[-1][1] == len(document.text)
        assert all(a[1] == b[0] for a, b in pairwise(sections)), "sections must tile"
        for chunk in built.chunks:
            if chunk.source_id == document.source.id:
                inside = [s for s in sections if s[0] <= chunk.spans[0][0] and chunk.spans[-1][1] <= s[1]]
                assert len(inside) == 1, chunk.locator


def test_chunks_are_of_a_size_to_be_read(built: Run) -> None:
    lengths = [len(c.text) for c in built.chunks if c.searchable]
    assert 100 <= sum(lengths) / len(lengths) <= 300
    assert max(lengths) <= 700


def test_the_same_input_gives_the_same_index(built: Run, pure: Run) -> None:
    assert pure.chunks == built.chunks
    assert pure.records == built.records
    assert pure.pieces == built.pieces


def test_ids_stay_when_an_unrelated_part_changes(built: Run, tmp_path: Path) -> None:
    """A new line in the preamble of the report's cover letter renames no article, project or entry."""
    from dataclasses import replace

    from ingest.clean import find_exclusions, find_pages
    from ingest.document import Document
    from ingest.steps import build_chunks, build_records, split_sections

    document = next(d for d in built.documents if d.source.id == "yokohama-report-r2")
    text = document.text.replace("市市協第566号", "市市協第566号\n（写し）", 1)
    changed = Document(document.source, text, document.layout)
    changed = replace(changed, exclusions=find_exclusions(changed), pages=find_pages(changed))
    run = replace(built, documents=(changed,), records=type(built.records)(), chunks=())
    run = build_chunks(build_records(split_sections(run)))
    before = {c.id for c in built.chunks if c.source_id == document.source.id}
    assert len(before - {c.id for c in run.chunks}) == 1


def test_the_invented_flyer_and_the_wrong_figure_are_in_no_chunk(built: Run) -> None:
    everything = "\n".join(c.text + c.search_text for c in built.chunks)
    assert "2月17日(土)" not in everything
    assert "助成金額＝最大 20万円" not in everything
    assert "助成金額＝最大 30万円" in everything
    reasons = [c.reason for d in built.documents for c in d.exclusions]
    assert any("ちらし" in r and "水曜日" in r for r in reasons)
    assert any("100万円" in r for r in reasons)


@pytest.mark.parametrize("source_id", DIGESTS)
def test_aliases_stand_in_the_text_and_reach_the_search(built: Run, source_id: str) -> None:
    layout = load_layout(corpus_dir() / f"{source_id}.toml")
    own = [c for c in built.chunks if c.source_id == source_id]
    for alias in layout.aliases:
        holders = [c for c in own if compact(alias.text) in compact(c.text)]
        assert holders, alias.text
        assert all(alias.means.split()[0] in c.search_text for c in holders)
        assert alias.reason


def test_quoted_articles_are_known_as_repetitions(built: Run) -> None:
    quoted = {c.duplicate_of for c in built.chunks if c.kind == "quotation"}
    assert quoted == {"第2条", "第6条", "第12条", "第17条", "第20条"}
    assert not any(c.searchable for c in built.chunks if c.kind in ("quotation", "listing"))


def test_repeated_headings_carry_project_and_division(built: Run) -> None:
    parts = [c for c in built.chunks if c.kind == "project" and c.text.startswith("2 事業費")]
    assert len(parts) >= 25
    assert all("〔" in c.context and "課" in c.context for c in parts)


def test_the_home_lists_builtin_and_added_sources(home: Home) -> None:
    assert [s.id for s in home.sources()] == [s.id for s in builtin_sources()]
