"""An ordinance as people look it up: 章, 節, 条, 項 and 号 at addresses of their own, 附則, 読替え, when it is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from assistant.frozen import Frozen
from assistant.index import Index
from assistant.law_records import Appendix, Article, OrdinanceRecord
from assistant.records import Chunk, Source
from assistant.text import fold

_NUMBER = re.compile(r"(?:附則)?第?([0-9]+)条?((?:[の-][0-9]+)*)(?:項)?")
_SUPPLEMENT = re.compile(r"(?:附則第?|s)(?:([0-9]+)\.)?([0-9]+)[項条]?((?:[の-][0-9]+)*)")
_REPLACED = re.compile(r"「([^」]+)」とあるのは((?:「[^」]+」(?:又は|若しくは|及び|、)?)+)と")
_WORD = re.compile(r"「([^」]+)」")
_DATED = re.compile(r"[0-9元]年.*[0-9]日|第[0-9]+号")
_FORCE = "施行期日"
_FROM = re.compile(r"から(?:施行|実施)")


class Replacement(Frozen):
    """One line of a 読替え: the words of the ordinance and what they are read as."""

    words: str
    read_as: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Articles under one heading; `level` 1 章, 2 節, 0 none."""

    chapter: str
    division: str
    articles: tuple[Article, ...]


def ordinance_of(index: Index, source_id: str = "") -> OrdinanceRecord | None:
    """The ordinance of a source, in any of its versions, or the first of the index."""
    records = index.records
    return next((o for o in (*records.ordinances, *records.versions) if source_id in ("", o.source_id)), None)


def versions_of(index: Index, source: Source) -> list[Source]:
    """All versions of a source, the latest first; empty where there is only one."""
    base = source.version_of or source.id
    found = [s for s in index.sources.values() if base in (s.id, s.version_of)]
    return sorted(found, key=lambda s: (s.effective, s.id == base), reverse=True) if len(found) > 1 else []


def address_of(article: Article) -> str:
    """The last part of an article's address: 12, 12-2 for 第12条の2, s1 for 附則 1, s2.1 in the second 附則."""
    number = article.number.replace("の", "-")
    if not article.supplementary:
        return number
    return f"s{article.provision + 1}.{number or 0}" if article.provision else f"s{number or 0}"


def path_of(article: Article) -> str:
    """The page of an article."""
    return f"/sources/{quote(article.source_id, safe='')}/articles/{address_of(article)}"


def find_article(ordinance: OrdinanceRecord, told: str) -> Article | None:
    """The article that `told` names: 12, 12-2, 第12条の2, s1, 附則1."""
    plain = fold(told).strip()
    if found := _SUPPLEMENT.fullmatch(plain):
        place = int(found[1] or 1) - 1
        number = (found[2] + found[3].replace("-", "の")).removeprefix("0")
        own = [a for a in ordinance.articles if a.supplementary and a.provision == place]
    elif found := _NUMBER.fullmatch(plain):
        number = found[1] + found[2].replace("-", "の")
        own = [a for a in ordinance.articles if not a.supplementary]
    else:
        return None
    return next((a for a in own if a.number == number), None)


def label_of(article: Article) -> str:
    """第12条, 第12条の2, 附則第1項, 附則（令和3年3月25日条例第12号）第1項"""
    if not article.supplementary:
        return article.label
    place = article.section.rsplit("/", 1)[-1].partition("#")[0]
    place = place if place.startswith("附則") else "附則"
    return place if article.unit == "条" else place + article.label


def structure(ordinance: OrdinanceRecord) -> list[Group]:
    """The main provisions by chapter and division, in order; the supplementary ones are left out."""
    main = [a for a in ordinance.articles if not a.supplementary]
    grouped = groupby(main, key=lambda a: (_joined(a.part, a.chapter), _joined(a.division, a.subdivision)))
    return [Group(chapter, division, tuple(articles)) for (chapter, division), articles in grouped]


def _joined(*headings: str) -> str:
    return " ＞ ".join(heading for heading in headings if heading)


def supplementary(ordinance: OrdinanceRecord) -> list[Article]:
    return [a for a in ordinance.articles if a.supplementary]


def item_ids(article: Article) -> dict[tuple[int, int], str]:
    """(number of the paragraph, place of the item in it) → its anchor: p2-i3; a label that comes again is numbered."""
    ids: dict[tuple[int, int], str] = {}
    for paragraph in article.paragraphs:
        for place, item in enumerate(paragraph.items):
            anchor = f"p{paragraph.number}-i{item.label}"
            again = sum(other.split("~")[0] == anchor for other in ids.values())
            ids[paragraph.number, place] = f"{anchor}~{again + 1}" if again else anchor
    return ids


def replacements(article: Article) -> list[Replacement]:
    """What a 読替え article says of single words; empty for every other article."""
    text = "".join(paragraph.text for paragraph in article.paragraphs)
    return [Replacement(words=words, read_as=tuple(_WORD.findall(told))) for words, told in _REPLACED.findall(text)]


def chunks_of(index: Index, article: Article) -> list[Chunk]:
    """The chunks that hold an article's words."""
    return [chunk for chunk in index.contents(article.source_id) if chunk.section == article.section]


def appendix_chunks(index: Index, ordinance: OrdinanceRecord) -> list[tuple[Appendix, str]]:
    """The 別表 and 様式, each with the id of the passage where it begins."""
    first: dict[str, str] = {}
    for chunk in index.contents(ordinance.source_id):
        first.setdefault(chunk.section, chunk.id)
    return [(a, first[a.section]) for a in ordinance.appendices if a.section in first]


def promulgation(index: Index, ordinance: OrdinanceRecord) -> list[str]:
    """The dated lines before the first article: the day and the number of the ordinance."""
    front = [c for c in index.contents(ordinance.source_id) if c.title == ordinance.title and not c.record]
    lines = [line.strip() for chunk in front for line in chunk.text.splitlines()]
    return [line for line in lines if _DATED.search(fold(line)) and "。" not in line]


def in_force(ordinance: OrdinanceRecord) -> list[Article]:
    """The supplementary provisions that say from when the ordinance applies."""
    own = supplementary(ordinance)
    return [a for a in own if _FORCE in a.caption or (not a.caption and _FROM.search(a.paragraphs[0].text))]


def beside(ordinance: OrdinanceRecord, article: Article) -> tuple[Article | None, Article | None]:
    """The articles before and behind one."""
    articles: Sequence[Article] = ordinance.articles
    at = articles.index(article)
    return (articles[at - 1] if at else None), (articles[at + 1] if at + 1 < len(articles) else None)
