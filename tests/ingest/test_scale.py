"""The bench of growth: its ordinances, its processes, and that docs/scale.md shows what was measured."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import kyodo
from assistant.errors import WrongUse
from assistant.settings import Settings
from ingest.home import Home
from ingest.pipeline import STEPS, run_steps
from ingest.run import Run
from ingest.scale.drawn import Drawn
from ingest.scale.one_size import build, search, write_sources
from ingest.scale.ordinances import CHUNKS, ordinance
from ingest.scale.plot import plot
from ingest.scale.report import in_markdown, sizes_of

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    chance = np.random.default_rng(0)
    sample = chance.normal(size=(2, 20, 384)).astype(np.float32)
    sample /= np.linalg.norm(sample, axis=2, keepdims=True)
    return Drawn(sample[0], sample[1])


def test_the_same_number_gives_the_same_ordinance_and_another_one_another() -> None:
    assert ordinance(3) == ordinance(3)
    texts = [ordinance(number).text for number in range(200)]
    assert len(set(texts)) == 200
    assert not any("{" in text or "}" in text for text in texts), "a slot was left open"


def test_the_pipeline_reads_them_as_ordinances(home: Home, drawn: Drawn) -> None:
    write_sources(home, 2 * CHUNKS - 1)
    run = run_steps(Run(Settings(home=home.path), home, drawn), STEPS[:8])
    assert len(run.documents) == len(run.records.ordinances) == 2
    assert len(run.chunks) == 2 * CHUNKS
    assert all(len(law.articles) == CHUNKS - 1 for law in run.records.ordinances)
    assert len(run.questions) == 2 * (CHUNKS - 1), "every question found the article it asks for"


def test_drawn_vectors_are_the_same_every_time_near_the_sample_and_of_unit_length(drawn: Drawn) -> None:
    texts = [f"文{number}" for number in range(50)]
    vectors = drawn.passages(texts)
    assert np.array_equal(vectors, drawn.passages(texts))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    nearest = (vectors @ drawn.of_passages.T).max(axis=1)
    assert nearest.min() > 0.85 and nearest.max() < 0.96
    assert not np.array_equal(drawn.query("文1"), vectors[1])


def test_one_size_from_sources_to_figures(home: Home, drawn: Drawn) -> None:
    built = build(home.path, drawn, 100)
    assert built["chunks"] == 104
    assert set(built["seconds"]) == {step.__name__ for step in STEPS}
    assert set(built["publish"]) == {"store", "build_lexical", "build_examples"}
    assert built["disk"]["chroma"] > 0 and built["disk"]["lexical"] > 0
    found = search(home.path, drawn, 100)
    assert 0 < found["p50_ms"] <= found["p95_ms"]
    assert found["dense"]["graph_misses"] < 0.5
    one = {"wanted": 100, "build": built, "search": found}
    embedder = {"engine": "x", "texts_s": 10.0, "characters": 50.0, "question_ms": 10.0}
    report = {"machine": {"cores": 1, "system": "x", "python": "x"}, "embedder": embedder, "sizes": [one]}
    assert "104" in in_markdown(report)
    ET.fromstring(plot(report))


@pytest.mark.parametrize("text", ["", "abc", "1000,x", "50", "-1"])
def test_sizes_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="--sizes"):
        sizes_of(text)


def test_sizes_come_in_their_order() -> None:
    assert sizes_of("10_000,1000") == [1000, 10000]


def test_the_document_shows_the_figures_of_its_record() -> None:
    """docs/scale.md and docs/scale.svg are what `kyodo eval scale --from docs/scale.json --write docs` writes."""
    report = json.loads((DOCS / "scale.json").read_text("utf-8"))
    text = (DOCS / "scale.md").read_text("utf-8")
    assert in_markdown(report) in text
    assert (DOCS / "scale.svg").read_text("utf-8") == plot(report)
    done = CliRunner().invoke(kyodo.app, ["eval", "scale", "--from", str(DOCS / "scale.json")])
    assert done.exit_code == 0
    assert "100,000" in done.output


def test_a_file_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}", "utf-8")
    done = CliRunner().invoke(kyodo.app, ["eval", "scale", "--from", str(path)])
    assert done.exit_code != 0
