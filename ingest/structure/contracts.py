"""本編「事業紹介」: the projects under collaboration contracts.

Their printed numbers were misread (five sections are headed 事業紹介②), so the order counts: the n-th section is
project n. The pages come from the list tables' marks 【本編 N ページ】, sorted: one a project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import BadCorpus
from assistant.records import ContractForm, ContractRecord, TableRecord
from assistant.text import compact, fold, one_line
from ingest.document import Document, Line, Section

HEAD = re.compile(r"^事業紹介[①-⑳㉑-㉟②③〇]+$")
_OFFICE = re.compile(r"^[(（]担当区局所管課：(.+)[)）]$")
_PART = re.compile(r"^([1-5]) (協働契約|事業費|事業内容|事業実績|協働で事業)")
_LIST_ROW = re.compile(r"^[①-⑳㉑-㉟]$")
_MARK = re.compile(r"【本編\s*(\d+)(?:～(\d+))?\s*ページ】")
_YEN = re.compile(r"([0-9][0-9,]*)\s*円")
_FORMS: tuple[tuple[str, ContractForm], ...] = (("委託", "委託型"), ("負担金", "負担金型"), ("補助金", "補助型"))
_LIST_MARK = re.compile(r"^[-\s・①-⑳]+")
_PAREN = re.compile(r"[(（]")
_LEGAL = re.compile(r"、(?=(?:認定)?(?:特定非営利活動法人|NPO法人|株式会社|一般社団法人|公益財団法人|社会福祉法人))")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"


@dataclass(frozen=True)
class ContractText:
    """One project's section of the report, cut at its headings."""

    number: int
    name: str
    office: str  # e.g. 西区地域振興課
    page: str
    sections: tuple[Section, ...]

    def part(self, label: str) -> Section | None:
        return next((s for s in self.sections if s.path[-1].startswith(label)), None)


def contract_pages(document: Document) -> list[str]:
    """Pages of the projects in their order, from the marks in the list tables."""
    found = {(int(a), int(b or a)) for a, b in _MARK.findall(document.text)}
    return [str(a) if a == b else f"{a}～{b}" for a, b in sorted(found)]


def split_contracts(document: Document, start: int, end: int, *, title: str) -> list[ContractText]:
    """The projects of [start, end), whose sections tile it."""
    heads = [line for line in document.lines(start, end) if HEAD.match(line.bare)]
    pages = contract_pages(document)
    if len(heads) != len(pages):
        raise BadCorpus(
            f"{document.source.id}: 事業紹介が{len(heads)}件、本編ページの印が{len(pages)}件で、数が合いません。",
            f"{document.source.id}: {len(heads)} project sections but {len(pages)} page marks",
        )
    texts = []
    for index, head in enumerate(heads):
        stop = heads[index + 1].start if index + 1 < len(heads) else end
        begins = head.start if index else start
        texts.append(_split_one(document, (begins, stop), head, (index + 1, pages[index]), title))
    return texts


def _split_one(
    document: Document, span: tuple[int, int], head: Line, place: tuple[int, str], title: str
) -> ContractText:
    (start, stop), (number, page) = span, place
    lines = [line for line in document.lines(head.end + 1, stop) if line.bare]
    at = next(i for i, line in enumerate(lines) if _OFFICE.match(line.bare))
    name = one_line(" ".join(line.bare for line in lines[:at]))
    found = _OFFICE.match(lines[at].bare)
    office = re.sub(r"\s+", "", found.group(1)).replace("ヶ", "ケ") if found else ""
    parts = [line for line in lines[at + 1 :] if _PART.match(line.bare)]
    if parts and document.clean(lines[at].end, parts[0].start).strip():
        parts.insert(0, lines[at + 1])  # ⑭: its table stands before its headings
    sections, begins = [], start
    for index, part in enumerate(parts):
        ends = parts[index + 1].start if index + 1 < len(parts) else stop
        label = _label(part)
        key = f"{compact(title)}/事業紹介/{compact(name)}/{label}"
        # The circled number is part of the locator as it should be, not as it was misread.
        locator = f"本編{page}ページ 事業紹介{CIRCLED[number - 1]} {label}"
        path = (f"{name}〔{_spoken(office)}〕", label)
        sections.append(
            Section(begins, ends, key, path, title, locator, f"本編{page}ページ", "project", f"contract:{number}")
        )
        begins = ends
    return ContractText(number, name, office, page, tuple(sections))


