"""Lexical and dense scores of a question, fused into one score a chunk, and the passages they give."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from assistant.answers import Passage
from assistant.embeddings import Embedder, Vectors
from assistant.match.known import KnownQuestions, known_questions
from assistant.records import Chunk
from assistant.search.glossary import in_japanese, names
from assistant.search.kana import hiragana, kana_names, katakana, reading_lexicon, to_kanji
from assistant.search.language import without_function_words
from assistant.search.laws import named_parts, names_parts
from assistant.search.lookups import Lookups
from assistant.search.question import Question, cue, understand
from assistant.search.row_groups import RowGroups, quotations_of
from assistant.search.scored import Scored, Scores
from assistant.search.weights import ASKED_DEPTH, DENSE_DEPTH, DENSE_FLOOR, DENSE_SCALE, NEIGHBOURS, Weights
from assistant.text import compact
from assistant.tokens import name_reading, readings

_SPARE = 5  # chunks fetched beyond the limit, for those that come along as neighbours of a better one
_BEHIND = 0.01  # of a score: just behind
_SMALL = 60  # characters below which a passage is shown with its neighbours


@dataclass(frozen=True)
class Searcher(Lookups):
    """Search over one index. Safe to share between threads."""

    embedder: Embedder
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def _readings(self) -> dict[str, str]:
        """Readings of the documents' words; takes a second, and only questions in kana need it."""
        lexicon = reading_lexicon([self.index.text_of(i) for i in self.index.card.sources])
        names = [n for name in (*self.organizations, *self.cities) for n in (name, name[:-1])]
        return lexicon | {katakana(reading): surface for surface, reading in (r for n in names for r in readings(n))}

    @cached_property
    def _name_readings(self) -> dict[str, str]:
        """Wards as people write them in kana: つづき区 → 都筑区."""
        wards = [name for name in self.organizations if name.endswith("区")]
        spoken = {ward: name_reading(ward, "ク") for ward in wards}
        return {hiragana(reading) + "区": ward for ward, reading in spoken.items() if reading}

    def understand(self, text: str) -> Question:
        """The question read; one in kana alone or in another language once more with the documents' words."""
        question = understand(text, self.organizations, self.cities)
        if question.language != "ja":
            return self._translated(question)
        if not question.plain:
            spelled = kana_names(question.folded, self._name_readings)
            if spelled == question.folded:
                return question
            return replace(understand(spelled, self.organizations, self.cities), text=question.text, written=spelled)
        written = to_kanji(question.folded, self._readings)
        both = understand(f"{question.text}\n{written}", self.organizations, self.cities)
        again = understand(written, self.organizations, self.cities)
        return replace(
            both,
            text=question.text,
            words=again.words,
            pairs=again.pairs,
            written=written,
            kana_only=question.kana_only,
        )

    def _translated(self, question: Question) -> Question:
        """The glossary's words, and of the rest the names that the documents have too."""
        known, rest = in_japanese(self._meant(question), question.language)
        vocabulary = self.index.lexical.vocabularies["text_words"]
        written = " ".join(dict.fromkeys([*known, *(n for n in names(question.text, rest) if n in vocabulary)]))
        japanese = understand(written, self.organizations, self.cities)
        both = understand(f"{question.text}\n{written}", self.organizations, self.cities)
        return replace(
            both,
            text=question.text,
            words=japanese.words,
            pairs=japanese.pairs,
            articles=japanese.articles,
            written=written,
            unread=without_function_words(rest),
            language=question.language,
        )

    def _meant(self, question: Question) -> str:
        """The question without a place that it names only to say that it is not meant."""
        places = {*self.cities, *self.organizations}

        def left(found: re.Match[str]) -> str:
            return "" if places & set(in_japanese(found.group(), question.language)[0]) else found.group()

        return cue("not_meant_english").sub(left, question.text)

    def embed(self, question: Question) -> Vectors:
        """The question's vector, shape (384,); the mean with its other way of writing, or with the sentences of it that ask."""
        vector = self.embedder.query(question.text)
        other = question.written or question.asking
        if not other:
            return vector
        mean = vector + self.embedder.query(other)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def score(self, question: Question, vector: Vectors) -> Scored:
        """Fuse all parts for every searchable chunk."""
        ids = self.index.lexical.ids
        w = self.weights
        cosines = self.index.store.nearest(vector, min(DENSE_DEPTH, max(len(ids), 1)))
        dense = self._by_row(cosines, 0.0)
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
            self.index.row_of,
            self._originals_first(np.asarray(total, np.float32)),
            dense,
            lexical,
            exact,
            tuple(near.values())[:NEIGHBOURS],
            tuple(refused.items()),
            self._worded(question),
        )

    def scored(self, text: str) -> Scored:
        """`text` understood, embedded and scored."""
        question = self.understand(text)
        return self.score(question, self.embed(question))

    @cached_property
    def known(self) -> KnownQuestions | None:
        """The written questions of which it is known whether the chunks answer them; None where there are none."""
        return known_questions(self.index.row_of)

    @cached_property
    def groups(self) -> RowGroups:
        return RowGroups(self.index.rows)

    def _originals_first(self, total: Scores) -> Scores:
        """A quotation whose document is here in other words stands behind the document's own passages."""
        for quotation, originals in self._quotations:
            total[quotation] = min(total[quotation], total[originals].max() - _BEHIND)
        return total

    @cached_property
    def _quotations(self) -> list[tuple[int, list[int]]]:
        return quotations_of(self.index.rows, self.index.records.replaced)

    def _worded(self, question: Question) -> float:
        """Mean lexical score of the three best answerable example questions, less that of the unanswerable ones."""
        examples, answerable = self.index.examples, self.index.card.questions
        scores = examples.scores("example_words", question.words)
        scores = scores + np.float32(self.weights.pairs) * examples.scores("example_pairs", question.pairs)
        kinds = (scores[:answerable], scores[answerable:])
        if min(map(len, kinds)) < NEIGHBOURS:
            return 0.0
        # The smallest of the negatives: numpy finds a few at the beginning much faster than at the end.
        best = [-float(np.partition(-s, NEIGHBOURS - 1)[:NEIGHBOURS].mean()) for s in kinds]
        return best[0] - best[1]

    def _asked(self, near: dict[str, float]) -> Scores:
        """Cosine of the nearest expected question each chunk answers; at the floor where none is near."""
        best: dict[str, float] = {}
        for question, cosine in near.items():  # nearest first
            for identity in self.index.expected_chunks[question]:
                best.setdefault(identity, cosine)
        return self._by_row(best, DENSE_FLOOR)

    def _by_row(self, scores: Mapping[str, float], otherwise: float) -> Scores:
        """Scores by chunk id as an array over the rows; what search leaves out has no row."""
        found = np.full(len(self.index.lexical.ids), otherwise, np.float32)
        for identity, score in scores.items():
            if (row := self.index.row_of.get(identity)) is not None:
                found[row] = score
        return found

    def _exact(self, question: Question) -> Scores:
        """Boosts for what the question names outright: an article, the ordinance, a project."""
        exact = np.zeros(len(self.index.rows), np.float32)
        plain = compact(question.folded)
        projects: set[str] = set().union(*(ids for name, ids in self.projects if name in plain), set())
        of_law, of_section = self._law_boosts(question)
        for section, gain in of_section.items():
            exact[self.groups.sections.get(section, [])] += gain
        for source, gain in of_law.items():
            exact[self.groups.articles.get(source, [])] += gain
        for project in projects:
            exact[self.groups.entries.get(f"directory:{project}", [])] += self.weights.exact_project
        return exact

    def _law_boosts(self, question: Question) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        """What an ordinance (source id) and a provision (source id, section) gain by the question's words."""
        meant, w = self.laws.meant(question), self.weights
        others = {law.source_id for law in self.laws.records} if meant.named else self.laws.elsewhere
        behind = w.law_beside if meant.named else w.law_elsewhere
        of_law = dict.fromkeys(others - {law.source_id for law in meant.laws}, behind)
        in_general = question.about_rules and not question.organizations
        if cue := w.ordinance_cue * question.about_ordinance + w.law_named * meant.named + w.rule_cue * in_general:
            for law in meant.laws:
                of_law[law.source_id] = of_law.get(law.source_id, 0.0) + cue
        laws = meant.laws if names_parts(question) else ()
        return of_law, {
            (law.source_id, part.section): w.exact_article for law in laws for part in named_parts(law, question)
        }

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
