"""The search that compares all vectors: the true neighbours in one order, in every process, from files that can be lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant import store as stores
from assistant.embeddings import Vectors
from assistant.exact import Exact
from assistant.index import Index, open_index
from ingest.run import Run

ROOT = Path(__file__).parent.parent.parent


def _units(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_the_nearest_are_the_true_ones_nearest_first() -> None:
    vectors = _units(300)
    ids = [f"c{n:03}" for n in range(300)]
    question = _units(1, seed=7)[0]
    found = Exact.of(ids, vectors).nearest(question, 20)
    cosines = vectors.astype(np.float64) @ question
    assert list(found) == [ids[i] for i in np.argsort(-cosines)[:20]]
    assert list(found.values()) == pytest.approx(np.sort(cosines)[::-1][:20].tolist(), abs=1e-6)


@pytest.mark.parametrize("limit", [0, 1, 3, 4, 9])
def test_equal_cosines_come_in_the_order_of_their_ids_however_they_were_added(limit: int) -> None:
    one, other = _units(2)
    same = np.stack([one, other, one, one])
    nearest = Exact.of(["質問2", "z", "質問10", "質問1"], same).nearest(one, limit)
    assert list(nearest) == ["質問1", "質問10", "質問2", "z"][:limit]


def test_what_is_saved_is_mapped_and_equal(tmp_path: Path) -> None:
    exact = Exact.of(["b", "a"], _units(2))
    exact.save(tmp_path, "chunks")
    again = Exact.load(tmp_path, "chunks")
    assert again.ids.tolist() == [b"a", b"b"]
    assert np.array_equal(again.vectors, exact.vectors)
    assert isinstance(again.vectors.base, np.memmap), "pages of the file, which processes share"
    assert not list(tmp_path.glob("*.part"))


def test_two_processes_find_the_same_as_a_comparison_of_all(index: Index, built: Run) -> None:
    """The expected questions are many enough for Chroma's graph to miss some of the nearest."""
    assert built.question_vectors is not None and index.questions is not None
    asked = built.question_vectors[::800]
    script = (
        "import json, sys; from pathlib import Path; import numpy as np; from assistant.exact import Exact\n"
        "exact = Exact.load(Path(sys.argv[1]), 'questions')\n"
        "print(json.dumps([list(exact.nearest(np.array(v, np.float32), 150).items()) for v in json.load(sys.stdin)]))"
    )
    command = [sys.executable, "-c", script, str(index.folder / "vectors")]
    told = subprocess.run(
        command, input=json.dumps(asked.tolist()), text=True, cwd=ROOT, capture_output=True, check=True
    )
    ours = [list(index.questions.nearest(vector, 150).items()) for vector in asked]
    assert [[tuple(pair) for pair in found] for found in json.loads(told.stdout)] == ours
    for vector, found in zip(asked, ours, strict=True):
        least = found[-1][1]
        better = int(np.sum(built.question_vectors.astype(np.float64) @ vector > least + 1e-6))
        assert better < 150, "nothing nearer was left out"


@pytest.mark.parametrize("damage", ["missing", "cut", "of other chunks"])
def test_a_file_that_is_no_good_is_made_again_from_the_collection(small: Run, damage: str) -> None:
    index = open_index(small.settings, small.embedder)
    question = small.embedder.query("水やり")
    before = index.store.nearest(question, 5)
    assert len(before) == 2
    folder = index.folder / "vectors"
    if damage == "missing":
        (folder / "chunks.npy").unlink()
    elif damage == "cut":
        (folder / "chunks.npy").write_bytes((folder / "chunks.npy").read_bytes()[:-8])
    else:
        Exact.of(["x"], _units(1)).save(folder, "chunks")
    for _ in range(2):  # made again, then read again
        again = open_index(small.settings, small.embedder).store.nearest(question, 5)
        assert list(again) == list(before)
        assert again == pytest.approx(before, abs=1e-6)  # Chroma scales vectors to unit length itself
    assert len(Exact.load(folder, "chunks").ids) == 2


def test_beyond_the_limit_chroma_searches(small: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    question = small.embedder.query("水やり")
    before = open_index(small.settings, small.embedder).store.nearest(question, 5)
    monkeypatch.setattr(stores, "LIMIT", 1)
    monkeypatch.setattr(Exact, "nearest", None)
    after = open_index(small.settings, small.embedder).store.nearest(question, 5)
    assert after == pytest.approx(before, abs=1e-5)
    assert list(after) == list(before)
