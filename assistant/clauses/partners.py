"""The partner's name: every likely span gets points for how it is written and where it stands; the best one wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.clauses.classifier import ITEM_LABELS
from assistant.clauses.cues import heading_labels
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.party_words import QUOTED, party_words, trimmed
from assistant.text import compact
from assistant.tokens import noun_runs, word_starts

_LONGEST = 30
_FIRST = 2  # statements in which writers introduce themselves
# Points of a span; what they are for stands beside each use.
_HEADED, _FORMAL, _QUOTED, _TOLD, _ENDS, _TOPIC, _EARLY, _AGAIN = 3.0, 3.0, 2.0, 2.0, 2.0, 1.5, 1.0, 1.0
_ASKED = 1.0
_NOT = 6.0
_LEAST = 2.5
_LIKELY = 4.0  # points of a group that is worth naming
_STATEMENT = 80  # characters of a statement that is shown whole
_SURE = 5.5  # points of a name that needs no confirming
_CLEAR = 6.0  # points of a group beside the partner


@dataclass(frozen=True)
class Span:
    """A likely name: clause.text[start:end]."""

    clause: Clause
    start: int
    end: int
    points: float
    formal: bool = False  # with a legal form

    @property
    def text(self) -> str:
        return self.clause.text[self.start : self.end]


def likely_names(paper: Paper) -> list[Span]:
    """The likely names of a paper, the best first, without those that hold, or are held by, a better one."""
    kept: list[Span] = []
    ranked = _ranked(paper)
    for span in (_whole(each, ranked) for each in ranked):
        if span.points >= 0 and not any(span.text in k.text or k.text in span.text for k in kept):
            kept.append(span)
    return kept


def _whole(span: Span, ranked: Sequence[Span]) -> Span:
    """The name in quotes that `span` is the beginning or the end of (『横浜|語り部の会』), where it is no title of a project."""
    for other in ranked:
        quoted = other.clause.text[: other.start][-1:] in "「『" and other.clause.text[other.end :][:1] in "」』"
        inner = other.text.removeprefix(span.text) if other.text.startswith(span.text) else ""
        if not quoted or other.text == span.text or not (other.text.endswith(span.text) or inner):
            continue
        if not party_words()["project_like"].search(inner or other.text[: -len(span.text)]):
            return replace(other, points=span.points, formal=span.formal)
    return span


def partners(spans: Sequence[Span]) -> list[Span]:
    """The partner's name and other groups that are clearly named, of the likely names."""
    if not spans or spans[0].points < _LEAST:
        return []
    clear = [s for s in spans[1:] if s.points >= _least(s) and not re.search("[はが]", s.text)]
    return [spans[0], *clear]


def _least(span: Span) -> float:
    """The points from which a group beside the partner is named: fewer in a statement that counts the parties."""
    if span.formal:
        return _LEAST
    counts = party_words()["several"].search(span.clause.text) and span.clause.text[span.end :][:1] not in "「『"
    return _LIKELY if counts else _CLEAR


def unsure(paper: Paper, spans: Sequence[Span]) -> list[Clause]:
    """The statements to confirm the partner's name by: where it does not stand out, by itself or from another name."""
    if not spans or spans[0].points < _LEAST:
        told = [clause for clause in paper.clauses if "party" in clause.labels] or list(paper.clauses)
        return told[:1]
    if spans[0].points < _SURE or _is_cut(spans[0]):
        return [spans[0].clause]
    near = len(spans) > 1 and spans[1].points > max(_LEAST, spans[0].points - _TOLD)
    return list(dict.fromkeys(span.clause for span in spans[:2])) if near else []


def _is_cut(span: Span) -> bool:
    """May the name be longer: does it begin behind a word that may belong to it, or end within one?"""
    before, after = span.clause.text[: span.start], span.clause.text[span.end :]
    return bool(party_words()["may_belong"].search(before) or party_words()["goes_on"].match(after))


