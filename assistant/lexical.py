"""The lexical index: bm25s over words and character pairs of two texts, rows in one fixed order of chunk ids.

Scores are divided by the best a question could reach, 4·Σ/((k1+1)·Σidf) with unknown words counted as rarest, so that
a score says how much of the question a chunk covers and can be added to the dense score (docs/decisions/0002).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.records import Chunk, ExpectedQuestion
from assistant.tokens import pairs, words
from assistant.vocabulary import Vocabulary

K1, B, B_ASKED = 1.2, 0.6, 0.3
TOKENIZERS = {"words": words, "pairs": pairs}
CHUNK_TEXTS = ("text", "asked")  # what a chunk says; the expected questions it answers
EXAMPLE_TEXTS = ("example",)  # questions that can be answered, then those that cannot
Scores = NDArray[np.float32]


def indexed_text(chunk: Chunk) -> str:
    """What of a chunk is embedded and searched: its context, its text (a table as sentences) and added words."""
    text = chunk.text
    if chunk.search_text and "\t" in text:
        text = "\n".join(line for line in text.split("\n") if "\t" not in line)
    return "\n".join(part for part in (chunk.context, text.strip(), chunk.search_text) if part)


Memo = dict[tuple[str, str], list[str]]  # (tokenizer, text) → tokens; questions are in both indexes


def build_lexical(chunks: Sequence[Chunk], questions: Sequence[ExpectedQuestion], memo: Memo | None = None) -> Lexical:
    """The lexical index of searchable `chunks` and the questions they are expected to answer."""
    asked: dict[str, list[str]] = {}
    for question in questions:
        for identity in question.chunk_ids:
            asked.setdefault(identity, []).append(question.text)
    texts = {
        "text": [[indexed_text(c)] for c in chunks],
        "asked": [asked.get(c.id, []) for c in chunks],
    }
    return Lexical.build([c.id for c in chunks], texts, memo)


def build_examples(
    answerable: Sequence[ExpectedQuestion], unanswerable: Sequence[ExpectedQuestion], memo: Memo | None = None
) -> Lexical:
    """The lexical index of single questions, to tell whether one can be answered by those that are worded like it."""
    both = [*answerable, *unanswerable]
    return Lexical.build([q.id for q in both], {"example": [[q.text] for q in both]}, memo)


@dataclass(frozen=True)
class Lexical:
    ids: tuple[str, ...]
    engines: dict[str, Any]
    vocabularies: dict[str, Vocabulary]

    @classmethod
    def build(
        cls, ids: Sequence[str], texts: Mapping[str, Sequence[Sequence[str]]], memo: Memo | None = None
    ) -> Lexical:
        """Index the texts of each kind, a list of strings for each of `ids` (n); `memo` saves tokenizing one twice."""
        import bm25s

        seen: Memo = {} if memo is None else memo

        def tokens(name: str, parts: Sequence[str]) -> list[str]:
            for part in parts:
                if (name, part) not in seen:
                    seen[name, part] = TOKENIZERS[name](part)
            return [token for part in parts for token in seen[name, part]] or [""]

        engines = {}
        for kind, strings in texts.items():
            for name in TOKENIZERS:
                engine = bm25s.BM25(k1=K1, b=B if kind == "text" else B_ASKED, method="lucene")
                engine.index([tokens(name, parts) for parts in strings], show_progress=False)
                engines[f"{kind}_{name}"] = engine
        return cls(tuple(ids), engines, {field: _taken_out(engine) for field, engine in engines.items()})

    def save(self, folder: Path) -> None:
        for field, engine in self.engines.items():
            engine.save(str(folder / field), show_progress=False)
            self.vocabularies[field].save(folder / field)
        (folder / "ids.json").write_text(json.dumps(self.ids), "utf-8")

    @classmethod
    def load(cls, folder: Path, texts: Sequence[str] = CHUNK_TEXTS) -> Lexical:
        """Open a saved index of `texts`; arrays and vocabularies are mapped, not read, so that processes share them."""
        import bm25s

        ids = json.loads((folder / "ids.json").read_text("utf-8"))
        fields = [f"{text}_{name}" for text in texts for name in TOKENIZERS]
        options = {"mmap": True, "load_vocab": False, "show_progress": False}
        engines = {field: bm25s.BM25.load(str(folder / field), **options) for field in fields}
        for engine in engines.values():  # seen as plain arrays: a memmap makes a new one of every slice, which is slow
            engine.scores = {k: np.asarray(v) if isinstance(v, np.memmap) else v for k, v in engine.scores.items()}
        return cls(tuple(ids), engines, {field: Vocabulary.load(folder / field) for field in fields})

    def scores(self, field: str, tokens: Sequence[str]) -> Scores:
        """Calibrated score of every row (shape (n,)) for the question's tokens; 0 = no token in common."""
        engine = self.engines[field]
        numbers = self.vocabularies[field].of_all(tokens)
        known = [number for number in numbers if number is not None]
        if not known:
            return np.zeros(len(self.ids), np.float32)
        best = sum(self._idf(engine, number) for number in numbers)
        return np.asarray(engine.get_scores(known), np.float32) * np.float32(4 / best)

    def _idf(self, engine: Any, token: int | None) -> float:
        """Lucene's idf; a token that no chunk has counts as the rarest."""
        frequency = 0 if token is None else int(engine.scores["indptr"][token + 1] - engine.scores["indptr"][token])
        return float(np.log(1 + (len(self.ids) - frequency + 0.5) / (frequency + 0.5)))


def _taken_out(engine: Any) -> Vocabulary:
    """The engine's vocabulary, which it then no longer keeps: it is asked by number."""
    vocabulary = Vocabulary.of(engine.vocab_dict)
    engine.vocab_dict = {}
    return vocabulary
