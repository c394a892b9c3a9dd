"""A brief as people send it — a letter, a list, a mail, minutes, a table — cut into lines, headings and statements."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from itertools import zip_longest

from assistant.clauses.amounts import amounts
from assistant.clauses.cues import heading_labels, named_alone, told_labels
from assistant.clauses.features import marks
from assistant.clauses.ours import is_past
from assistant.clauses.paper import Clause, Paper
from assistant.clauses.party_words import party_words
from assistant.drafts import Form
from assistant.law_records import OrdinanceRecord
from assistant.text import sentences

_MARK = re.compile(
    r"\s*(?:-\s\[[ xX]\]|[・＊◆◇■□●○◎▼▶*※>＞-]|#+|[0-9０-９]{1,2}(?:[.．)）]|(?=[\s　]))|[(（][0-9０-９一二三四五六七八九十]{1,2}[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}(?:[、．]|(?=[\s　]))|第[0-9０-９一二三四五六七八九十]+条)[\s　]*"
)
_BRACKETED = re.compile(r"[【〔［\[]([^】〕］\]]{1,14})[】〕］\]][\s　]*")
_NAMED = re.compile(
    r"([^\s　、。:：→…＝=|「」『』]{1,12})[\s　]*(?:(?<![0-9０-９])[:：]|[:：](?![0-9０-９])|[→＝=]|…+|[\s　](?=\S))[\s　]*"
)
_ROW = re.compile(r"\|?[ \t　]*([^|]{1,14}?)[ \t　]*\|[ \t　]*([^|].*?)[ \t　]*\|?\s*")
_OPEN_BRACKET = re.compile("[（(][^）)]*$")  # 「株式会社なぎさ（本店：…」 is no heading
_SPACED = re.compile(r"[\s　]")
_INSIDE = re.compile(
    r"(?<=[。、])[一二三四五六七八九十]{1,2}[\s　](?=\S)|(?<=[。、])[①-⑳]|(?<=[。\s　])[0-9０-９]{1,2}[.．)）](?![0-9０-９])"
    r"|(?<=[。\s　])[一二三四五六七八九十]{1,2}[、．](?![一二三四五六七八九十\s　])|(?<=。)[(（][0-9０-９一二三四五六七八九十]{1,2}[)）]"
    r"|(?<=。)(?=[^\s　。、:：＝=→「」『』（）()]{1,8}[:：＝→])"
    r"|(?<=[／/])(?=(?:提案[者名]|団体名?|相手方?|事業名|名称|(?:事業の)?目的|ねらい|趣旨|背景|進め方|方法|内容|役割(?:分担)?|分担|費用|経費|予算|お金|責任|期間|時期)[:：→])"
    r"|(?<=[\U0001f300-\U0001faff])(?=[\s　]*[^\s　\U0001f300-\U0001faff\u200d\ufe0f])(?![^「」『』]*[」』])"
)
_FRAME = re.compile(r"[\s　]*(?:記|以上|敬具|拝具|草々|かしこ|拝啓|前略)?[\s　。、]*")  # of a letter; they tell nothing
_BRACKET = re.compile(r"[（(]([^（()）]{6,})[）)][。．\s　]*$")
_CONTRAST = re.compile(
    r"(?:が|けど|けれども?|ものの)、(?=(?:今回|今年度?|今期|来年度?|(?:この|本)事業|うち|当[会社方]|弊社|本会|私(?:ども|たち)|こちら)(?:は|では|も))"
)
_GOES_ON = re.compile(r"(?:を|と|って|に|が|の|は|も|で|や|という)(?![ぁ-ん]*(?:あ|え)、)")


def read_brief(text: str, form: Form | None = None, ordinance: OrdinanceRecord | None = None) -> Paper:
    """The statements of a brief; a heading that names an item holds for its line, or for the lines below it if alone."""
    found: list[Clause] = []
    above, level = "", ""
    for start, line in _lines(text):
        heading, begin = _heading(line)
        body = line[begin:].rstrip("| \t　")
        if heading and not body.strip():
            above, level = heading, ""
            continue
        mark = _mark(line)
        if heading or not mark or mark == level:  # the next point of the list that the heading stood in is not under it
            above, level = heading, mark if heading else ""
        found += _statements(body, start + begin, heading or above)
    return Paper(text, "brief", tuple(found), form, ordinance)


def _mark(line: str) -> str:
    """The kind of the mark at the beginning of a line, without its number: 「(0)」, 「・」; "" without one."""
    found = _MARK.match(line)
    return re.sub(r"[0-9０-９一二三四五六七八九十①-⑳]+|\s", "0", found.group().strip()) if found else ""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their offsets; a list written in one line (一　目的 … 二　方法 …) counts as lines, as does
    目的：…。方法：…; an emoji ends one."""
    start = 0
    for line in text.split("\n"):
        cuts = [0, *(m.start() for m in _INSIDE.finditer(line)), len(line)]
        for a, b in itertools.pairwise(cuts):
            if line[a:b].strip():
                yield start + a, line[a:b]
        start += len(line) + 1


