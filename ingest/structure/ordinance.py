"""条例: chapters, sections, captions, articles, paragraphs, items and supplementary provisions.

The caption in parentheses stands on its own line before the article it belongs to; the first paragraph has no number;
list markers before 条, 項 and 号 come and go with the reading of the PDF and mean nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.records import Article, Item, OrdinanceRecord, Paragraph
from assistant.text import arabic_ordinals, compact, fold
from ingest.document import Document, Line, Section

_BULLET = re.compile(r"^\s*-\s+")
_CHAPTER = re.compile(r"^第[0-9]+章\s*\S")
_DIVISION = re.compile(r"^第[0-9]+節\s*\S")
_CAPTION = re.compile(r"^[(（]([^)）]{1,30})[)）]$")
_ARTICLE = re.compile(r"^第([0-9]+)条((?:の[0-9]+)*)\s*(.*)$")
_PARAGRAPH = re.compile(r"^([0-9０-９]{1,2})\s+(\S.*)$")
_ITEM = re.compile(r"^[(（]([0-9０-９]{1,2}|[ア-ン])[)）]\s*(\S.*)$")
_SUPPLEMENT = re.compile(r"^附\s*則")
_PREAMBLE_END = re.compile(r"(を公布する。|改正する。|^目次)")


@dataclass
class _Draft:
    """An article while its lines are being read."""

    number: str
    caption: str
    start: int
    chapter: str
    division: str
    supplementary: bool
    paragraphs: list[Paragraph] = field(default_factory=list)

    def add_paragraph(self, number: int, text: str) -> None:
        self.paragraphs.append(Paragraph(number=number, text=text))

    def extend(self, text: str) -> None:
        last = self.paragraphs[-1]
        if last.items:
            item = last.items[-1].model_copy(update={"text": last.items[-1].text + "\n" + text})
            self.paragraphs[-1] = last.model_copy(update={"items": (*last.items[:-1], item)})
        else:
            self.paragraphs[-1] = last.model_copy(update={"text": last.text + "\n" + text})

    def add_item(self, label: str, text: str) -> None:
        last = self.paragraphs[-1]
        self.paragraphs[-1] = last.model_copy(update={"items": (*last.items, Item(label=label, text=text))})


@dataclass
class _Reader:
    """Walks the lines once and keeps what is open."""

    chapter: str = ""
    division: str = ""
    caption: str = ""
    opened: int | None = None  # where the heading lines of the next article begin
    supplementary: bool = False
    preamble: int | None = None
    drafts: list[_Draft] = field(default_factory=list)

    def read(self, line: Line, text: str) -> None:
        plain = arabic_ordinals(fold(text))
        if _SUPPLEMENT.match(plain):
            self.supplementary, self.opened = True, self._from(line)
            self.chapter = self.division = ""
        elif _CHAPTER.match(plain) and not self.supplementary:
            self.chapter, self.division, self.opened = text, "", self._from(line)
        elif _DIVISION.match(plain) and not self.supplementary:
            self.division, self.opened = text, self._from(line)
        elif (found := _CAPTION.match(text)) and not _looks_like_note(found.group(1)):
            self.caption, self.opened = found.group(1), self._from(line)
        elif found := _ARTICLE.match(plain):
            self._open(line, found.group(1) + found.group(2))
            self.drafts[-1].add_paragraph(1, _after_number(text))
        else:
            self._read_body(line, text)

    def _read_body(self, line: Line, text: str) -> None:
        found = _PARAGRAPH.match(text)
        if self.supplementary and found and (self.opened is not None or self.drafts[-1].supplementary):
            self._open(line, found.group(1))
            self.drafts[-1].add_paragraph(1, found.group(2))
        elif not self.drafts:
            if self.opened is None and self.preamble is None:
                self.preamble = line.start
        elif found and int(found.group(1)) == len(self.drafts[-1].paragraphs) + 1:
            self.drafts[-1].add_paragraph(int(found.group(1)), found.group(2))
        elif item := _ITEM.match(text):
            self.drafts[-1].add_item(item.group(1), item.group(2))
        else:
            self.drafts[-1].extend(text)

    def _from(self, line: Line) -> int:
        return line.start if self.opened is None else self.opened

    def _open(self, line: Line, number: str) -> None:
        start = self._from(line)
        self.drafts.append(_Draft(number, self.caption, start, self.chapter, self.division, self.supplementary))
        self.caption, self.opened = "", None


def _looks_like_note(caption: str) -> bool:
    return bool(re.search(r"施行|[0-9]年", fold(caption)) and "規則第" in caption)


def _after_number(text: str) -> str:
    return re.sub(r"^第\S+?条(?:の\S+?)*\s+", "", text, count=1)


def split_ordinance(
    document: Document, start: int, end: int, *, title: str, where: str, page: str = ""
) -> tuple[list[Section], OrdinanceRecord]:
    """Sections that tile [start, end): what stands before 第1条, one an article, the supplementary provisions."""
    reader = _Reader()
    for line in document.lines(start, end):
        text = _BULLET.sub("", document.clean(line.start, line.end)).strip()
        if text:
            reader.read(line, text)
    sections = _front(document, start, reader, end, title=title, where=where, page=page)
    main = [d for d in reader.drafts if not d.supplementary]
    extra = [d for d in reader.drafts if d.supplementary]
    begins = sections[-1].end if sections else start
    articles: list[Article] = []
    for index, draft in enumerate(main):
        stop = main[index + 1].start if index + 1 < len(main) else (extra[0].start if extra else end)
        key = f"{compact(title)}/第{draft.number}条"
        path = tuple(x for x in (title, draft.chapter, draft.division, _heading(draft)) if x)
        sections.append(
            Section(
                begins, stop, key, path, title, f"{where}第{draft.number}条", page, "article", f"article:{draft.number}"
            )
        )
        articles.append(_article(document, draft, key))
        begins = stop
    if extra:
        key = f"{compact(title)}/附則"
        sections.append(
            Section(begins, end, key, (title, "附則"), title, f"{where}附則", page, "article", "article:附則")
        )
        articles += [_article(document, draft, key) for draft in extra]
    return sections, OrdinanceRecord(source_id=document.source.id, title=title, articles=tuple(articles))


def _front(
    document: Document, start: int, reader: _Reader, end: int, *, title: str, where: str, page: str
) -> list[Section]:
    """What stands before the first article: the enacting lines and the preamble (前文)."""
    stop = reader.drafts[0].start if reader.drafts else end
    last = start
    for line in document.lines(start, stop):
        if _PREAMBLE_END.search(line.bare):
            last = line.end + 1
    sections = []
    name = compact(title)
    if document.clean(start, last).strip():
        sections.append(Section(start, last, f"{name}/公布文", (title, "公布文"), title, f"{where}公布文", page))
    if document.clean(last, stop).strip():
        begins = sections[-1].end if sections else start
        sections.append(Section(begins, stop, f"{name}/前文", (title, "前文"), title, f"{where}前文", page, "article"))
    return sections


def _heading(draft: _Draft) -> str:
    return f"第{draft.number}条" + (f"（{draft.caption}）" if draft.caption else "")


def _article(document: Document, draft: _Draft, key: str) -> Article:
    return Article(
        source_id=document.source.id,
        number=draft.number,
        caption=draft.caption,
        chapter=draft.chapter,
        division=draft.division,
        paragraphs=tuple(draft.paragraphs),
        supplementary=draft.supplementary,
        section=key,
    )
