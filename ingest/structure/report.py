"""The city's yearly report on 市民協働: cover letter, 概要版, 本編, ordinance, 資料編 in one text.

The parts are found by the lines that open them; each is then cut by the structure it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.errors import BadCorpus
from assistant.law_records import OrdinanceRecord
from assistant.records import ContractRecord, DirectoryRecord, TableRecord
from assistant.text import compact
from ingest.document import Document, Section
from ingest.structure import contracts, directory, tables
from ingest.structure.ordinance import split_ordinance
from ingest.structure.outline import split_outline

# Part, the line that opens it. In the order of the text; every one must be there.
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("概要版", re.compile(r"報告書 ?[(（]概要版[)）]$")),
    ("本編", re.compile(r"^令和 ?\d+ ?年度$")),
    ("事業紹介", contracts.HEAD),
    ("条例", re.compile(r"^〈参考〉 ?.*条例$")),
    ("資料編", re.compile(r"^【 ?資 ?料 ?編 ?】$")),
    ("区一覧", re.compile(r"^\(\d\) 区役所所管の協働事業<一覧表>")),
    ("概要", re.compile(r"^\(\d\) 区役所所管の協働事業<概要>")),
    ("局概要", re.compile(r"^\(\d\) 局所管の協働事業<概要>")),
    ("資料", re.compile(r"^協働推進に関する資料$")),
)
_CROSS_REFERENCE = re.compile(r"こちらの事業の詳細については、本編\s*(\d+)(?:～\d+)?\s*ページ")
_QUOTED_LAW = re.compile(r"^【参考】.*（条例第(\d+)条）")
_LIST_TABLE = "番号\t事業提案者"


@dataclass
class Parsed:
    """What a structure parser returns for one document."""

    sections: list[Section]
    tables: list[TableRecord] = field(default_factory=list)
    ordinances: list[OrdinanceRecord] = field(default_factory=list)
    contracts: list[ContractRecord] = field(default_factory=list)
    directory: list[DirectoryRecord] = field(default_factory=list)


def parse_report(document: Document) -> Parsed:
    """Cut the whole report; the sections tile it."""
    starts = _parts(document)
    title = document.source.title
    stop = len(document.text)
    front = split_outline(document, 0, starts["概要版"], title=f"{title} 提出文書", lead="提出文書")
    brief = split_outline(document, starts["概要版"], starts["本編"], title=f"{title} 概要版", lead="概要版")
    main = split_outline(document, starts["本編"], starts["事業紹介"], title=title)
    main = [_quoted_law(section) for section in main]
    texts = contracts.split_contracts(document, starts["事業紹介"], starts["条例"], title=title)
    law, ordinance = split_ordinance(
        document, starts["条例"], starts["資料編"], title=_law_title(document), where="条例", page="本編43～47"
    )
    annex = split_outline(document, starts["資料編"], starts["区一覧"], title=f"{title} 資料編")
    listing = _listing(document, starts["区一覧"], starts["概要"], title)
    entries, records = _directory(document, starts, title)
    links = split_outline(document, starts["資料"], stop, title=f"{title} 資料編")
    listed = _contract_list(document, main)
    parsed = Parsed(
        sections=[
            *front,
            *brief,
            *main,
            *[s for t in texts for s in t.sections],
            *law,
            *annex,
            *listing,
            *entries,
            *links,
        ],
        ordinances=[ordinance],
        contracts=contracts.contract_records(document, texts, listed.record),
    )
    parsed.directory = [_resolve(document, record, texts) for record in records]
    _explain_references(parsed)
    return parsed


def _parts(document: Document) -> dict[str, int]:
    starts: dict[str, int] = {}
    waiting = list(_PARTS)
    for line in document.lines():
        if waiting and waiting[0][1].search(line.bare):
            starts[waiting.pop(0)[0]] = line.start
    if waiting:
        raise BadCorpus(
            f"{document.source.id}: 「{waiting[0][0]}」の始まりが見つかりません。報告書の構成が変わった可能性があります。",
            f"{document.source.id}: the part “{waiting[0][0]}” does not begin anywhere",
        )
    return starts


def _law_title(document: Document) -> str:
    found = re.search(r"^○(.+条例)$", document.text, re.MULTILINE)
    return found.group(1) if found else "条例"


def _quoted_law(section: Section) -> Section:
    """A 【参考】 block repeats an article: recognised, cited from the ordinance itself, kept out of the search."""
    found = _QUOTED_LAW.match(section.path[-1]) if section.path else None
    if not found:
        return section
    return replace(section, kind="quotation", searchable=False, duplicate_of=f"第{found.group(1)}条")


def _contract_list(document: Document, main: list[Section]) -> tables.TableBlock:
    for section in main:
        for block in tables.find_tables(document, section, {}):
            if document.text.startswith(_LIST_TABLE, block.start):
                return block
    raise BadCorpus(
        f"{document.source.id}: 協働契約の一覧表が見つかりません。", f"{document.source.id}: no table of contracts"
    )


def _listing(document: Document, start: int, end: int, title: str) -> list[Section]:
    """The list tables repeat the directory line by line: kept, citable, not searched."""
    sections = split_outline(document, start, end, title=f"{title} 資料編")
    return [replace(s, kind="listing", searchable=False, duplicate_of="directory") for s in sections]


def _directory(document: Document, starts: dict[str, int], title: str) -> tuple[list[Section], list[DirectoryRecord]]:
    rows = directory.list_rows(document, starts["区一覧"], starts["概要"])
    wards = directory.find_entries(document, starts["概要"], starts["局概要"])
    bureaus = directory.find_entries(document, starts["局概要"], starts["資料"])
    numbers = [f"W{i + 1:03}" for i in range(len(wards))] + [f"B{i + 1:03}" for i in range(len(bureaus))]
    sections, records = [], []
    used: dict[str, int] = {}
    paired = directory.pair_up(rows, [*wards, *bureaus])
    for number, (row, entry) in zip(numbers, paired, strict=True):
        section = directory.entry_section(entry, row.divisions, number, f"{title} 資料編", used)
        name, aliases = _names(document, row.name, entry.name)
        sections.append(replace(section, extra=" ".join(aliases)))
        records.append(
            DirectoryRecord(
                id=number,
                organization=entry.organization,
                divisions=row.divisions,
                name=name,
                aliases=aliases,
                field=entry.field,
                summary=entry.summary,
                partner=entry.partner,
                notes=entry.notes,
                locator=section.locator,
                listed_page=row.page,
                support=directory.support_of(f"{name} {entry.summary}"),
            )
        )
    return sections, records


def _names(document: Document, listed: str, overview: str) -> tuple[str, tuple[str, ...]]:
    """Name and other names. The overview's name counts, unless the layout says that it was misread."""
    misread = [a for a in document.layout.aliases if a.text in overview]
    corrected = [overview.replace(a.text, a.means.split()[0]) for a in misread if a.text in listed]
    name, other = (listed, overview) if len(misread) > len(corrected) else (overview, listed)
    return name, tuple(n for n in (other, *corrected) if compact(n) != compact(name))


