"""Which division handles a matter: ranked over the directory, each with the project that proves it.

The score of a division is the best score of any of its projects, not their sum: a division with many projects would
win every question (measured: −11 to −17 points at rank 1, docs/decisions/0002).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.records import DirectoryRecord, Office, Source
from assistant.search.question import Question
from assistant.search.scored import Scored
from assistant.search.searcher import Searcher


@dataclass(frozen=True)
class Candidate:
    """One division with the strongest evidence for it."""

    organization: str
    division: str
    score: float
    chunk_id: str  # of the entry or line that names the division
    project: str  # name of the project; empty for an office outside the directory

    @property
    def confidence(self) -> float:
        """The score as 0–1 for display; 2.5 is where right and wrong answers are about equally frequent."""
        return round(1 / (1 + math.exp(2.5 - self.score)), 3)


def rank_divisions(searcher: Searcher, question: Question, scored: Scored) -> list[Candidate]:
    """All divisions, best first. A question about another city gets that city's offices and no others."""
    offices = _offices(searcher, question, scored)
    if question.municipalities:
        return sorted(offices, key=lambda c: -c.score)
    terms = {name: _ward_term(searcher, question, name) for name in searcher.organizations}
    records = searcher.index.records.directory
    found = offices + [c for r in records for c in _of_record(searcher, scored, r, terms[r.organization])]
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in sorted(found, key=lambda c: -c.score):
        best.setdefault((candidate.organization, candidate.division), candidate)
    return list(best.values())


def _of_record(searcher: Searcher, scored: Scored, record: DirectoryRecord, ward_term: float) -> list[Candidate]:
    scores = [scored.of(record.chunk_id)]
    if record.contract_no:
        scores += [scored.of(i) for i in searcher.chunks_of(f"contract:{record.contract_no}")]
    score = max(scores) + ward_term
    return [Candidate(record.organization, d, score, record.chunk_id, record.name) for d in record.divisions]


def _ward_term(searcher: Searcher, question: Question, organization: str) -> float:
    weights = searcher.weights
    if organization in question.organizations:
        return weights.ward_named
    if organization.endswith("区") and any(name.endswith("区") for name in question.organizations):
        return weights.other_ward
    if not question.organizations and not organization.endswith("区"):
        return weights.bureau_without_ward
    return 0.0


def _offices(searcher: Searcher, question: Question, scored: Scored) -> list[Candidate]:
    """Offices that sources name outside the directory; another city's only if the question names that city."""
    found = []
    for source in searcher.index.sources.values():
        foreign = source.municipality in searcher.cities
        if foreign != bool(question.municipalities) or (foreign and source.municipality not in question.municipalities):
            continue
        bonus = searcher.weights.other_city_named if foreign else 0.0
        for office in source.offices:
            found.append(_office(searcher, question, scored, source, office, bonus))
    return [c for c in found if c is not None]


def _office(
    searcher: Searcher, question: Question, scored: Scored, source: Source, office: Office, bonus: float
) -> Candidate | None:
    chunk_id = searcher.office_chunk(source.id, office)
    rows = [row.id for row in searcher.index.rows if row.source_id == source.id]
    if chunk_id is None or not rows:
        return None
    score = max(scored.of(i) for i in rows) + bonus + _ward_term(searcher, question, office.organization)
    return Candidate(office.organization, office.division, score, chunk_id, "")
