"""Who writes, with whom, and how the project is called: names in a brief, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.clauses.cues import heading_labels
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.partners import likely_names, partners, unlisted, unsure
from assistant.clauses.party_words import QUOTED, party_words, trimmed
from assistant.drafts import Given
from assistant.text import compact

_TELLS_NAME = {"party", "request", "purpose", "method", "period"}
_GROUPS = 4  # the partner and others beside it


def find_parties(paper: Paper) -> list[Given]:
    """`name`, `partner`, `unit` (ward, bureau, division), `representative` and `related` groups, as far as the brief tells
    them; `party_words` is the statement that names the partner where the name should be confirmed."""
    spans = likely_names(paper)
    groups = [_given("partner", span.clause, span.start, span.end) for span in partners(spans)]
    named = groups[0] if groups else None
    found = [
        named,
        _first(_names(paper, named.text if named else "")),
        _first(_units(paper)),
        _first(_representatives(paper)),
    ]
    if doubted := unsure(paper, spans):
        said = "／".join(clause.text for clause in doubted)
        found.append(Given(key="party_words", text=said, start=doubted[0].start, end=doubted[0].end))
    related = [group.model_copy(update={"key": "related"}) for group in groups[1:_GROUPS]]
    told = [*(given for given in found if given), *related]
    names = "\n".join(given.text for given in told)
    others = [
        Given(key="related", text=c.text, start=c.start, end=c.end)
        for c in unlisted(spans, names, named.text if named else "")
    ]
    return [*told, *others[:_GROUPS]]


def _first(found: Iterator[Given]) -> Given | None:
    return next(found, None)


def _headed(clause: Clause, label: str) -> bool:
    return heading_labels(clause.heading)[:1] == [label]


def _names(paper: Paper, partner: str) -> Iterator[Given]:
    """The project's name: under a heading, or in quotes with 事業, という, … behind it; at last the subject of a letter
    (「件名：協働のご提案について」)."""
    patterns = party_words()
    headed = [_headed_name(clause) for clause in paper.clauses if _is_named(clause, partner)]
    yield from (name for name in headed if not patterns["subject"].search(name.text))
    for clause in paper.clauses:
        for quoted in QUOTED.finditer(clause.text):
            if compact(quoted[1]) in compact(partner) or _no_name(quoted[1]):
                continue
            before, after = clause.text[: quoted.start()], clause.text[quoted.end() :]
            if patterns["project"].match(after) or patterns["named"].search(before):
                yield _given("name", clause, *quoted.span(1))
    for clause in paper.clauses:  # any other name in quotes, rather than none
        for quoted in QUOTED.finditer(clause.text):
            named = compact(quoted[1]) not in compact(partner) and not patterns["sentence"].search(quoted[1])
            wrong = _no_name(quoted[1]) or patterns["legal"].match(quoted[1])
            if named and not wrong and clause.labels & _TELLS_NAME:
                yield _given("name", clause, *quoted.span(1))
    yield from headed


def _is_named(clause: Clause, partner: str) -> bool:
    """Does it stand under 「事業名」, or under a mere 「名称」 that is not the partner's?"""
    mere = clause.heading in ("名称", "呼び名", "愛称") and compact(clause.text) not in compact(partner)
    return _headed(clause, "name") or (mere and not (partner and compact(partner) in compact(clause.text)))


def _headed_name(clause: Clause) -> Given:
    quoted = QUOTED.search(clause.text)
    return _given("name", clause, *(quoted.span(1) if quoted else (0, len(clause.text))))


def _no_name(text: str) -> bool:
    return any(party_words()[pattern].search(text) for pattern in ("not_names", "speech"))


def _units(paper: Paper) -> Iterator[Given]:
    """The city's side: ward or bureau with its division, the most exact one first."""
    patterns = party_words()
    office = rf"(?:横浜市)?(?:{patterns['ward'].pattern}|{patterns['bureau'].pattern})"
    exact = re.compile(rf"{office}(?:役所)?(?:[\s　]?{patterns['division'].pattern}|の{patterns['section'].pattern})")
    for pattern in (exact, re.compile(office), patterns["public"]):
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
    start, end = trimmed(clause.text, start, end)
    return Given(key=key, text=clause.text[start:end], start=clause.start + start, end=clause.start + end)
