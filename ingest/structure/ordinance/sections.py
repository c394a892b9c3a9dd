"""What was read of an ordinance as sections that tile it, and as one record.

Sections: the enacting lines, the 目次, the preamble, one an article, one a 附則 (one an article of it, where it has
articles), one a 別表 or 様式. Keys are unique and do not change with other articles.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.law_records import Appendix, Article, OrdinanceRecord, Provision
from assistant.records import ChunkKind, Source
from assistant.text import compact, fold
from ingest.document import Document, Line, Section
from ingest.layout import Layout
from ingest.structure.ordinance import lines as kinds
from ingest.structure.ordinance.dates import KINDS, amendments, days, effective, is_formal, numbers
from ingest.structure.ordinance.reader import Annex, Draft, Reader, Supplement, is_guideline

_KIND = re.compile(rf"(?:{KINDS})(?:施行規則|施行細則)?$")
_CITY = re.compile(r"^[○〇◎●\s]*([一-鿿ヶケァ-ヴー]{1,6}?[市区町村])(?![民長内議場街区立道])")
_REFERENCE = re.compile(
    r"第([0-9０-９一二三四五六七八九十百]+)(?![項号0-9０-９])(?:条((?:の[0-9０-９一二三四五六七八九十]+)*))?"
)
_FEWEST_ARTICLES = 3
_SIGNS = "○◯〇◎●■◆ 　"
_TITLE_LINES = 20
_LONGEST_TITLE = 80  # characters
_LONGEST_RANGE = 100  # articles deleted together
_EARLY = 0.3  # of the text; a handbook that quotes an ordinance has its articles further behind


@dataclass(frozen=True)
class _Part:
    """What one section is made from; it runs to the next."""

    start: int
    label: str
    headings: tuple[str, ...]
    kind: ChunkKind
    record: str = ""
    searchable: bool = True


@dataclass(frozen=True)
class _Names:
    """How citations name the ordinance and the places in it."""

    title: str
    where: str
    page: str


def looks_like_ordinance(text: str) -> bool:
    """Is the text one ordinance (規則, 要綱 …), not a document that quotes one?"""
    rows = [(at, kinds.bare(line)) for at, line in enumerate(text.split("\n"))]
    heads = [at for at, line in rows if (head := kinds.article(line, 0)) and head]
    if len(heads) >= _FEWEST_ARTICLES:
        return heads[0] <= max(_EARLY * len(rows), 40)
    return is_guideline(line for _, line in rows) and any(_KIND.search(fold(line)) for _, line in rows[:10])


def ordinance_title(text: str) -> str:
    """The title that an ordinance bears at its head; "" where it has none, and for any other text."""
    if not looks_like_ordinance(text):
        return ""
    heads = [kinds.bare(line).lstrip(_SIGNS) for line in text.split("\n", _TITLE_LINES)[:_TITLE_LINES]]
    return next((line for line in heads if _KIND.search(fold(line)) and len(line) <= _LONGEST_TITLE), "")


def describe_ordinance(text: str, title: str) -> OrdinanceRecord | None:
    """What an ordinance says of itself, before it is a source; None for any other text."""
    if not looks_like_ordinance(text):
        return None
    document = Document(Source(id="text", title=title), text, Layout())
    return split_ordinance(document, 0, len(text), title=title, where="")[1]


def split_ordinance(
    document: Document, start: int, end: int, *, title: str, where: str, page: str = ""
) -> tuple[list[Section], OrdinanceRecord]:
    """Sections that tile [start, end), and the record of what they say."""
    rows = [
        (line, text)
        for line in document.lines(start, end)
        if (text := kinds.bare(document.clean(line.start, line.end)))
    ]
    reader = Reader(rows)
    provisions = _first(reader, end)
    front = [row for row in rows if row[0].start < provisions]
    parts = [*_front(document, front, reader, start), *_parts(reader)]
    names = _Names(title, where, page)
    sections = _tile(document, (start, end), parts, names)
    return sections, _record(document, reader, front, sections, names)


def _first(reader: Reader, end: int) -> int:
    """Where the provisions begin."""
    starts = (
        [d.start for d in reader.drafts] + [s.start for s in reader.supplements] + [a.start for a in reader.annexes]
    )
    return min(starts, default=end)


def _front(document: Document, rows: Sequence[tuple[Line, str]], reader: Reader, start: int) -> list[_Part]:
    """The enacting lines, the 目次 and the preamble (前文)."""
    contents = reader.contents
    formal = [line.end + 1 for line, text in rows if is_formal(text) and not _inside(line, reader)]
    parts = [_Part(start, "公布文", (), "prose")] if formal or not contents else []
    preamble = max([start, *formal])
    if contents:
        parts.append(_Part(contents.start, "目次", (), "listing", searchable=False))
        preamble = max(preamble, contents.end)
    if preamble == start:
        parts = []
    if any(line.start >= preamble for line, _ in rows):
        parts.append(_Part(preamble, "前文", (), "article"))
    return parts


def _inside(line: Line, reader: Reader) -> bool:
    return reader.contents is not None and reader.contents.start <= line.start < reader.contents.end


def _parts(reader: Reader) -> list[_Part]:
    parts = [_article_part(draft, "") for draft in reader.drafts]
    for supplement in reader.supplements:
        name = _supplement_name(supplement)
        if supplement.drafts and supplement.drafts[0].unit == "条":
            own = [_article_part(draft, name) for draft in supplement.drafts]
            parts += [_Part(supplement.start, *_rest(own[0])), *own[1:]]
        else:
            parts.append(_Part(supplement.start, name, (name,), "article", "article:附則"))
    for annex in reader.annexes:
        parts.append(_Part(annex.start, annex.name, (annex.name + annex.title,), "prose", f"appendix:{annex.name}"))
    return sorted(parts, key=lambda part: part.start)


def _rest(part: _Part) -> tuple[str, tuple[str, ...], ChunkKind, str]:
    return part.label, part.headings, part.kind, part.record


def _article_part(draft: Draft, supplement: str) -> _Part:
    label = _label(draft)
    heading = label + (f"（{draft.caption}）" if draft.caption else "")
    headings = (supplement, *(h for h in draft.headings if h), heading)
    record = "article:附則" if supplement else f"article:{draft.number}"
    return _Part(draft.start, supplement + label, tuple(h for h in headings if h), "article", record)


def _label(draft: Draft) -> str:
    first, _, rest = draft.number.partition("の")
    branch = f"の{rest}" if rest else ""
    label = f"第{first}{branch}" if draft.unit == "第" else f"第{first}条{branch}"
    return f"{label}から第{draft.last}条まで" if draft.last else label


def _supplement_name(supplement: Supplement) -> str:
    return "附則" + (f"（{supplement.label}）" if supplement.label else "")


def _tile(document: Document, span: tuple[int, int], parts: list[_Part], names: _Names) -> list[Section]:
    """Each part from where it begins to the next; what stands before the first belongs to it."""
    start, end = span
    parts = parts or [_Part(start, "本文", (), "prose")]
    parts = [p for p, nxt in zip(parts, [*parts[1:], None], strict=True) if nxt is None or nxt.start > p.start]
    name, used, sections = compact(names.title), dict[str, int](), list[Section]()
    for index, part in enumerate(parts):
        begins = sections[-1].end if sections else start
        stop = parts[index + 1].start if index + 1 < len(parts) else end
        if stop <= begins:
            continue
        used[part.label] = used.get(part.label, 0) + 1
        again = f"#{used[part.label]}" if used[part.label] > 1 else ""
        path = (names.title, *(part.headings or (part.label,)))
        sections.append(
            Section(
                begins,
                stop,
                f"{name}/{part.label}{again}",
                path,
                names.title,
                f"{names.where}{part.label}",
                names.page or document.page_at(part.start),
                part.kind,
                part.record,
                part.searchable,
            )
        )
    return sections


def _record(
    document: Document,
    reader: Reader,
    front: Sequence[tuple[Line, str]],
    sections: Sequence[Section],
    names: _Names,
) -> OrdinanceRecord:
    texts = [text for _, text in front]
    formal = [text for text in texts if is_formal(text)]
    made = next((found[0] for text in formal if (found := days(text))), "")
    supplements = [*([Supplement("", 0, [])] if not reader.supplements else reader.supplements)]
    provisions = [_provision(s, made, sections) for s in supplements if s.start or s.drafts]
    amended = amendments(texts)
    told = [a for p in provisions if p.label for a in amendments([f"改正 {p.label}"])]
    source = document.source
    articles = [a for d in reader.drafts for a in _articles(source.id, d, sections, -1)]
    for place, supplement in enumerate(reader.supplements):
        articles += [a for d in supplement.drafts for a in _articles(source.id, d, sections, place)]
    kind = _KIND.search(fold(names.title))
    return OrdinanceRecord(
        source_id=source.id,
        title=names.title,
        articles=tuple(articles),
        municipality=source.municipality or municipality(texts, names.title),
        kind=kind.group() if kind else "",
        number=next((found[0] for text in formal if (found := numbers(text))), ""),
        promulgated=made,
        provisions=tuple(provisions),
        appendices=tuple(_appendix(annex, sections) for annex in reader.annexes),
        amendments=amended or tuple(told),
    )


def municipality(texts: Sequence[str], title: str) -> str:
    """The municipality that the number of the ordinance or its title begins with."""
    told = [name for text in texts if is_formal(text) for name in numbers(text)]
    found = next((m for text in [*told, title, *texts[:3]] if (m := _CITY.match(text))), None)
    return found.group(1) if found else ""


def _section_at(sections: Sequence[Section], start: int) -> Section:
    return sections[max(0, bisect_right(sections, start, key=lambda section: section.start) - 1)]


def _provision(supplement: Supplement, made: str, sections: Sequence[Section]) -> Provision:
    own = days(supplement.label)
    since = own[0] if own else ("" if supplement.label else made)
    texts = [body.text for draft in supplement.drafts for body in draft.paragraphs]
    key = _section_at(sections, supplement.start).key
    return Provision(label=supplement.label, promulgated=since, effective=effective(texts, since), section=key)


def _articles(source_id: str, draft: Draft, sections: Sequence[Section], place: int) -> list[Article]:
    """The article; of a range of deleted ones each."""
    told = _range(draft.number, draft.last)
    part, chapter, division, low, lowest = draft.headings
    usual = "項" if place >= 0 else "条"
    return [
        Article(
            source_id=source_id,
            number=one,
            caption=draft.caption,
            part=part,
            chapter=chapter,
            division=division,
            subdivision=" ".join(h for h in (low, lowest) if h),
            paragraphs=tuple(body.record() for body in draft.paragraphs),
            supplementary=place >= 0,
            unit="" if draft.unit == usual else draft.unit,
            provision=max(place, 0),
            remarks=tuple(draft.remarks),
            deleted=draft.deleted,
            section=_section_at(sections, draft.start).key,
        )
        for one in told
    ]


def _range(first: str, last: str) -> list[str]:
    """第6条から第8条まで, 第12条の2から第12条の4まで: the number of each."""
    stem, _, begin = first.rpartition("の")
    other, _, end = last.rpartition("の")
    if stem != other or not end.isdecimal() or not begin.isdecimal() or not 0 < int(end) - int(begin) < _LONGEST_RANGE:
        return [first]
    return [f"{stem}の{n}" if stem else str(n) for n in range(int(begin), int(end) + 1)]


def _appendix(annex: Annex, sections: Sequence[Section]) -> Appendix:
    named = tuple(kinds.number(a + b) for a, b in _REFERENCE.findall(annex.title))
    title = annex.title.strip("()（）") if not named else annex.title
    return Appendix(name=annex.name, title=title, articles=named, section=_section_at(sections, annex.start).key)
