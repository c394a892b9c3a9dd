"""資料編: the list tables (name, division, page) and the overview entries of the projects, joined into one directory.

An entry is `name〔division〕<field> summary (協働の相手方：partner)`; brackets, line breaks and order of the pieces vary
from page to page (docs/decisions/0003). List and overview name the same projects in the same order in each
organization, and that is how they are joined; names that differ become aliases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import BadCorpus
from assistant.text import compact, one_line
from ingest.document import Document, Section

_ORGANIZATION = re.compile(r"^(?:\*\*)?【([^】]+(?:区|局|統括本部|事務局))】(?:\*\*)?$")
_HEAD = re.compile(
    r"^(?:【(?P<organization>[^】]+)】)?\s*(?P<name>(?:[^〔。<＜〈]|。(?=」)){2,70})〔(?P<divisions>[^〕]*(?:課|センター|館))〕"
)
_FIELD = re.compile(r"^\s*[<＜〈](?P<field>[^>＞〉]+)[>＞〉]\s*")
_PARTNER = re.compile(r"[(（](?:協働の相手[方先]|補助対象事業)\s*[：:]\s*")
_CONDITION = re.compile(r"^\s*(?:[-・①-⑳]|等の要件|\(\d|（\d)")
_DIVISION = re.compile(r"\S.*?(?:課|センター|館)(?=\s|$)")
_PART_OF_NAME = re.compile(r"^(?:全|\d+)\s*館$")
_MARK = re.compile(r"\s*【本編[^】]*】\s*")
_ROW_ORGANIZATION = re.compile(r"^(\S+?(?:区|局|統括本部|事務局))\s+(?=\S)")
_SUPPORT = (
    (
        "補助金",
        re.compile(
            r"補助金|経費の?一部を?「?補助|経費を補助|費用?の?一部.?補助|必要な経費を補助|運営補助|への補助|補助を行"
        ),
    ),
    ("助成金", re.compile(r"助成(?!事業に関する)")),
    ("補助金", re.compile(r"補助(?!剤)")),
    ("奨励・謝金", re.compile(r"奨励|謝金")),
    ("派遣", re.compile(r"派遣")),
    ("物品", re.compile(r"物品|用具の提供|貸出し|苗や土等を配布|苗の?配布|苗を配布|種を配布")),
    ("無料相談", re.compile(r"無料(?:禁煙)?相談")),
)


@dataclass(frozen=True)
class ListRow:
    organization: str
    divisions: tuple[str, ...]
    name: str
    page: str  # as printed; filled only in the first row of a block


@dataclass(frozen=True)
class Entry:
    """One overview entry with the stretch of text it stands in."""

    organization: str
    name: str
    field: str
    summary: str
    partner: str
    notes: str
    start: int
    end: int
    page: str


def list_rows(document: Document, start: int, end: int) -> list[ListRow]:
    """The rows of the list tables in [start, end), the organization carried down and across pages."""
    rows, organization = [], ""
    for line in document.lines(start, end):
        cells = [c.strip() for c in line.text.split("\t")]
        if len(cells) < 2 or cells[0] in ("", "事業名"):
            continue
        found = _ROW_ORGANIZATION.match(cells[1])
        if found:
            organization = found.group(1).replace("ヶ", "ケ")
        divisions = _divisions(cells[1][found.end() :] if found else cells[1])
        rows.append(ListRow(organization, divisions, _MARK.sub("", cells[0]), cells[2] if len(cells) > 2 else ""))
    return rows


def _divisions(cell: str) -> tuple[str, ...]:
    names: list[str] = []
    for name in _DIVISION.findall(cell):
        if names and _PART_OF_NAME.match(name):
            names[-1] += name
        else:
            names.append(name)
    return tuple(compact_name(n) for n in names)


def compact_name(name: str) -> str:
    """A division's name without the blanks of narrow cells; its characters stay as printed."""
    return re.sub(r"\s+", "", name)