def _heading(line: str) -> tuple[str, int]:
    """The heading in front of a line's statement, "" if there is none, and where the statement begins."""
    mark = _MARK.match(line)
    begin = mark.end() if mark else len(line) - len(line.lstrip())
    for pattern in (_BRACKETED, _NAMED):
        found = pattern.match(line, begin)
        if found and _is_heading(found[1], spaced=pattern is _NAMED and found.group().strip()[-1:] not in ":：→＝=…"):
            return found[1], found.end()
    row = _ROW.fullmatch(line, begin)
    if row and heading_labels(row[1]):
        return row[1], row.start(2)
    rest = line[begin:].strip()
    if mark and len(rest) <= 12 and heading_labels(rest):
        return rest, len(line)
    return "", begin


def _is_heading(words: str, *, spaced: bool) -> bool:
    """Before a colon anything short without an amount is a heading; before a blank only what names an item, and no legal
    form, which begins a name (特定非営利活動法人　…)."""
    if spaced:
        no_heading = words[-1] in "はがもをにで？?" or party_words()["legal"].fullmatch(words)
        return bool(heading_labels(words)) and not no_heading
    return not amounts(words) and not _OPEN_BRACKET.search(words)


def _statements(body: str, start: int, heading: str) -> Iterator[Clause]:
    position, begin, asked = 0, 0, False
    pieces = sentences(body)
    for piece, following in zip_longest(pieces, pieces[1:], fillvalue=""):
        at = body.index(piece, position)
        position = at + len(piece)
        if _GOES_ON.match(following) and piece[-1] in "！？!?」』":  # 「わかった！」を味わう is one statement
            continue
        if named := named_alone(body[begin:position].strip()):  # 「第一に目的。」 is a heading in the run of the text
            heading, begin, asked = named, position, piece.rstrip()[-1:] in ("？", "?")
            continue
        cuts = [begin, *(begin + cut for cut in _aside(body[begin:position])), position]
        for a, b in itertools.pairwise(cuts):
            if not _FRAME.fullmatch(body[a:b]):
                yield Clause(body[a:b].strip(), start + a + _blank(body[a:]), start + b, heading)
        begin = position
        heading, asked = "" if asked else heading, False  # 「目的？　…ことよ。」: a question has one answer


def _aside(statement: str) -> tuple[int, ...]:
    """Where a bracket at the end of a statement begins that tells of something else: 未定です（去年は5万円でした）,
    or where, behind something else, what is meant now begins: 前の年は十回でしたが、｜今年は六回です。"""
    now = _CONTRAST.search(statement)
    if now and _is_apart(statement[: now.start()] + "。"):
        return (now.end(),)
    found = _BRACKET.search(statement)
    apart = found and (_is_apart(found[1]) or "background" in told_labels(found[1]))
    return (found.start(),) if found and apart and found.start() else ()


def _is_apart(text: str) -> bool:
    """Is it about an earlier time or hearsay?"""
    return bool({"#earlier", "#hearsay"} & set(marks(text)) or is_past(text))


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())
