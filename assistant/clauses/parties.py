"""Who writes, with whom, and how the project is called: names in a brief, with their places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from assistant.clauses.cues import heading_labels
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Given
from assistant.text import compact
from assistant.tokens import noun_runs

_QUOTED = re.compile(r"[「『]([^「」『』]{2,40})[」』]")
_TRIM = "、。，．　 \t（(）)「」『』|／/:："


def find_parties(paper: Paper) -> list[Given]:
    """`name`, `partner`, `unit` (ward, bureau, division) and `representative`, as far as the brief tells them."""
    partner = _first(_partners(paper))
    found = [
        partner,
        _first(_names(paper, partner.text if partner else "")),
        _first(_units(paper)),
        _first(_representatives(paper)),
    ]
    return [given for given in found if given]


def _first(found: Iterator[Given]) -> Given | None:
    return next(found, None)


def _partners(paper: Paper) -> Iterator[Given]:
    """The likeliest name of the partner first: quotes and legal forms where parties are told, then ends of names."""
    asked = [c for c in paper.clauses if c.labels & {"party", "request"} or _headed(c, "party")]
    rest = [*asked, *(c for c in paper.clauses if c not in asked)]
    if _patterns()["alone"].search(paper.text):  # not a group: the writer is the partner
        yield from _persons(rest)
    for found in (_quoted_names(rest, sure=True), _legal_names(rest), _quoted_names(rest, sure=False)):
        yield from found
    yield from _names_by_end(rest)
    yield from _persons(asked)
    for clause in asked:
        if _headed(clause, "party") and not _is_city(clause.text):
            yield _given("partner", clause, 0, len(clause.text))
    for clause in paper.clauses[:3]:
        for word in re.finditer(r"[^\s　、。]{4,}", clause.text):
            if not _is_city(word.group()) and not _patterns()["not_names"].search(word.group()):
                yield _given("partner", clause, *word.span())


def _persons(clauses: list[Clause]) -> Iterator[Given]:
    for clause in clauses:
        for person in _patterns()["person"].finditer(clause.text):
            yield _given("partner", clause, *person.span("name"))


def _quoted_names(clauses: list[Clause], *, sure: bool) -> Iterator[Given]:
    """Names in quotes; the sure ones have a legal form or end as names of groups do, and are told as a party."""
    patterns = _patterns()
    for clause in clauses:
        for quoted in _QUOTED.finditer(clause.text):
            name, after = quoted[1], clause.text[quoted.end() :]
            formal = patterns["legal"].search(name) or re.search(patterns["ends"].pattern + "$", name)
            told = patterns["behind"].match(after) and not patterns["project"].match(after)
            if patterns["not_names"].search(name) or patterns["events"].search(name) or not told:
                continue
            if bool(formal) == sure:
                yield _given("partner", clause, *quoted.span(1))


def _legal_names(clauses: list[Clause]) -> Iterator[Given]:
    """Names with a legal form in front (株式会社…) or behind (…株式会社)."""
    for clause in clauses:
        for found in _patterns()["legal"].finditer(clause.text):
            rest = clause.text[found.end() :]
            blank = len(rest) - len(rest.lstrip(" 　「『"))
            end = (
                found.end() + blank + _name_length(rest[blank:], in_quotes=_in_quotes(clause.text, found.end() + blank))
            )
            if end - found.end() - blank > 1:
                yield _given("partner", clause, found.start(), end)
            elif before := re.search(r"[一-龠ァ-ヶーA-Za-z0-9・]{2,}$", clause.text[: found.start()]):
                yield _given("partner", clause, before.start(), found.end())


def _in_quotes(text: str, position: int) -> bool:
    return max(text[:position].rfind(c) for c in "「『") > max(text[:position].rfind(c) for c in "」』")


def _name_length(text: str, *, in_quotes: bool) -> int:
    """Length of the name at the beginning of `text`: to the closing quote, a sign, or words that are no name."""
    end = re.search(r"[」』]" if in_quotes else r"[、。，．（）()「」『』【】/／:：|→←＝=\n]|[\s　](?=\S)|$", text)
    whole = end.start() if end else len(text)
    cut = None if in_quotes else _patterns()["cut"].search(text[:whole], 2)
    return cut.start() if cut else whole


def _names_by_end(clauses: list[Clause]) -> Iterator[Given]:
    """Unbroken nouns that end as names of groups do (…会, …PTA, …信用金庫), the city's own offices aside."""
    patterns = _patterns()
    for clause in clauses:
        for start, end in noun_runs(clause.text):
            name = clause.text[start:end]
            ends = re.search(patterns["ends"].pattern + "$", name)
            if not ends or len(name) <= len(ends[0]) + 1 or patterns["not_names"].search(name):
                continue
            if not patterns["events"].search(name) and not patterns["bureau"].search(name):
                yield _given("partner", clause, start, end)


def _headed(clause: Clause, label: str) -> bool:
    return heading_labels(clause.heading)[:1] == [label]


def _names(paper: Paper, partner: str) -> Iterator[Given]:
    """The project's name: under a heading, or in quotes with 事業, という, … behind it."""
    for clause in paper.clauses:
        if _headed(clause, "name"):
            quoted = _QUOTED.search(clause.text)
            yield _given("name", clause, *(quoted.span(1) if quoted else (0, len(clause.text))))
    patterns = _patterns()
    for clause in paper.clauses:
        for quoted in _QUOTED.finditer(clause.text):
            if compact(quoted[1]) in compact(partner) or patterns["not_names"].search(quoted[1]):
                continue
            before, after = clause.text[: quoted.start()], clause.text[quoted.end() :]
            if patterns["project"].match(after) or patterns["named"].search(before):
                yield _given("name", clause, *quoted.span(1))


def _units(paper: Paper) -> Iterator[Given]:
    """The city's side: ward or bureau with its division, the most exact one first."""
    patterns = _patterns()
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
        for found in _patterns()["representative"].finditer(clause.text):
            yield _given("representative", clause, *found.span())


def _is_city(text: str) -> bool:
    return bool(_patterns()["ward"].search(text) or _patterns()["bureau"].search(text) or "横浜市" in text)


def _given(key: str, clause: Clause, start: int, end: int) -> Given:
    while start < end and clause.text[start] in _TRIM:
        start += 1
    while end > start and clause.text[end - 1] in _TRIM:
        end -= 1
    return Given(key=key, text=clause.text[start:end], start=clause.start + start, end=clause.start + end)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    told = tomllib.loads(resources.files("assistant.clauses").joinpath("parties.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in told.items()}
