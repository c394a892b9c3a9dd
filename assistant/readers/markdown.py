"""Markdown: what its marks mean is read (front matter, headings, tables, links), so that only the text is left to quote.

Code between fences stays with its fences, as nothing in it is a heading (ingest/structure/outline.py).
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.readers.grid import row_line
from assistant.readers.result import About, Read, ReadPage, check_lines
from assistant.readers.text import check_size, read_characters

LARGEST_MARKDOWN = 5_000_000  # bytes
_LONGEST_MARKED = 2_000  # characters of a line that can be a heading or the rule of a table
_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]{1,30}|[一-龠ぁ-んァ-ヶー]{1,12})[ \t]*[:=：][ \t]*(\S.*)$", re.MULTILINE)
_FIELDS = {
    "title": ("title", "題名", "タイトル"),
    "date": ("date", "updated", "lastmod", "last_modified", "更新日", "発行日", "日付"),
    "url": ("url", "canonical", "canonical_url", "source", "出典"),
    "issuer": ("publisher", "issuer", "organization", "author", "発行者", "発行", "作成者"),
}
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_CLOSED = re.compile(r"^( {0,3}#{1,6}[ \t].*?)[ \t]+#+[ \t]*$")
_NOT_A_TITLE = re.compile(r"^\s*(?:$|[#>|]|[-*+・] |[0-9]+[.)] |```|~~~)")
_DELIMITER = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([ \t]*<?([^()\s<>]+)>?(?:[ \t]+[\"'][^()\n]*)?\)")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)


def read_markdown(path: Path, password: str = "") -> Read:
    """Read a Markdown file as one page. `password` is ignored."""
    check_size(path, LARGEST_MARKDOWN)
    text, warnings = read_characters(path)
    check_lines(path.name, text)
    front = _FRONT.match(text)
    fields = dict(_FIELD.findall(front[2])) if front else {}
    if front and fields:
        text = text[front.end() :]
    return Read((ReadPage("", _plain(text)),), warnings, about=_about(fields, text))


def _about(fields: dict[str, str], text: str) -> About:
    lower = {name.lower(): value.strip("\"' ") for name, value in fields.items()}
    said = {key: next((lower[n] for n in names if lower.get(n)), "") for key, names in _FIELDS.items()}
    heading = _TITLE.search(text)
    said["title"] = said["title"] or (heading[1].strip("# ") if heading else "")
    if not said["url"].startswith(("http://", "https://")):
        said["url"] = ""
    return About(**said)


def _plain(text: str) -> str:
    lines: list[str] = []
    fence, source = "", _without_comments(text).split("\n")
    index = 0
    while index < len(source):
        line = source[index]
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and _begins_table(source, index):
            index = _table(source, index, lines)
            continue
        elif not fence and (level := _underlined(source, index)):
            lines.append("#" * level + " " + _inline(line.strip()))
            index += 2
            continue
        lines.append(line if fence or mark else _inline(_unclosed(line)))
        index += 1
    return "\n".join(lines)


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    return first + "".join(part.partition("-->")[2] if "-->" in part else f"<!--{part}" for part in rest)


def _underlined(source: list[str], index: int) -> int:
    """The level of a heading that a line of = or - below it makes; 0 for other lines."""
    line, below = source[index], source[index + 1] if index + 1 < len(source) else ""
    mark = _UNDERLINE.match(below)
    alone = index == 0 or not source[index - 1].strip() or source[index - 1].startswith("#")
    if not mark or not alone or _NOT_A_TITLE.match(line) or "\t" in line:
        return 0
    return 1 if mark[1].startswith("=") else 2


def _unclosed(line: str) -> str:
    return _CLOSED.sub(r"\1", line) if line.lstrip().startswith("#") and len(line) < _LONGEST_MARKED else line


def _begins_table(source: list[str], index: int) -> bool:
    below = source[index + 1] if index + 1 < len(source) else ""
    return "|" in source[index] and "|" in below and len(below) < _LONGEST_MARKED and bool(_DELIMITER.match(below))


def _table(source: list[str], index: int, lines: list[str]) -> int:
    """Append the rows of the table at `index`, tabs between cells; the index of the line behind it."""
    columns = len(_cells(source[index]))
    lines.append(row_line(_cells(source[index]), columns))
    index += 2
    while index < len(source) and "|" in source[index] and source[index].strip():
        lines.append(row_line(_cells(source[index]), columns))
        index += 1
    return index


def _cells(line: str) -> list[str]:
    parts = _BAR.split(line.strip().removeprefix("|"))
    if parts and not parts[-1].strip():
        parts.pop()
    return [_inline(_BREAK.sub(" ", part)).replace("\\|", "|").replace("**", "").strip() for part in parts]


def _inline(line: str) -> str:
    line = _IMAGE.sub(r"\1", line)
    line = _LINK.sub(lambda m: f"{m[1]} <{m[2]}>" if m[2].startswith(("http://", "https://")) else m[1], line)
    return _CODE.sub(r"\1", _BREAK.sub(" ", line))
