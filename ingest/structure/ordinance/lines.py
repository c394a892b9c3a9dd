"""What a line of an ordinance can be, by how it begins: one function a kind, None where the line is something else.

Numbers come as 12, １２ or 十二; list markers and heading marks before them come and go with the reading of a file and
mean nothing. A line of running text may begin with 第12条 as well: what follows the number tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text import compact, fold, kanji_number

_D = r"[0-9０-９〇一二三四五六七八九十百]{1,6}"
_N = rf"{_D}(?:の{_D})*"
_MARKS = re.compile(r"^\s*(?:-\s+|#{1,6}\s+)?\s*")
# What goes on in running text behind 第12条 or 附則: 第12条の規定により, 附則第2項
_RUNS_ON = (*"のにはをがとでへもや、。及並又若第項中各前後・～", "から", "まで")
_RUNS_ON_APART = tuple("のにはを、。")  # behind a blank
LEVELS = "編章節款目"
_HEADING = re.compile(rf"^第{_D}([{LEVELS}])(?:の{_D})*(.*)$")
_CAPTION = re.compile(r"^[(（]([^()（）]{1,40}(?:[(（][^()（）]{1,20}[)）])?[^()（）]{0,10})[)）]$")
_ARTICLE = re.compile(
    rf"^(?:[(（](?P<before>[^()（）。]{{1,40}})[)）]\s*)?第(?P<first>{_D})条(?P<branch>(?:の{_D})*)(?P<rest>.*)$"
)
_INLINE_CAPTION = re.compile(r"^\s*[(（]([^()（）。]{1,40})[)）](.*)$")
_DELETED = re.compile(
    rf"^(?:(?:及び|から|、|・|[―－～-])第(?P<last>{_D})条(?P<branch>(?:の{_D})*)(?:まで)?)?\s*(?P<word>削除)(?:\s*[(（].*)?$"
)
_GUIDELINE = re.compile(
    rf"^第(?P<number>{_N})(?:[\s　]+(?P<name>[^\s。]{{1,40}})|[\s　]*[(（](?P<caption>[^()（）]{{1,40}})[)）])$"
)
_SUPPLEMENT = re.compile(r"^附\s*則(?:\s*[(（](?P<label>[^)）]*)[)）])?(?:\s*抄)?(?P<rest>\s+\S.*)?$")
_APPENDIX = re.compile(
    rf"^(?P<name>(?:別[表記図紙](?:第?{_N}号?)?(?:\s*(?:第{_N}号)?様式(?:第?{_N}号?)?)?"
    rf"|(?:別記)?(?:第{_N}号)?様式(?:第?{_N}号?)?(?:その{_D})?|別記第{_N}号様式))"
    r"(?P<rest>[\s　]*[(（].*|[\s　]+\S.*)?$"
)
_PARAGRAPH = re.compile(r"^(?P<number>[0-9０-９]{1,2})(?P<gap>[\s　.．]*)(?P<text>\S.*)$")
_COUNTED = re.compile(r"^[年月日条項号人名回円個件箇か歳時分%％倍割]")
_CIRCLED = re.compile(r"^([①-⑳])[\s　]*(\S.*)$")
_ITEMS = (  # level and shape, outermost first; of a kind of its own where the level has several
    (1, re.compile(r"^[(（]([0-9０-９]{1,2})[)）]\s*(\S.*)$")),
    (1, re.compile(r"^([⑴-⒇])\s*(\S.*)$")),
    (1, re.compile(r"^([一二三四五六七八九十]{1,3})[\s　]+(\S.*)$")),
    (2, re.compile(r"^([ア-ン])[\s　]+(\S.*)$")),
    (3, re.compile(r"^[(（]([ア-ン])[)）]\s*(\S.*)$")),
    (4, re.compile(r"^([a-zａ-ｚ])[\s　]+(\S.*)$")),
    (5, re.compile(r"^[(（]([a-zａ-ｚ])[)）]\s*(\S.*)$")),
)
_LONGEST_REMARK = 400  # characters; the pattern takes long over very long lines
_DONE = "(?:一部改正|全部改正|全改|改正|追加|削除|繰上げ?|繰下げ?)"
_REMARK = re.compile(
    rf"^[(（](?P<round>[^。]*(?:条例|規則|告示|訓令|要綱|規程|規約|令|法律?)[^。]*{_D}号?[・、][^。]*{_DONE}[^。]*)[)）]$"
    rf"|^(?P<square>{_DONE}.{{0,20}}〔[^〔〕]*〕(?:、?{_DONE}.{{0,20}}〔[^〔〕]*〕)*)$"
)
_DATED = re.compile(r"(?=.*(?:施行|適用|第.{1,6}号))(?=.*[0-9０-９一二三四五六七八九十元]年)")


@dataclass(frozen=True)
class ArticleHead:
    """第12条の2（見出し）本文; `last` is set for 第3条から第5条まで 削除."""

    number: str
    caption: str
    text: str
    last: str = ""


def bare(text: str) -> str:
    """The line without list and heading marks and the blanks around it."""
    return _MARKS.sub("", text, count=1).strip()


def number(text: str) -> str:
    """第 aside, 十二の二 → 12の2."""
    plain = re.sub(r"\s", "", fold(text))
    return "の".join(part if part.isdecimal() else str(kanji_number(part)) for part in plain.split("の"))


def heading(text: str) -> int | None:
    """Level of a heading (0 編 … 4 目)."""
    found = _HEADING.match(text)
    if found is None or "。" in text or len(text) > 80:
        return None
    rest = found.group(2)
    return None if rest.startswith(_RUNS_ON) or not rest.strip() else LEVELS.index(found.group(1))


def caption(text: str) -> str | None:
    """（見出し） alone on its line; numbers, remarks on amendments and on the day of effect are no captions."""
    found = _CAPTION.match(text)
    if found is None or "。" in found.group(1) or found.group(1) in ("略", "抄") or _DATED.match(text):
        return None
    return found.group(1)


def remark(text: str) -> str | None:
    """（平26条例12・一部改正） or 一部改正〔平成26年条例12号〕 behind an article."""
    found = _REMARK.match(text) if len(text) <= _LONGEST_REMARK else None
    return found["round"] or found["square"] if found else None


def article(text: str, expected: int) -> ArticleHead | None:
    """The head of an article; `expected` is the number that comes next, for heads that stand close to their text."""
    found = _ARTICLE.match(text)
    if found is None:
        return None
    first, before, rest = number(found["first"] + found["branch"]), found["before"] or "", found["rest"]
    if gone := _DELETED.match(rest):
        last = number(gone["last"] + gone["branch"]) if gone["last"] else ""
        return ArticleHead(first, "", gone["word"], last)
    inline = _INLINE_CAPTION.match(rest)
    if inline and not inline.group(2).startswith(_RUNS_ON):
        return ArticleHead(first, before or inline.group(1), inline.group(2).strip())
    return None if _runs_on(rest, first == str(expected)) else ArticleHead(first, before, rest.strip())


def _runs_on(rest: str, awaited: bool) -> bool:
    """Is what stands behind 第12条 running text that mentions the article?"""
    if rest and not rest[0].isspace():
        return not awaited or rest.startswith(_RUNS_ON)
    return not awaited and rest.lstrip().startswith(_RUNS_ON_APART)


def guideline(text: str) -> ArticleHead | None:
    """第1 趣旨, as 要綱 number their parts."""
    found = _GUIDELINE.match(text)
    return ArticleHead(number(found["number"]), found["name"] or found["caption"], "") if found else None


def supplement(text: str) -> tuple[str, str] | None:
    """附則（令和3年3月25日条例第12号）: what stands in the parentheses, and text behind it."""
    found = _SUPPLEMENT.match(text)
    return (found["label"] or "", (found["rest"] or "").strip()) if found else None


def appendix(text: str) -> tuple[str, str] | None:
    """別表第1（第3条関係） → its name and the rest of the line; also 様式第1号, 第1号様式, 別記様式."""
    found = _APPENDIX.match(text)
    if found is None or len(text) > 80:
        return None
    name = re.sub(rf"(?<=第){_D}", lambda m: number(m.group()), re.sub(r"\s", "", found["name"]))
    return name, (found["rest"] or "").strip()


def label_of_supplement(text: str) -> str | None:
    """（令和3年3月25日条例第12号） on the line below 附則."""
    found = _CAPTION.match(text)
    return found.group(1) if found and _DATED.match(text) else None


def paragraph(text: str, expected: int) -> tuple[int, str] | None:
    """２　… or ②…; the number only close to its text where it is the one that comes next."""
    if found := _CIRCLED.match(text):
        return ord(found.group(1)) - ord("①") + 1, found.group(2)
    found = _PARAGRAPH.match(text)
    if found is None:
        return None
    told = int(fold(found["number"]))
    if not found["gap"] and (told != expected or found["text"][0].isascii() or _COUNTED.match(found["text"])):
        return None
    return told, found["text"]


def item(text: str) -> tuple[int, str, str, str] | None:
    """Level (1 号, 2 イ, 3 (ア), 4 a …), label, what is printed for it, text."""
    for level, pattern in _ITEMS:
        if found := pattern.match(text):
            label = compact(found.group(1))
            plain = label.strip("()")
            told = str(kanji_number(plain)) if level == 1 and not plain.isdecimal() else plain
            return level, told, compact(text[: found.start(2)]), found.group(2)
    return None
