"""Lexical and dense scores of a question, fused into one score a chunk, and the passages they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Passage
from assistant.embeddings import Embedder, Vectors
from assistant.index import Index
from assistant.records import Chunk, Office
from assistant.search.kana import katakana, reading_lexicon, to_kanji
from assistant.search.question import Question, understand
from assistant.search.weights import ASKED_DEPTH, DENSE_DEPTH, DENSE_FLOOR, DENSE_SCALE, NEIGHBOURS, Weights
from assistant.search.years import years
from assistant.text import compact
from assistant.tokens import readings

_SPARE = 5  # chunks fetched beyond the limit, for those that come along as neighbours of a better one
_SMALL = 60  # characters below which a passage is shown with its neighbours
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Scored:
    """Scores of all searchable chunks for one question, in the index's row order."""

    ids: tuple[str, ...]
    total: Scores
    dense: Scores  # cosine, 0 where the chunk was not among the nearest
    lexical: Scores
    exact: Scores
    asked: tuple[float, ...]  # cosines of the nearest expected questions, nearest first
    unanswerable: tuple[tuple[str, float], ...]  # the nearest unanswerable questions: id, cosine

    def best(self, limit: int) -> list[tuple[str, float]]:
        order = np.argsort(-self.total, kind="stable")[:limit]
        return [(self.ids[i], float(self.total[i])) for i in order]

    def of(self, identity: str) -> float:
        return float(self.total[self._rows[identity]]) if identity in self._rows else float("-inf")

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {identity: row for row, identity in enumerate(self.ids)}


