"""Which ordinance a question means, and which of its provisions: 第12条の2, 附則第3項, 別表第1.

By its title, with or without the municipality; by the municipality; by its kind (規則, 要綱). Nothing of these: the
ordinance that the index is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.index import Index
from assistant.law_records import Appendix, Article, OrdinanceRecord
from assistant.records import Source
from assistant.search.question import ArticleRef, Question
from assistant.search.years import years
from assistant.text import compact

_CITY = re.compile(r"^.{1,8}?[市区町村](?=.{4})")
_KINDS = ("施行規則", "規則", "要綱", "規程", "要領", "要項", "条例")
_GUIDELINE = re.compile(r"第([0-9]{1,3})(?![0-9条項号回期章節])")
_FEW = 3  # ordinances that are quoted side by side where a number alone may mean any of them
_SHORTEST = 4  # characters of a title that names an ordinance without its municipality


@dataclass(frozen=True)
class Meant:
    """The ordinances a question means, and whether it names them."""

    laws: tuple[OrdinanceRecord, ...] = ()
    named: bool = False

    def speaks_of(self, source: Source) -> bool:
        """May an answer quote this source? Not another municipality's, where an ordinance is named."""
        cities = {law.municipality for law in self.laws}
        return not self.named or source.id in {law.source_id for law in self.laws} or source.municipality in cities