def _label(line: Line) -> str:
    found = _PART.match(line.bare)
    if not found:
        return "各区の講座と協働契約等の相手方"
    return re.sub(r"[(（][^)）]*[)）]|\*\*.*$|[<＜].*$", "", line.bare[2:]).strip()


def _spoken(office: str) -> str:
    return re.sub(r"[(（]各区[)）]", "", office)


def contract_records(document: Document, texts: Sequence[ContractText], listed: TableRecord) -> list[ContractRecord]:
    """Join each section with its row of the list table (by name, or by the table's own number)."""
    rows = {CIRCLED.index(row[0]) + 1: row for row in listed.rows if _LIST_ROW.match(row[0])}
    return [_record(document, text, rows[text.number]) for text in texts]


def _record(document: Document, text: ContractText, row: tuple[str, ...]) -> ContractRecord:
    cost = body_of(document, text.part("事業費"))
    heading = _first_line(document, text.part("事業費"))
    organization, division = split_office(text.office)
    return ContractRecord(
        number=text.number,
        name=re.sub(r"（新規）$", "", text.name),
        listed_name=re.sub(r"（新規）$", "", one_line(row[2])),
        new="（新規）" in text.name,
        proposer=row[1],
        organization=organization,
        division=division,
        partners=tuple(partners_of(document, text)),
        cost=one_line(" ".join([*re.findall(r"[(（].+[)）]", heading), cost])) if cost else "",
        amounts_yen=tuple(int(n.replace(",", "")) for n in _YEN.findall(fold(cost))),
        form=_form(cost),
        count=int(re.sub(r"\D", "", row[4])),
        page=text.page,
        locator=f"本編{text.page}ページ 事業紹介{CIRCLED[text.number - 1]}",
        section=text.sections[0].key,
    )


def _form(cost: str) -> ContractForm | None:
    """The form that the cost line itself names; none if it names none."""
    return next((form for word, form in _FORMS if word in cost), None)


def _first_line(document: Document, section: Section | None) -> str:
    if section is None:
        return ""
    return next((x.bare for x in document.lines(section.start, section.end) if _PART.match(x.bare)), "")


def body_of(document: Document, section: Section | None) -> str:
    """The text below the section's heading, up to the first empty stretch of two lines (a picture's caption follows)."""
    if section is None:
        return ""
    lines = list(document.lines(section.start, section.end))
    at = next((i for i, line in enumerate(lines) if _PART.match(line.bare)), -1)
    text = "\n".join(document.clean(line.start, line.end) for line in lines[at + 1 :])
    return re.split(r"\n\s*\n\s*\n", text.strip())[0].strip()


def partners_of(document: Document, text: ContractText) -> list[str]:
    """One name a partner; a name wrapped over lines, or a joint venture with its members in parentheses, is one."""
    joined: list[str] = []
    for cell in re.split(r"[\n\t]", body_of(document, text.part("協働契約の相手方"))):
        name = _LIST_MARK.sub("", cell.strip())
        if not name or name.startswith("【"):
            continue
        if joined and (joined[-1].endswith(("、", "・")) or name.startswith(("(", "（", "〔")) or _open(joined[-1])):
            joined[-1] += " " + name
        else:
            joined.append(name)
    return [one_line(part) for name in joined for part in ([name] if _PAREN.search(name) else _LEGAL.split(name))]


def _open(text: str) -> bool:
    """Does a parenthesis still wait for its end?"""
    return sum(text.count(c) for c in "(（") > sum(text.count(c) for c in ")）")


def split_office(office: str) -> tuple[str, str]:
    """西区地域振興課 → (西区, 地域振興課); 温暖化対策統括本部SDGs未来都市推進課 likewise; 川崎市… keeps its city."""
    office = re.sub(r"[(（](?!.*担当).*?[)）]", "", office)
    found = re.match(r"^(.+?(?:区|局|統括本部|事務局))(.+)$", office)
    return (found.group(1), found.group(2)) if found else ("", office)


def one_paragraph(text: str) -> str:
    return one_line(re.sub(r"\n\s*\n", "\n", text))