def unlisted(spans: Sequence[Span], names: str, partner: str) -> list[Clause]:
    """Statements about the parties alone that name a likely group which `names` does not hold, nor the partner."""
    found = [
        span.clause
        for span in spans
        if span.points >= _LIKELY
        and _only_party(span.clause)
        and not party_words()["person"].search(span.clause.text)
        and compact(span.text) not in compact(names)
    ]
    kept = [c for c in dict.fromkeys(found) if len(c.text) <= _STATEMENT]
    return [c for c in kept if not partner or compact(partner) not in compact(c.text)]


def _only_party(clause: Clause) -> bool:
    return "party" in clause.labels and not clause.labels & {*ITEM_LABELS, "request", "background"}


def _ranked(paper: Paper) -> list[Span]:
    found = [
        replace(s, points=s.points + _place(paper, s))
        for clause in paper.clauses
        for s in map(_trimmed, _spans(paper, clause))
        if 1 < s.end - s.start <= _LONGEST
    ]
    return sorted(found, key=lambda s: (-s.points, s.clause.start, s.start - s.end))


def _spans(paper: Paper, clause: Clause) -> Iterator[Span]:
    words = party_words()
    yield from _quoted(clause)
    yield from _formal(clause)
    for start, end in noun_runs(clause.text):
        name = clause.text[start:end]
        plain = not (words["ends"].search(name) or words["katakana"].match(name))
        foreign = words["katakana"].match(name) and words["behind"].match(clause.text[end:])
        yield Span(clause, start, end, _TOLD * bool(foreign) - _TOLD * plain)
    for found in words["latin"].finditer(clause.text):
        shown = words["introduced"].search(clause.text[: found.start()])
        yield Span(clause, *found.span(), _TOPIC + _TOLD * bool(shown) if len(found.group()) > 3 else -_NOT)
    for found in words["ends"].finditer(clause.text):
        start = _left(clause.text, found.start())
        if not words["no_name"].search(clause.text[start : found.end()]):
            yield Span(clause, start, found.end(), 0.0)
    yield from _presented(paper, clause)
    if clause in paper.clauses[:_FIRST] and "　" in clause.text:  # a letterhead: names between wide blanks
        yield from (Span(clause, *word.span(), _TOPIC) for word in re.finditer(r"[^\s、。]{4,}", clause.text))
    if _is_headed(clause):
        yield Span(clause, 0, _value_end(clause.text), _HEADED)


def _is_headed(clause: Clause) -> bool:
    return heading_labels(clause.heading)[:1] == ["party"]


def _quoted(clause: Clause) -> Iterator[Span]:
    """Names in quotes, by what stands in front of and behind them; behind a legal form they are _formal()'s."""
    words = party_words()
    for quoted in QUOTED.finditer(clause.text):
        front, after = clause.text[: quoted.start()], clause.text[quoted.end() :]
        if words["legal_before"].search(front):
            continue
        named = (words["behind"].match(after) or words["spoken"].match(after)) and not words["project"].match(after)
        told = named or words["runs"].match(after)
        joined = words["beside_city"].search(front) and not words["project"].match(after)
        before = (_is_headed(clause) and not front) or words["introduced"].search(front) or joined
        wrong = words["named"].search(front) or not (told or before)
        yield Span(clause, *quoted.span(1), _QUOTED + _TOLD * bool(told) + _TOLD * bool(before) - _NOT * bool(wrong))


def _presented(paper: Paper, clause: Clause) -> Iterator[Span]:
    """Names by which writers present themselves: …です, …という会です, …と申します."""
    words = party_words()
    if (topic := words["topic"].match(clause.text)) and not QUOTED.search(topic["name"]):
        yield Span(clause, *topic.span("name"), _TOPIC)
    if called := words["called"].search(clause.text):
        yield Span(clause, *called.span("name"), _TOPIC + _TOLD)
    if person := words["person"].search(clause.text):
        alone = words["alone"].search(paper.text)
        yield Span(clause, *person.span("name"), _FORMAL + _QUOTED if alone else -_TOLD)


