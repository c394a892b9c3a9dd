"""Sections by headings: a layout's patterns and marks, or general ones for unknown documents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.errors import BadCorpus
from assistant.text import compact, one_line
from ingest.document import Document, Line, Section
from ingest.layout import Heading, Mark

GENERAL = (
    Heading(level=1, pattern=r"^#\s"),
    Heading(level=2, pattern=r"^##\s"),
    Heading(level=3, pattern=r"^#{3,6}\s"),
    Heading(level=1, pattern=r"^第[0-9０-９一二三四五六七八九十百]+[編章部]"),
    Heading(level=2, pattern=r"^[0-9０-９]{1,2}[ 　.．、][^。]{2,40}$"),
    Heading(level=3, pattern=r"^[（(][0-9０-９]{1,2}[)）][^。]{2,40}$"),
    Heading(level=3, pattern=r"^[■◆【《][^。]{2,40}$"),
)
_FENCE = re.compile(r"^(```|~~~)")
_DECORATION = re.compile(r"^[#\s\-*]+|\*\*|</?p[^>]*>")


@dataclass(frozen=True)
class _Opening:
    """The place where a section begins."""

    line: Line
    level: int
    title: str
    page: str


def split_outline(
    document: Document, start: int, end: int, *, title: str, where: str = "", lead: str = ""
) -> list[Section]:
    """Sections that tile [start, end). `title` names the part, `where` is put before every locator, and `lead` before
    every context, where the headings alone would not say what the document is about."""
    openings = _openings(document, start, end, document.layout.headings or GENERAL)
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    used: dict[str, int] = {}
    begins, page = start, ""
    for index, opening in enumerate([None, *openings]):
        stop = openings[index].line.start if index < len(openings) else end
        if opening is not None:
            path = [(level, name) for level, name in path if level < opening.level] + [(opening.level, opening.title)]
            page = opening.page or page
        if not _has_body(document, opening, begins, stop) and index < len(openings):
            continue  # a bare heading opens the section below it
        if stop > begins:
            names = tuple(name for _, name in path)
            key = _unique("/".join(compact(n) for n in (title, *names)), used)
            at = document.page_at(begins) or page
            context = (lead, *names) if lead else names or (title,)
            sections.append(Section(begins, stop, key, context, title, _locator(where, at, names), at))
        begins = stop
    return _number_locators(sections)


def _openings(document: Document, start: int, end: int, rules: tuple[Heading, ...]) -> list[_Opening]:
    marks = list(document.layout.marks)
    compiled = [(rule.level, re.compile(rule.pattern)) for rule in rules]
    found = []
    code = _code_lines(document, start, end)
    for line in document.lines(start, end):
        bare = line.bare
        if not bare or line.number in code or not document.clean(line.start, line.end).strip():
            continue
        mark = marks[0] if marks and bare.startswith(marks[0].anchor) else None
        if mark:
            marks.pop(0)
            found.append(_Opening(line, mark.level, mark.title or _name(bare), mark.page))
            continue
        level = next((level for level, pattern in compiled if "\t" not in bare and pattern.search(bare)), None)
        if level is not None:
            found.append(_Opening(line, level, _name(bare), ""))
    return found


def _code_lines(document: Document, start: int, end: int) -> set[int]:
    """Numbers of the lines between two fences of Markdown: # begins a remark there, no heading."""
    inside: set[int] = set()
    opened = 0
    for line in document.lines(start, end):
        if _FENCE.match(line.bare):
            inside |= set(range(opened, line.number)) if opened else set()
            opened = 0 if opened else line.number
    return inside


def check_marks(document: Document) -> None:
    """Every mark of the layout must stand in the document, in order."""
    position = 0
    for mark in document.layout.marks:
        line = next((x for x in document.lines(position) if x.bare.startswith(mark.anchor)), None)
        if line is None:
            raise missing_anchor(document, mark)
        position = line.end + 1


def missing_anchor(document: Document, mark: Mark | object) -> BadCorpus:
    anchor = getattr(mark, "anchor", "")
    return BadCorpus(
        f"{document.source.id}: 構造ファイルにある行「{anchor}」が本文に見つかりません。文書が改められていれば構造ファイルも直してください。",
        f"{document.source.id}: the layout names a line that begins with “{anchor}”, which the text does not have",
    )


def _has_body(document: Document, opening: _Opening | None, start: int, stop: int) -> bool:
    """Is there more in [start, stop) than heading lines?"""
    begin = start if opening is None else max(start, min(opening.line.end, stop))
    return bool(document.clean(begin, stop).strip())


def _name(bare: str) -> str:
    return one_line(_DECORATION.sub("", bare))[:60]


def _locator(where: str, page: str, names: tuple[str, ...]) -> str:
    return " ".join(x for x in (f"{where}{page}".strip(), *names[-2:]) if x)


def _unique(key: str, used: dict[str, int]) -> str:
    used[key] = used.get(key, 0) + 1
    return key if used[key] == 1 else f"{key}#{used[key]}"


def _number_locators(sections: list[Section]) -> list[Section]:
    """A section before the first heading is found under 冒頭."""
    return [s if s.locator else replace(s, locator="冒頭") for s in sections]
