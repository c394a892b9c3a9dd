"""The words of a lexical index with their numbers, looked up in mapped files: as a dict they would be most of its memory,
in every process anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TOKENS, _NUMBERS = "tokens.npy", "numbers.npy"


@dataclass(frozen=True)
class Vocabulary:
    """Tokens (n) as UTF-8, sorted and of one width, and the number of each (n)."""

    tokens: NDArray[np.bytes_]
    numbers: NDArray[np.int32]

    @classmethod
    def of(cls, numbers: Mapping[str, int]) -> Vocabulary:
        tokens = np.array([token.encode("utf-8", "replace") for token in numbers], np.bytes_)
        order = np.argsort(tokens)
        return cls(tokens[order], np.fromiter(numbers.values(), np.int32, len(numbers))[order])

    def save(self, folder: Path) -> None:
        np.save(folder / _TOKENS, self.tokens, allow_pickle=False)
        np.save(folder / _NUMBERS, self.numbers, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Map both files; raises OSError or ValueError where one is missing, cut or not of the other."""
        tokens, numbers = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (_TOKENS, _NUMBERS))
        if tokens.dtype.kind != "S" or tokens.shape != numbers.shape:
            raise ValueError(f"{folder}: not tokens and their numbers")
        return cls(np.asarray(tokens), np.asarray(numbers))

    def of_all(self, tokens: Sequence[str]) -> list[int | None]:
        """The number of each token, None for one that is not here."""
        if not len(self.tokens) or not tokens:
            return [None] * len(tokens)
        wanted = [token.encode("utf-8", "replace") for token in tokens]
        # Cut to the width of the array, which would otherwise be copied to the width of the longest token.
        at = np.searchsorted(self.tokens, np.array(wanted, self.tokens.dtype))
        found = (min(int(place), len(self.tokens) - 1) for place in at)
        return [
            int(self.numbers[place]) if self.tokens[place] == token else None
            for place, token in zip(found, wanted, strict=True)
        ]

    def __contains__(self, token: str) -> bool:
        return self.of_all([token])[0] is not None
