"""What does a clause tell? A linear classifier over its features, fitted to examples written for it (examples/*.tsv).

Words alone decide where they are sure; where they are not, the vector of the clause is asked too (it costs 10–30 ms).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.clauses.features import features
from assistant.embeddings import Embedder, Vectors

ITEM_LABELS = ("purpose", "method", "roles", "cost", "liability")
LABELS = (
    *ITEM_LABELS,
    *("period", "party", "background", "request", "deferred", "effort", "payment", "secrecy", "evaluation"),
    *("disclosure", "own_project", "termination", "approval"),
)
FINDING_LABELS = (
    *("S5_1", "S5_2", "S5_3", "S5_4", "INVENT_REQUEST", "EMBEDDED_INSTRUCTION", "S8_1_UNEQUAL", "S8_5_AUTONOMY"),
    *("S8_3_NONDISCLOSURE", "S11_SELF_BAN", "S13_ENDS", "S15_ONE_SIDED", "S15_NOT_PUBLISHED", "published"),
)
ALL_LABELS = (*LABELS, *FINDING_LABELS)
FINDINGS_FILE = "findings.tsv"  # its examples are labelled for findings, and only for these matters:
BOTH_FILES = ("secrecy", "evaluation", "disclosure", "own_project")
_SAME = {"undecided": "deferred"}  # labels of examples that mean one thing
_FOLDER = resources.files("assistant.clauses")
EXAMPLES = _FOLDER.joinpath("examples")
WEIGHTS = _FOLDER.joinpath("weights.npz")
_VECTOR_SCALE = 6.0  # vectors of e5 lie close together; scaled to weigh as much as the words
_UNSURE = 1.0  # a label's score nearer to 0 than this asks for the vector
_SUSPECT = 2.0  # so far below 0 a finding is still possible
Scores = dict[str, float]


@dataclass(frozen=True)
class Example:
    """`known`: the labels that this example says yes or no to."""

    text: str
    labels: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True)
class Weights:
    """`words`: feature → column; the arrays are labels × columns, `vector` labels × 384."""

    words: dict[str, int]
    plain: NDArray[np.float32]
    plain_bias: NDArray[np.float32]
    mixed: NDArray[np.float32]
    vector: NDArray[np.float32]
    mixed_bias: NDArray[np.float32]
    fingerprint: str


def read_examples() -> list[Example]:
    """All examples: `label,label<TAB>text`, lines with # are comments."""
    found = []
    for file in sorted(EXAMPLES.iterdir(), key=lambda f: f.name):
        known = frozenset((*FINDING_LABELS, *BOTH_FILES) if file.name == FINDINGS_FILE else ALL_LABELS)
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                told, text = line.split("\t", 1)
                found.append(Example(text, frozenset(_SAME.get(label, label) for label in told.split(",")), known))
    return found


def fingerprint() -> str:
    """Digest of all that the weights were fitted to: examples, marks, features."""
    digest = hashlib.sha256()
    for name in ("marks.toml", "features.py"):
        digest.update(_FOLDER.joinpath(name).read_bytes())
    for file in sorted(EXAMPLES.iterdir(), key=lambda f: f.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def scaled(vector: Vectors) -> Vectors:
    return np.asarray(vector * _VECTOR_SCALE, np.float32)


@cache
def weights() -> Weights:
    with resources.as_file(WEIGHTS) as path, np.load(path) as saved:
        arrays: dict[str, Any] = {name: saved[name] for name in saved.files}
    names = ("plain", "plain_bias", "mixed", "vector", "mixed_bias")
    return Weights(
        words={str(word): column for column, word in enumerate(arrays["words"])},
        fingerprint=str(arrays["fingerprint"]),
        **{name: np.asarray(arrays[name], np.float32) for name in names},
    )


def classify(
    texts: Sequence[str], embedder: Embedder | None = None, *, most: int = 8, suspects: int = 4
) -> list[Scores]:
    """Label → score of each text; above 0 the label holds. Embedded are at most `most` texts of which an item is least
    sure, and `suspects` that come nearest to a finding."""
    known = weights()
    columns = [[known.words[f] for f in features(text) if f in known.words] for text in texts]
    found = [known.plain[:, cols].sum(axis=1) + known.plain_bias for cols in columns]
    for i in {*_unsure(found)[:most], *_suspects(found)[:suspects]} if embedder else ():
        assert embedder is not None
        vector = scaled(embedder.query(texts[i]))
        found[i] = known.mixed[:, columns[i]].sum(axis=1) + known.vector @ vector + known.mixed_bias
    return [dict(zip(ALL_LABELS, map(float, scores), strict=True)) for scores in found]


def _unsure(found: Sequence[NDArray[np.float32]]) -> list[int]:
    """The texts of which an item's score is near 0, the nearest first."""
    nearest = [(float(np.abs(scores[: len(ITEM_LABELS)]).min()), i) for i, scores in enumerate(found)]
    return [i for distance, i in sorted(nearest) if distance < _UNSURE]


def _suspects(found: Sequence[NDArray[np.float32]]) -> list[int]:
    """The texts with the highest scores for a finding, as far as words alone do not rule it out."""
    highest = [(float(scores[len(LABELS) :].max()), i) for i, scores in enumerate(found)]
    return [i for score, i in sorted(highest, reverse=True) if score > -_SUSPECT]