@dataclass(frozen=True)
class Laws:
    """The ordinances of one index."""

    index: Index

    @cached_property
    def records(self) -> tuple[OrdinanceRecord, ...]:
        return self.index.records.ordinances

    @cached_property
    def default(self) -> OrdinanceRecord | None:
        """The built-in one, else the first 条例 on 協働, else the first 条例, else the first."""
        sources = self.index.sources

        def rank(law: OrdinanceRecord) -> tuple[bool, bool, bool]:
            source = sources.get(law.source_id)
            builtin = source is not None and (source.builtin or source.structure == "report")
            return not builtin, law.kind != "条例", "協働" not in law.title

        return min(self.records, key=rank, default=None)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Sources of ordinances of other municipalities than the one that the index is about."""
        if self.default is None or not self.is_builtin(self.default):
            return frozenset()
        home = self.default.municipality
        return frozenset(law.source_id for law in self.records if law.municipality and law.municipality != home)

    def is_builtin(self, law: OrdinanceRecord) -> bool:
        source = self.index.sources.get(law.source_id)
        return source is not None and source.builtin

    def of(self, source_id: str) -> OrdinanceRecord | None:
        return next((law for law in self.records if law.source_id == source_id), None)

    @cached_property
    def _names(self) -> tuple[tuple[str, OrdinanceRecord], ...]:
        """What each ordinance is called, compact, longest first."""
        found = []
        for law in self.records:
            title = compact(law.title)
            source = self.index.sources.get(law.source_id)
            called = {title, _CITY.sub("", title), compact(source.short) if source else ""}
            found += [(name, law) for name in called if len(name) >= _SHORTEST]
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))

    def meant(self, question: Question) -> Meant:
        """The ordinances that a question means, the likeliest first."""
        if len(self.records) < 2 or self.default is None:
            return Meant(self.records)
        plain = compact(question.folded)
        named = self._titled(plain) or self._of_city(plain)
        if named and not (len(named) == 1 and self.is_builtin(named[0])):
            home = self.default.municipality
            both = home and home in plain and all(law.source_id != self.default.source_id for law in named)
            return Meant((*named, self.default) if both else named, True)
        if self.is_builtin(self.default):
            own = [law for law in self.records if law.municipality == self.default.municipality]
            kind = _of_kind(own, plain) if "条例" not in plain.replace("条例施行規則", "") else []
            return Meant(tuple(kind) or (self.default,), bool(kind))
        kind = _of_kind(self.records, plain)
        able = [law for law in kind or self.records if _has_all(law, question)]
        return Meant(tuple(able) if 0 < len(able) <= _FEW else (self.default,), bool(kind))

    def _titled(self, plain: str) -> tuple[OrdinanceRecord, ...]:
        found: list[OrdinanceRecord] = []
        for name, law in self._names:
            if name in plain:
                found.append(law)
                plain = plain.replace(name, "\n")
        return tuple({law.source_id: law for law in found}.values())

    def _of_city(self, plain: str) -> tuple[OrdinanceRecord, ...]:
        """The ordinances of a municipality that is named; of several those of the kind that is named."""
        cities = {law.municipality for law in self.records if law.municipality}
        named = {city for city in cities if city in plain or (len(city) > 2 and city[:-1] in plain)}
        if self.default and self.is_builtin(self.default):
            named -= {self.default.municipality}
        own = [law for law in self.records if law.municipality in named]
        return tuple(_of_kind(own, plain) or own)


def _of_kind(laws: Sequence[OrdinanceRecord], plain: str) -> list[OrdinanceRecord]:
    for kind in _KINDS:
        if kind in plain and (found := [law for law in laws if law.kind.endswith(kind)]):
            return found
    return []


def _has_all(law: OrdinanceRecord, question: Question) -> bool:
    return all(articles_of(law, ref) for ref in question.articles)


def articles_of(law: OrdinanceRecord, ref: ArticleRef) -> list[Article]:
    """The article of the main provisions that `ref` names; for an unknown 第12条の3 its 第12条."""
    main = [a for a in law.articles if not a.supplementary]
    exact = [a for a in main if a.number == ref.number]
    return exact or [a for a in main if ref.branch and a.number == str(ref.article)]


def guideline_refs(law: OrdinanceRecord, question: Question) -> tuple[ArticleRef, ...]:
    """第3 of a 要綱 that is numbered so."""
    named = _GUIDELINE.findall(question.folded)
    if not named or not any(a.unit == "第" for a in law.articles):
        return ()
    return tuple(ArticleRef(int(n)) for n in dict.fromkeys(named))


def supplements_of(law: OrdinanceRecord, question: Question) -> list[tuple[Article, int]]:
    """The provisions of 附則 that the question names, with the paragraph (0 all); of several 附則 the one of the year
    that it names, else the first one that has them."""
    found = []
    for ref in question.supplements:
        fits = [a for a in law.articles if a.supplementary and _fits(a, ref)]
        told = {f"{year:04}" for year in years(question.folded)}
        dated = [a for a in fits if law.provisions and law.provisions[a.provision].promulgated[:4] in told]
        found += [(a, ref.paragraph if ref.article else 0) for a in (dated or fits)[:1]]
    return found


def _fits(article: Article, ref: ArticleRef) -> bool:
    if ref.article:
        return article.unit == "条" and article.number == ref.number
    return article.unit != "条" and article.number == str(ref.paragraph)


def appendices_of(law: OrdinanceRecord, question: Question) -> list[Appendix]:
    """The 別表 and 様式 that the question names; 別表 alone is the first."""
    found = []
    for name in question.appendices:
        own = [a for a in law.appendices if _plain(a.name) == _plain(name)]
        found += own or [a for a in law.appendices if a.name.startswith(name)][:1]
    return found


def names_parts(question: Question) -> bool:
    """Whether a question names anything by its number; most do not, and then no ordinance need be looked through."""
    named = question.articles or question.supplements or question.appendices
    return bool(named) or _GUIDELINE.search(question.folded) is not None


def named_parts(law: OrdinanceRecord, question: Question) -> list[Article | Appendix]:
    """Everything of an ordinance that the question names by its number."""
    refs = (*question.articles, *guideline_refs(law, question))
    supplements = [article for article, _ in supplements_of(law, question)]
    return [*(a for ref in refs for a in articles_of(law, ref)), *supplements, *appendices_of(law, question)]


def _plain(name: str) -> str:
    """様式第1号, 第1号様式 and 別表1 as one form: what it is, and its number."""
    folded = compact(name)
    digits = "".join(re.findall(r"[0-9]+", folded)[:1])
    return ("別表" if "別表" in folded else "様式" if "様式" in folded else folded) + digits