def find_entries(document: Document, start: int, end: int) -> list[Entry]:
    """The overview entries of [start, end); together they tile it (a heading opens the entry below it)."""
    heads: list[tuple[int, int, str, re.Match[str]]] = []  # begin, line start, organization, match
    organization, pending = "", start
    for line in document.lines(start, end):
        text = document.clean(line.start, line.end).strip()
        if found := _ORGANIZATION.match(text):
            organization = found.group(1)
            pending = min(pending, line.start) if pending >= 0 else line.start
            continue
        match = _HEAD.match(text)
        if match and (organization or match["organization"]):  # above the first 【…】 stands how to read an entry
            organization = match["organization"] or organization
            heads.append((pending if pending >= 0 else line.start, line.start, organization, match))
            pending = -1
    entries = []
    for index, (begins, line_start, named, match) in enumerate(heads):
        stop = heads[index + 1][0] if index + 1 < len(heads) else end
        entries.append(_entry(document, begins, line_start, stop, named, match))
    return entries


def _entry(
    document: Document, begins: int, line_start: int, stop: int, organization: str, match: re.Match[str]
) -> Entry:
    body = document.clean(line_start, stop).strip()[match.end() :].strip()
    field = _FIELD.match(body)
    if field is None:
        raise BadCorpus(
            f"{document.source.id}: 「{match['name']}」に活動の分野が見つかりません。",
            f"{document.source.id}: no field label in the entry “{match['name']}”",
        )
    body = body[field.end() :]
    opening = _PARTNER.search(body)
    summary, rest = (body[: opening.start()], body[opening.end() :]) if opening else (body, "")
    partner, notes = _split_partner(rest)
    return Entry(
        organization=organization,
        name=one_line(match["name"].replace("**", "")),
        field=one_line(re.sub(r"に関する事業$", "", field["field"])),
        summary=one_line(summary),
        partner=one_line(partner),
        notes=one_line(notes),
        start=begins,
        end=stop,
        page=document.page_at(line_start),
    )


def _split_partner(rest: str) -> tuple[str, str]:
    """Partner, notes. The partner ends at its closing parenthesis, unless conditions go on behind it."""
    depth = 1
    for position, char in enumerate(rest):
        depth += (char in "(（") - (char in ")）")
        if depth == 0:
            after = rest[position + 1 :].strip()
            if not after:
                return rest[:position], ""
            if _CONDITION.match(after):
                return f"{rest[:position]} {after.removesuffix(')').removesuffix('）')}", ""
            return rest[:position], after
    return rest, ""


def pair_up(rows: Sequence[ListRow], entries: Sequence[Entry]) -> list[tuple[ListRow, Entry]]:
    """List and overview in step; a different count or organization is an error with the place."""
    for row, entry in zip(rows, entries, strict=False):
        if compact(row.organization) != compact(entry.organization):
            raise BadCorpus(
                f"一覧の「{row.organization} {row.name}」と概要の「{entry.organization} {entry.name}」の並びが合いません。",
                f"list row “{row.organization} {row.name}” meets overview entry “{entry.organization} {entry.name}”",
            )
    if len(rows) != len(entries):
        raise BadCorpus(
            f"一覧は{len(rows)}事業、概要は{len(entries)}事業で、数が合いません。",
            f"{len(rows)} list rows but {len(entries)} overview entries",
        )
    return list(zip(rows, entries, strict=True))


def support_of(text: str) -> str | None:
    """The kind of support a project gives, by the words of its name and summary; None if they name none."""
    return next((kind for kind, pattern in _SUPPORT if pattern.search(text)), None)


def entry_section(entry: Entry, divisions: tuple[str, ...], record: str, title: str, used: dict[str, int]) -> Section:
    """The section of one entry; `used` keeps keys unique (two entries of 南図書館 differ in their text only)."""
    key = compact("/".join((title, entry.organization, *divisions, entry.name)))
    used[key] = used.get(key, 0) + 1
    key = key if used[key] == 1 else f"{key}#{used[key]}"
    where = f"{entry.page} " if entry.page else ""
    return Section(
        start=entry.start,
        end=entry.end,
        key=key,
        path=(f"{entry.organization} {'・'.join(divisions)}", entry.name, entry.field),
        title=title,
        locator=f"{where}{entry.organization}「{entry.name}」",
        page=entry.page,
        kind="entry",
        record=f"directory:{record}",
        whole=True,
    )