@dataclass(frozen=True)
class Searcher:
    """Search over one index. Safe to share between threads."""

    index: Index
    embedder: Embedder
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def organizations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.organization for r in self.index.records.directory))

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Municipalities of the sources other than the one that most of them belong to."""
        names = [s.municipality for s in self.index.sources.values() if s.municipality]
        home = max(names, key=names.count, default="")
        return tuple(dict.fromkeys(n for n in names if n != home))

    @cached_property
    def everything(self) -> str:
        """All texts as they are compared, to tell whether a name occurs at all."""
        return "\n".join(compact(self.index.text_of(i)) for i in self.index.card.sources)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the documents name."""
        return frozenset(year for i in self.index.card.sources for year in years(self.index.text_of(i)))

    @cached_property
    def _projects(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Compact project names with the records that bear them."""
        named: dict[str, set[str]] = {}
        for record in self.index.records.directory:
            for name in (record.name, *record.aliases):
                named.setdefault(compact(name), set()).add(record.id)
        return tuple((name, frozenset(ids)) for name, ids in named.items() if len(name) >= 5)

    @cached_property
    def _by_record(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.index.rows:
            found.setdefault(row.record, []).append(row.id)
        return found

    def chunks_of(self, record: str) -> list[str]:
        """Ids of the searchable chunks that a record was made from."""
        return self._by_record.get(record, [])

    @cached_property
    def _office_chunks(self) -> dict[tuple[str, str], str]:
        """(source id, anchor) → chunk that holds the anchor; the last one wins, contact lines stand at the end."""
        found = {}
        for source in self.index.sources.values():
            chunks = self.index.store.where(source_id=source.id) if source.offices else []
            for office in source.offices:
                for chunk in chunks:
                    if compact(office.anchor) in compact(chunk.text):
                        found[source.id, office.anchor] = chunk.id
        return found

    def office_chunk(self, source_id: str, office: Office) -> str | None:
        """The chunk with the line that proves an office, if the index has it."""
        return self._office_chunks.get((source_id, office.anchor))

    @cached_property
    def _readings(self) -> dict[str, str]:
        """Readings of the documents' words; takes a second, and only questions in kana need it."""
        lexicon = reading_lexicon([self.index.text_of(i) for i in self.index.card.sources])
        names = [n for name in (*self.organizations, *self.cities) for n in (name, name[:-1])]
        return lexicon | {katakana(reading): surface for surface, reading in (r for n in names for r in readings(n))}

    def understand(self, text: str) -> Question:
        """The question read; one in kana alone is read once more with the documents' words in kanji."""
        question = understand(text, self.organizations, self.cities)
        if not question.kana_only:
            return question
        written = to_kanji(question.folded, self._readings)
        both = understand(f"{question.text}\n{written}", self.organizations, self.cities)
        return replace(both, text=question.text, written=written, kana_only=True)

    def embed(self, question: Question) -> Vectors:
        """The question's vector, shape (384,); for one in kana the mean of both ways of writing it."""
        vector = self.embedder.query(question.text)
        if not question.written:
            return vector
        mean = vector + self.embedder.query(question.written)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def score(self, question: Question, vector: Vectors) -> Scored:
        """Fuse all parts for every searchable chunk."""
        ids = self.index.lexical.ids
        w = self.weights
        cosines = self.index.store.nearest(vector, min(DENSE_DEPTH, max(len(ids), 1)))
        dense = np.array([cosines.get(i, 0.0) for i in ids], np.float32)
        lexical = w.words * self.index.lexical.scores("text_words", question.words)
        lexical += w.pairs * self.index.lexical.scores("text_pairs", question.pairs)
        lexical += w.asked_words * self.index.lexical.scores("asked_words", question.words)
        lexical += w.asked_pairs * self.index.lexical.scores("asked_pairs", question.pairs)
        exact = self._exact(question)
        near = self.index.questions.nearest(vector, ASKED_DEPTH) if self.index.questions else {}
        asked = self._asked(near)
        refused = self.index.unanswerable.nearest(vector, NEIGHBOURS)
        total = w.dense * _calibrated(dense) + w.asked_dense * _calibrated(asked) + lexical + exact
        return Scored(
            ids,
            np.asarray(total, np.float32),
            dense,
            lexical,
            exact,
            tuple(near.values())[:NEIGHBOURS],
            tuple(refused.items()),
        )

    def _asked(self, near: dict[str, float]) -> Scores:
        """Cosine of the nearest expected question each chunk answers; at the floor where none is near."""
        best: dict[str, float] = {}
        for question, cosine in near.items():  # nearest first
            for identity in self.index.expected_chunks[question]:
                best.setdefault(identity, cosine)
        return np.array([best.get(i, DENSE_FLOOR) for i in self.index.lexical.ids], np.float32)

    def _exact(self, question: Question) -> Scores:
        """Boosts for what the question names outright: an article, the ordinance, a project."""
        rows = self.index.rows
        exact = np.zeros(len(rows), np.float32)
        articles = {f"article:{ref.article}" for ref in question.articles}
        plain = compact(question.folded)
        projects: set[str] = set().union(*(ids for name, ids in self._projects if name in plain), set())
        for i, row in enumerate(rows):
            if row.kind == "article":
                exact[i] += self.weights.exact_article * (row.record in articles)
                exact[i] += self.weights.ordinance_cue * question.about_ordinance
            elif row.kind == "entry" and row.record.removeprefix("directory:") in projects:
                exact[i] += self.weights.exact_project
        return exact

    def search(self, text: str, limit: int = 10) -> list[Passage]:
        """Passages for a question, best first."""
        question = self.understand(text)
        if not question.has_words:
            return []
        return self.passages(self.score(question, self.embed(question)), limit)

    def passages(self, scored: Scored, limit: int) -> list[Passage]:
        """The best chunks as passages; one too small to be understood brings its neighbours along."""
        best = scored.best(limit + _SPARE)
        chunks = self.index.chunks([identity for identity, _ in best])
        passages: list[Passage] = []
        shown: set[str] = set()
        for identity, score in best:
            chunk = chunks[identity]
            if identity in shown or len(passages) == limit:
                continue
            together = self._with_neighbours(chunk) if _is_small(chunk.text) else [chunk]
            together = [c for c in together if c.id not in shown]
            shown |= {c.id for c in together}
            passages.append(_passage(chunk, together, score))
        return passages

    def _with_neighbours(self, chunk: Chunk) -> list[Chunk]:
        """The chunk with the one before and the one behind it in the same project or under the same heading."""
        family = self.index.family(chunk)
        at = next((i for i, row in enumerate(family) if row.id == chunk.id), None)
        if at is None:
            return [chunk]
        wanted = [row.id for row in family[max(0, at - 1) : at + 2]]
        found = self.index.chunks(wanted)
        return [found[identity] for identity in wanted if identity in found]


def _calibrated(cosines: Scores) -> Scores:
    return np.asarray(np.maximum(cosines - DENSE_FLOOR, -0.1) * DENSE_SCALE, np.float32)


def _is_small(text: str) -> bool:
    return len(re.sub(r"\s+", "", text)) < _SMALL


def _passage(chunk: Chunk, together: Sequence[Chunk], score: float) -> Passage:
    return Passage(
        chunk_id=chunk.id,
        source_id=chunk.source_id,
        locator=chunk.locator,
        text="\n".join(c.text for c in together),
        score=round(score, 4),
        context=chunk.context,
        title=chunk.title,
        page=chunk.page,
        chunk_ids=tuple(c.id for c in together),
    )
