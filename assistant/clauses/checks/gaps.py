"""What is still open: blanks (BLANKS), attachments that are named but absent (ATTACHMENT_MISSING), required items that are
put off to later talks (DEFERRED)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant.clauses.amounts import plain
from assistant.clauses.checks.findings import finding, place
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.lines import patterns as line_patterns
from assistant.clauses.paper import Clause, Heading, Paper
from assistant.drafts import Code, Finding

_TITLE = 4  # characters of an attachment's title by which it is known
_CONTENT = 12  # characters of a clause beside it that make a topic told


def _known(group: str) -> dict[str, re.Pattern[str]]:
    return patterns("gaps", group)


def _topic() -> re.Pattern[str]:
    return line_patterns().topic


def check_blanks(paper: Paper) -> list[Finding]:
    """One finding for all blanks, at the first; the lines where somebody will sign are none."""
    for clause in paper.clauses:
        if clause.part != "signature" and _blank(paper, clause):
            start = _line_start(paper, clause)
            return [finding(Code.BLANKS, place(paper, start, clause.end))]
    return _empty(paper)


def _empty(paper: Paper) -> list[Finding]:
    """A line 費用の分担： of a document with nothing behind it, where the next line begins another topic."""
    known, even = _known("blanks"), plain(paper.text)
    items = _known("items").values()
    for line in known["empty"].finditer(even) if paper.kind != "brief" else ():
        following = known["next"].match(even, line.end())
        topic = following and (not following["key"] or _topic().fullmatch(following["key"]))
        if topic and _topic().fullmatch(line["key"]) and any(words.search(line["key"]) for words in items):
            return [finding(Code.BLANKS, place(paper, line.start("key"), line.end()))]
    return []


def _line_start(paper: Paper, clause: Clause) -> int:
    """With its heading in the same line, so that the quotation says what is blank."""
    line = paper.text.rfind("\n", 0, clause.start) + 1
    head = paper.text[line : clause.start]
    return clause.start if "。" in head or not head.strip() else line + len(head) - len(head.lstrip())


def _blank(paper: Paper, clause: Clause) -> bool:
    known, even = _known("blanks"), plain(paper.text[_line_start(paper, clause) : clause.end])
    if known["ruler"].match(even) and paper.kind != "brief" and not clause.heading:
        return False
    if known["choice"].search(even) or (paper.kind == "brief" and known["left"].search(even)):
        return False
    even = known["person"].sub("", known["emphasis"].sub("", even))
    dates = known["date"].search(even)
    if dates and _signing_date(paper, clause, even):
        return False
    return bool(dates or known["mark"].search(even) or known["money"].search(even))


def _signing_date(paper: Paper, clause: Clause, even: str) -> bool:
    """The day of signing is open until it comes: 令和9年11月　　日 by itself or in a line with a seal."""
    if paper.kind == "brief":
        return False
    rest = _known("blanks")["date"].sub("", even)
    return (len(rest.strip(" 　()（）")) < 4 and not clause.heading) or bool(_known("blanks")["signing"].search(even))


def check_attachments(paper: Paper) -> list[Finding]:
    """別紙 that the text leans on and does not hold."""
    there = _attached(paper)
    found: dict[str, Finding] = {}
    for clause in paper.clauses:
        if clause.part in ("attachment", "signature"):
            continue
        for match in _known("attachments")["name"].finditer(clause.text):
            name = _name(match)
            if name not in found and _leans(clause, match) and not _is_there(match, there):
                found[name] = finding(Code.ATTACHMENT_MISSING, clause, name=name)
    return list(found.values())


def _name(match: re.Match[str]) -> str:
    what = re.split(r"(?:の(?:とおり|通り)|に(?:よ|定|掲|示|従|基|記|書|あ)|を|は|参照|とする)", match["what"])[0]
    name = re.sub(r"\s", "", match["name"])
    return (
        f"{name}「{what}」"
        if what and match.string[match.end("name") : match.end("name") + 1] in "「『の"
        else f"{name}{what}"
    )


def _leans(clause: Clause, match: re.Match[str]) -> bool:
    """Does the sentence say that its content stands in the attachment?"""
    known = _known("attachments")
    after = plain(clause.text)[match.end("name") :]
    if known["none"].match(clause.text[match.end("name") :]):
        return False
    before = clause.text[: match.start()]
    return bool(known["refers"].match(after)) and not known["vague"].search(before)


def _attached(paper: Paper) -> list[str]:
    """What stands at the head of each attachment, without white space, and other headings that call themselves one."""
    heads = [h.text for h in paper.headings if h.part == "attachment"]
    heads += [h.text for h in paper.headings if h.part != "attachment" and _holds(paper, h)]
    heads += _appended(paper)
    heads = [re.sub(r"\s", "", plain(head)) for head in heads]
    return [head for head in heads if not re.search("なし|無し|書類$", head)]


def _appended(paper: Paper) -> list[str]:
    """The lines of a brief that begin an attachment, with something below them or behind their name; in a document only
    those that are its name alone, over something that is none."""
    known = _known("attachments")
    lines = [line.strip() for line in plain(paper.text).split("\n") if line.strip()]
    pairs = list(itertools.zip_longest(lines, lines[1:], fillvalue=""))
    if paper.kind == "brief":
        return [line for line, below in pairs if (below or len(line) > _CONTENT) and known["begins"].match(line)]
    return [a for a, b in pairs if known["name_alone"].fullmatch(a) and b and not known["begins"].match(b)]


def _holds(paper: Paper, heading: Heading) -> bool:
    """Is it the heading of an attachment within the text, and is something under it?"""
    under = next((c for c in paper.clauses if c.start >= heading.end), None)
    known = _known("attachments")
    return bool(known["head"].match(heading.text) and under and not known["absent"].search(under.text))


def _is_there(match: re.Match[str], there: list[str]) -> bool:
    name = re.sub(r"\s", "", plain(match["name"]))
    kind = re.sub("[0-9一二三四五六七八九十A-Z第号]+$", "", name)
    if kind != name:
        return any(re.sub("第", "", head.lstrip("〔【［[（(")).startswith(re.sub("第", "", name)) for head in there)
    what = re.sub(r"\s", "", plain(match["what"]))[:_TITLE]
    return any(_is_list(head) == _is_list(name) or (what and what in head) for head in there)


def _is_list(name: str) -> bool:
    """Is it 別表 or 付表? A list does not stand in for 別紙, which is a text of its own, nor the other way round."""
    return "表" in name


def check_deferred(paper: Paper) -> list[Finding]:
    """Items of §12(2) that are put off whole; what is agreed later beside real content is no gap."""
    found: dict[str, Finding] = {}
    for clause in paper.clauses:
        for item in _put_off(paper, clause):
            if item not in found:
                start = _line_start(paper, clause)
                found[item] = finding(Code.DEFERRED, place(paper, start, clause.end), item=item)
    return list({f.start: f for f in found.values()}.values())


def _put_off(paper: Paper, clause: Clause) -> Iterator[str]:
    known, even = _known("deferred"), plain(clause.text)
    found = known["put_off"].search(even) or known["bare"].search(even)
    if clause.part in ("signature", "attachment") or not found:
        return
    if paper.kind == "brief" and known["undecided"].search(even) and not known["asked"].search(even):
        return
    subject = known["mishap"].sub("", even[: found.end()])
    told = [item for item, words in _known("subjects").items() if words.search(subject)]
    if told and known["about"].match(subject):  # 「責任の分担については、必要が生じたときに…協議して定める」
        subject = known["need"].sub("", subject)
    headed = [item for item, words in _known("items").items() if words.search(clause.heading)]
    if known["aside"].search(subject) or (known["detail"].search(subject) and not headed):
        return
    for item in (told or headed)[:2]:
        detail = known["detail"].search(subject) is not None
        if not any(_tells(c, detail) for c in _beside(paper, clause, item, own=item in headed)):
            yield item


def _beside(paper: Paper, clause: Clause, item: str, *, own: bool) -> list[Clause]:
    """The other clauses of the article where the item has one of its own, else all that speak of the item."""
    others = [c for c in paper.clauses if c is not clause and c.part == "body"]
    if own:
        return [c for c in others if (c.article, c.heading) == (clause.article, clause.heading)]
    heads, words = _known("items")[item], _known("subjects")[item]
    return [c for c in others if heads.search(c.heading) or words.search(plain(c.text))]


def _tells(clause: Clause, detail: bool) -> bool:
    """Does the sentence say who does or pays something, and not only in which spirit? Where only a detail is put off,
    any other sentence does."""
    known, even = _known("deferred"), plain(clause.text)
    if len(even) < _CONTENT or known["put_off"].search(even) or known["spirit"].search(even):
        return False
    return detail or bool(known["settled"].search(even))