def _resolve(document: Document, record: DirectoryRecord, texts: list[contracts.ContractText]) -> DirectoryRecord:
    """An entry that only refers to 本編 page N takes summary and partner from there."""
    found = _CROSS_REFERENCE.search(record.summary)
    if not found:
        return record
    text = next((t for t in texts if t.page.split("～")[0] == found.group(1)), None)
    if text is None:
        raise BadCorpus(
            f"「{record.name}」が指す本編{found.group(1)}ページに事業紹介がありません。",
            f"“{record.name}” refers to page {found.group(1)}, where no project begins",
        )
    content = contracts.body_of(document, text.part("事業内容") or text.part("協働契約等の相手方"))
    partners = contracts.partners_of(document, text)
    return record.model_copy(
        update={
            "summary": contracts.one_paragraph(content),
            "partner": "、".join(partners),
            "contract_no": text.number,
            "support": directory.support_of(record.name),
        }
    )


def _explain_references(parsed: Parsed) -> None:
    """What a cross reference means is searched with the entry that holds it."""
    by_record = {f"directory:{r.id}": r for r in parsed.directory if r.contract_no}
    parsed.sections = [
        replace(s, extra=f"{s.extra} {by_record[s.record].summary} {by_record[s.record].partner}".strip())
        if s.record in by_record
        else s
        for s in parsed.sections
    ]
