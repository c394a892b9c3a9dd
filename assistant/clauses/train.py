"""Fits the classifier's weights to the examples; run by hand (`make clauses`) when examples, marks or features change.

Logistic regression, one label against the rest, through scikit-learn, which only this needs (extra `train`). Two sets
of weights: over words and marks alone, and with the sentence's vector added (5-fold F1 of both: docs/decisions/0007).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.clauses.classifier import ALL_LABELS, WEIGHTS, Example, fingerprint, read_examples, scaled
from assistant.clauses.features import features
from assistant.embeddings import E5, Embedder

_LEAST = 2  # examples in which a feature must stand
_INVERSE_PENALTY = 3.0


def fit(examples: list[Example], embedder: Embedder) -> dict[str, np.ndarray[Any, Any]]:
    """Weights as they are saved: `words`, `plain` (labels × words), `mixed` (labels × words), `vector` (labels × 384)."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = [dict.fromkeys(features(e.text), 1) for e in examples]
    matrix = DictVectorizer(dtype=np.float32)
    counted = matrix.fit_transform(seen)
    kept = np.flatnonzero(np.asarray((counted > 0).sum(axis=0)).ravel() >= _LEAST)
    words = csr_matrix(counted[:, kept])
    vectors = np.vstack([scaled(embedder.query(e.text)) for e in examples])
    mixed = hstack([words, csr_matrix(vectors)]).tocsr()
    found: dict[str, list[Any]] = {"plain": [], "mixed": []}
    for label in ALL_LABELS:
        asked = np.flatnonzero([label in e.known for e in examples])
        told = np.array([label in examples[i].labels for i in asked])
        for name, data in (("plain", words), ("mixed", mixed)):
            model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=1000, class_weight="balanced")
            model.fit(data[asked], told)
            found[name].append(np.append(model.coef_[0], model.intercept_[0]))
    plain, both, n = np.array(found["plain"]), np.array(found["mixed"]), len(kept)
    return {
        "words": np.array(matrix.get_feature_names_out()[kept], dtype=str),
        "plain": plain[:, :n].astype(np.float16),
        "plain_bias": plain[:, n].astype(np.float32),
        "mixed": both[:, :n].astype(np.float16),
        "vector": both[:, n:-1].astype(np.float16),
        "mixed_bias": both[:, -1].astype(np.float32),
        "fingerprint": np.array(fingerprint()),
    }


def main() -> None:
    """Read the examples, fit, save beside them."""
    examples = read_examples()
    saved: dict[str, Any] = fit(examples, E5())
    np.savez_compressed(Path(str(WEIGHTS)), **saved)
    sys.stderr.write(f"{len(examples)} examples, {len(ALL_LABELS)} labels\n")


if __name__ == "__main__":
    main()