def _formal(clause: Clause) -> Iterator[Span]:
    """Names with a legal form in front (株式会社…) or behind (…株式会社)."""
    words = party_words()
    for found in words["legal"].finditer(clause.text):
        rest = clause.text[found.end() :]
        blank = len(rest) - len(rest.lstrip(" 　「『"))
        length = _name_length(rest[blank:], in_quotes=_in_quotes(clause.text, found.end() + blank))
        before = words["name_before"].search(clause.text[: found.start()])
        if before and (length < 2 or words["particle"].match(rest)):
            yield Span(clause, before.start(), found.end(), _FORMAL, formal=True)
        elif length > 1:
            yield Span(clause, found.start(), found.end() + blank + length, _FORMAL, formal=True)


def _in_quotes(text: str, position: int) -> bool:
    return max(text[:position].rfind(c) for c in "「『") > max(text[:position].rfind(c) for c in "」』")


def _name_length(text: str, *, in_quotes: bool) -> int:
    """Length of the name at the beginning of `text`: to the closing quote, a sign, or words that are no name."""
    end = re.search(r"[」』]" if in_quotes else r"[、。，．（）()「」『』【】/／:：|→←＝=\n]|$", text)
    whole = end.start() if end else len(text)
    if in_quotes:
        return whole
    cut = party_words()["cut"]
    starts = sorted(word_starts(text[:whole]) - {0})  # コープみなと|の連携, not コープみな|との連携
    return next((start for start in starts if cut.match(text[:whole], start)), whole)


def _left(text: str, end: int) -> int:
    """Where a name that ends at `end` begins: behind the last sign, and behind words such as 「緑区で活動する」."""
    signs = [m.end() for m in re.finditer(r"[、。「」『』（）()\s:：・※◆\n]|[&＆☆!！](?=\s)", text[:end])]
    start = signs[-1] if signs else 0
    lead = party_words()["lead"].match(text[start:end])
    return start + lead.end() if lead else start


def _value_end(text: str) -> int:
    sign = re.search(r"[（(、。／/\s　]|$", text)
    return sign.start() if sign and sign.start() else len(text)


def _place(paper: Paper, span: Span) -> float:
    """Points for the place of a span and for what it is made of."""
    words = party_words()
    name, after = span.text, span.clause.text[span.end :]
    again = paper.text.count(name) > 1
    early = span.clause in paper.clauses[:_FIRST]
    wrong = (
        words["not_names"].search(name)
        or words["events"].search(name)
        or words["generic"].match(name)
        or (words["speech"].search(name) and span.points < _QUOTED + _TOLD)
        or words["sentence"].search(name)
        or (words["topic_inside"].search(name) and span.points < _QUOTED)
        or words["described"].search(span.clause.text[: span.start])
        or _is_office(span)
        or (words["verbal"].search(name) and span.points < _QUOTED)
    )
    return (
        _ENDS * bool(words["ends_whole"].search(name))
        + _EARLY * early
        + _AGAIN * again
        + _ASKED * bool(span.clause.labels & {"party", "request"})
        + _TOPIC * bool(words["behind"].match(after.lstrip("」』")))
        - _NOT * bool(wrong)
        - _TOLD * ("background" in span.clause.labels)
    )


def _is_office(span: Span) -> bool:
    """A ward, bureau or division; a group that calls itself 編集局 stands in quotes."""
    words, name = party_words(), compact(span.text)
    own = span.points >= _QUOTED + _TOLD and not words["of_city"].match(name)
    return bool(words["office"].fullmatch(name)) and not own


def _trimmed(span: Span) -> Span:
    city = party_words()["city_and"].match(span.text)  # 「緑区と竹とんぼ工作室」: the other side is the partner
    city = city or party_words()["place"].match(span.text)  # 「緑区の竹とんぼ工作室」: where it is
    start = span.start + (city.end() if city else 0)
    tail = party_words()["tail"].search(span.clause.text[start : span.end])
    start, end = trimmed(span.clause.text, start, start + tail.start() if tail else span.end)
    return replace(span, start=start, end=end)
