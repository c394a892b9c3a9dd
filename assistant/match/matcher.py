"""Does a piece answer a question? A small network over the encoder's states of both, learned from written pairs.

One vector a text tells that a piece is about the same matter; whether it holds what is asked shows only between the
words. Each word of the question looks for its counterpart in the piece (attention; Parikh et al., 2016, A Decomposable
Attention Model, arXiv 1606.01933), the pairs are compared and read in the order of the question (one encoder layer, Vaswani
et al., 2017, arXiv 1706.03762). The states of pieces are made at ingest, so that a question costs one pass of the encoder
as before. Trained by assistant/match/train.py; figures in docs/decisions/0010.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.embeddings import States

Floats = NDArray[np.float32]
Marks = NDArray[np.int8]  # (tokens, 96): a piece's tokens as the matcher keeps them

WEIGHTS = "weights.npz"
LONGEST = 128  # tokens of a piece that are kept: its heading and some 200 characters
LONGEST_QUESTION = 64  # tokens of a question
_HEADS = 4
# Steps of a mark on either side of 0: with 127 not one of 1,200 answers was another, and the file half as large again.
_STEPS = 15


class Matcher:
    """The network with its weights. Safe between threads: nothing changes after it is made."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._w = weights

    @property
    def size(self) -> int:
        """How many numbers a token's marks are."""
        return len(self._w["scale"])

    def marks(self, states: States) -> Marks:
        """The states of a piece, as they are kept in the index."""
        projected = self._norm("pn", self._linear("p", states[:LONGEST]))
        return np.asarray(np.clip(np.rint(projected / self._w["scale"] * _STEPS), -_STEPS, _STEPS), np.int8)

    def scores(self, states: States, pieces: Sequence[Marks]) -> Floats:
        """Log odds that each piece answers the question of these states, against "none does"; shape (pieces,)."""
        if not pieces:
            return np.empty(0, np.float32)
        asked = self._norm("qn", self._linear("q", states[:LONGEST_QUESTION]))
        compared = self._compared(asked, pieces)
        read = self._read(compared)
        weights = _softmax(self._linear("pool", read)[..., 0])
        both = np.concatenate([np.einsum("cn,cnd->cd", weights, read), read.mean(1)], -1, dtype=np.float32)
        answer: Floats = self._linear("o2", _gelu(self._linear("o1", both)))[:, 0] - self._w["null"][0]
        return answer

    def _compared(self, asked: Floats, pieces: Sequence[Marks]) -> Floats:
        """Each token of the question beside what it finds in each piece: (pieces, tokens, d)."""
        kept = np.asarray(np.concatenate(pieces) * (self._w["scale"] / _STEPS), np.float32)
        looks, keys, values = (
            _by_head(self._linear(name, x)) for name, x in (("aq", asked), ("ak", kept), ("av", kept))
        )
        rows: list[Floats] = []
        start = 0
        for piece in pieces:
            end = start + len(piece)
            found = looks @ keys[:, start:end].transpose(0, 2, 1) / np.float32(looks.shape[-1] ** 0.5)  # (heads, n, m)
            best, shares = found.max(-1), np.exp(found - found.max(-1, keepdims=True))
            total = shares.sum(-1)
            seen = (shares / total[..., None]) @ values[:, start:end]
            seen = seen.transpose(1, 0, 2).reshape(asked.shape)
            spread = (best + np.log(total)) / 4
            rows.append(
                np.concatenate(
                    [asked, seen, asked * seen, np.abs(asked - seen), best.T, spread.T], -1, dtype=np.float32
                )
            )
            start = end
        return self._norm("mn", self._linear("m2", _gelu(self._linear("m1", np.stack(rows)))))

    def _read(self, x: Floats) -> Floats:
        """The comparisons of one piece, seen together: an encoder layer over (pieces, tokens, d)."""
        pieces, tokens, size = x.shape
        parts = self._linear("enc.self_attn.in_proj", self._norm("enc.norm1", x))
        q, k, v = (part.reshape(pieces, tokens, _HEADS, -1).transpose(0, 2, 1, 3) for part in np.split(parts, 3, -1))
        shares = _softmax(q @ k.transpose(0, 1, 3, 2) / np.float32((size // _HEADS) ** 0.5))
        seen = (shares @ v).transpose(0, 2, 1, 3).reshape(x.shape)
        x = x + self._linear("enc.self_attn.out_proj", seen)
        inner = _gelu(self._linear("enc.linear1", self._norm("enc.norm2", x)))
        read: Floats = x + self._linear("enc.linear2", inner)
        return read

    def _linear(self, name: str, x: Floats) -> Floats:
        weights = self._w[f"{name}.weight"]
        product: Floats = x.reshape(-1, len(weights)) @ weights  # one large product is much faster than many small ones
        product += self._w[f"{name}.bias"]
        return product.reshape(*x.shape[:-1], -1)

    def _norm(self, name: str, x: Floats) -> Floats:
        mean = x.mean(-1, keepdims=True)
        spread = np.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + np.float32(1e-5))
        normal: Floats = (x - mean) / spread * self._w[f"{name}.weight"] + self._w[f"{name}.bias"]
        return normal


@lru_cache(maxsize=1)
def open_matcher() -> Matcher:
    """The matcher with the weights that ship with the project."""
    with np.load(io.BytesIO(_weights())) as data:
        return Matcher({name: data[name].astype(np.float32) for name in data.files})


@lru_cache(maxsize=1)
def matcher_version() -> str:
    """Digest of the weights: marks that other weights made are of no use to these."""
    return hashlib.sha256(_weights()).hexdigest()[:16]


def _weights() -> bytes:
    return resources.files("assistant.match").joinpath(WEIGHTS).read_bytes()


def _by_head(x: Floats) -> Floats:
    """(tokens, d) → (heads, tokens, d / heads)."""
    return np.ascontiguousarray(x.reshape(len(x), _HEADS, -1).transpose(1, 0, 2))


def _softmax(x: Floats) -> Floats:
    shares = np.exp(x - x.max(-1, keepdims=True))
    softened: Floats = shares / shares.sum(-1, keepdims=True)
    return softened


def _gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel, 2016, arXiv 1606.08415, with the tangent."""
    curve: Floats = (
        np.float32(0.5) * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    )
    return curve
