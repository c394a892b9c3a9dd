"""An ordinance as people look it up: 章, 節, 条, 項 and 号 at addresses of their own, 附則, 読替え, when it is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from assistant.index import Index
from assistant.records import Article, Chunk, Frozen, OrdinanceRecord
from assistant.text import fold

_NUMBER = re.compile(r"(?:附則)?第?([0-9]+)条?((?:[の-][0-9]+)*)(?:項)?")
_SUPPLEMENT = re.compile(r"(?:附則第?|s)([0-9]+)項?")
_REPLACED = re.compile(r"「([^」]+)」とあるのは((?:「[^」]+」(?:又は|若しくは|及び|、)?)+)と")
_WORD = re.compile(r"「([^」]+)」")
_DATED = re.compile(r"[0-9元]年.*[0-9]日|第[0-9]+号")
_FORCE = "施行期日"


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
    """The ordinance of a source, or the first of the index."""
    return next((o for o in index.records.ordinances if source_id in ("", o.source_id)), None)


def address_of(article: Article) -> str:
    """The last part of an article's address: 12, 12-2 for 第12条の2, s1 for 附則 1."""
    number = article.number.replace("の", "-")
    return f"s{number}" if article.supplementary else number


def path_of(article: Article) -> str:
    """The page of an article."""
    return f"/sources/{quote(article.source_id, safe='')}/articles/{address_of(article)}"


def find_article(ordinance: OrdinanceRecord, told: str) -> Article | None:
    """The article that `told` names: 12, 12-2, 第12条の2, s1, 附則1."""
    plain = fold(told).strip()
    if found := _SUPPLEMENT.fullmatch(plain):
        number, supplementary = found[1], True
    elif found := _NUMBER.fullmatch(plain):
        number, supplementary = found[1] + found[2].replace("-", "の"), False
    else:
        return None
    return next((a for a in ordinance.articles if (a.number, a.supplementary) == (number, supplementary)), None)


def label_of(article: Article) -> str:
    """第12条, 第12条の2, 附則 第1項"""
    if article.supplementary:
        return f"附則第{article.number}項"
    first, _, rest = article.number.partition("の")
    return f"第{first}条" + (f"の{rest}" if rest else "")


def structure(ordinance: OrdinanceRecord) -> list[Group]:
    """The main provisions by chapter and division, in order; the supplementary ones are left out."""
    main = [a for a in ordinance.articles if not a.supplementary]
    grouped = groupby(main, key=lambda a: (a.chapter, a.division))
    return [Group(chapter, division, tuple(articles)) for (chapter, division), articles in grouped]


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


def promulgation(index: Index, ordinance: OrdinanceRecord) -> list[str]:
    """The dated lines before the first article: the day and the number of the ordinance."""
    front = [c for c in index.contents(ordinance.source_id) if c.title == ordinance.title and not c.record]
    lines = [line.strip() for chunk in front for line in chunk.text.splitlines()]
    return [line for line in lines if _DATED.search(fold(line)) and "。" not in line]


def in_force(ordinance: OrdinanceRecord) -> list[Article]:
    """The supplementary provisions that say from when the ordinance applies."""
    return [a for a in supplementary(ordinance) if _FORCE in a.caption]


def beside(ordinance: OrdinanceRecord, article: Article) -> tuple[Article | None, Article | None]:
    """The articles before and behind one."""
    articles: Sequence[Article] = ordinance.articles
    at = articles.index(article)
    return (articles[at - 1] if at else None), (articles[at + 1] if at + 1 < len(articles) else None)
