"""Who writes, with whom, and how the project is called: names in a brief, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.clauses.cues import heading_labels
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.partners import partners
from assistant.clauses.party_words import QUOTED, party_words
from assistant.drafts import Given
from assistant.text import compact

_GROUPS = 4  # the partner and others beside it
_TRIM = "、。，．　 \t（(）)「」『』|／/:："


def find_parties(paper: Paper) -> list[Given]:
    """`name`, `partner`, `unit` (ward, bureau, division) and `representative`, as far as the brief tells them."""
    groups = [_given("partner", *found) for found in partners(paper)]
    named = groups[0] if groups else None
    found = [
        named,
        _first(_names(paper, named.text if named else "")),
        _first(_units(paper)),
        _first(_representatives(paper)),
    ]
    related = [group.model_copy(update={"key": "related"}) for group in groups[1:_GROUPS]]
    return [*(given for given in found if given), *related]


def _first(found: Iterator[Given]) -> Given | None:
    return next(found, None)


def _headed(clause: Clause, label: str) -> bool:
    return heading_labels(clause.heading)[:1] == [label]


def _names(paper: Paper, partner: str) -> Iterator[Given]:
    """The project's name: under a heading, or in quotes with 事業, という, … behind it."""
    for clause in paper.clauses:
        if _headed(clause, "name"):
            quoted = QUOTED.search(clause.text)
            yield _given("name", clause, *(quoted.span(1) if quoted else (0, len(clause.text))))
    patterns = party_words()
    for clause in paper.clauses:
        for quoted in QUOTED.finditer(clause.text):
            if compact(quoted[1]) in compact(partner) or patterns["not_names"].search(quoted[1]):
                continue
            before, after = clause.text[: quoted.start()], clause.text[quoted.end() :]
            if patterns["project"].match(after) or patterns["named"].search(before):
                yield _given("name", clause, *quoted.span(1))


def _units(paper: Paper) -> Iterator[Given]:
    """The city's side: ward or bureau with its division, the most exact one first."""
    patterns = party_words()
    office = rf"(?:横浜市)?(?:{patterns['ward'].pattern}|{patterns['bureau'].pattern})"
    exact = re.compile(rf"{office}(?:役所)?[\s　]?{patterns['division'].pattern}")
    for pattern in (exact, re.compile(office)):
        for clause in paper.clauses:
            if clause.labels & {"background"} and not clause.labels & {"party"}:
                continue
            for found in pattern.finditer(clause.text):
                yield _given("unit", clause, *found.span())


def _representatives(paper: Paper) -> Iterator[Given]:
    for clause in paper.clauses:
        for found in party_words()["representative"].finditer(clause.text):
            yield _given("representative", clause, *found.span())


def _given(key: str, clause: Clause, start: int, end: int) -> Given:
    while start < end and clause.text[start] in _TRIM:
        start += 1
    while end > start and clause.text[end - 1] in _TRIM:
        end -= 1
    return Given(key=key, text=clause.text[start:end], start=clause.start + start, end=clause.start + end)
