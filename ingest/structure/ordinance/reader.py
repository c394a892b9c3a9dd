"""Walks the lines of an ordinance once and keeps what is open: headings, caption, article, 附則, 別表.

The caption may stand on its own line before the article, behind its number, or in front of it on one line; the first
paragraph has no number, or 1; 号 and イ nest by their kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.law_records import Item, Paragraph
from ingest.document import Line
from ingest.structure.ordinance import lines as kinds
from ingest.structure.ordinance.contents import Contents, find_contents

_GUIDELINES = 3  # parts 第1, 第2, 第3 … that make a text without articles a 要綱


@dataclass
class _Entry:
    """An item while its lines are being read."""

    level: int
    label: str
    mark: str
    text: str
    items: list[_Entry] = field(default_factory=list)

    def record(self) -> Item:
        mark = "" if self.mark == f"({self.label})" else self.mark
        return Item(label=self.label, text=self.text, mark=mark, items=tuple(e.record() for e in self.items))


@dataclass
class _Body:
    """A paragraph while its lines are being read; `open` are the items that a line may go on, outermost first."""

    number: int
    text: str
    items: list[_Entry] = field(default_factory=list)
    open: list[_Entry] = field(default_factory=list)

    def extend(self, text: str) -> None:
        if self.open:
            self.open[-1].text += "\n" + text
        else:
            self.text += ("\n" if self.text else "") + text

    def add(self, entry: _Entry) -> bool:
        """Take an item where it fits: the first of its kind, or one behind the last."""
        above = [e for e in self.open if e.level < entry.level]
        beside = above[-1].items if above else self.items
        last = beside[-1] if beside and beside[-1].level == entry.level else None
        if not _follows(entry.label, last.label if last else ""):
            return False
        beside.append(entry)
        self.open = [*above, entry]
        return True

    def record(self) -> Paragraph:
        return Paragraph(number=self.number, text=self.text, items=tuple(e.record() for e in self.items))


def _follows(label: str, before: str) -> bool:
    if label.isdecimal():
        return int(label) > int(before) if before.isdecimal() else int(label) == 1
    return bool(before) or label in ("ア", "イ", "a")


@dataclass
class Draft:
    """An article while its lines are being read."""

    number: str
    caption: str
    start: int
    headings: tuple[str, ...]
    unit: str = "条"
    last: str = ""  # of a range of deleted articles
    deleted: bool = False
    paragraphs: list[_Body] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class Supplement:
    """One 附則 and what stands in it."""

    label: str
    start: int
    drafts: list[Draft] = field(default_factory=list)


@dataclass
class Annex:
    """別表, 様式, 別記: from its name to the next."""

    name: str
    title: str
    start: int


class Reader:
    """`drafts`, `supplements` and `annexes` in the order of the text; `contents` is the 目次."""

    def __init__(self, rows: Sequence[tuple[Line, str]]) -> None:
        self.contents: Contents | None = find_contents(rows)
        self.drafts: list[Draft] = []
        self.supplements: list[Supplement] = []
        self.annexes: list[Annex] = []
        self._headings = [""] * len(kinds.LEVELS)
        self._caption = ""
        self._opened: int | None = None  # where the heading lines of the next article begin
        self._unread = ""  # the caption's line, should no article follow
        self._guideline = is_guideline(text for _, text in rows)
        for line, text in rows:
            if not (self.contents and self.contents.start <= line.start < self.contents.end):
                self._read(line, text)

    def _read(self, line: Line, text: str) -> None:
        for kind in (self._supplement, self._annex, self._heading, self._remark, self._article):
            if kind(line, text):
                return
        if not self._in_annex() and not self._read_caption(line, text):
            self._body(line, text)

    def _in_annex(self) -> bool:
        """Does a 別表 go on? Nothing but a 附則 or the next 別表 ends it."""
        since = self.supplements[-1].start if self.supplements else -1
        return bool(self.annexes) and self.annexes[-1].start > since

    def _in_supplement(self) -> bool:
        return bool(self.supplements) and not self._in_annex()

    def _supplement(self, line: Line, text: str) -> bool:
        found = kinds.supplement(text)
        if found is None:
            return False
        self._close_caption()
        self.supplements.append(Supplement(found[0], self._from(line)))
        self._opened, self._headings = None, [""] * len(kinds.LEVELS)
        if found[1]:
            self._body(line, found[1])
        return True

    def _annex(self, line: Line, text: str) -> bool:
        found = kinds.appendix(text)
        if found is None or not (self.drafts or self.supplements):
            return False
        self._close_caption()
        self.annexes.append(Annex(*found, self._from(line)))
        self._opened = None
        return True

    def _heading(self, line: Line, text: str) -> bool:
        level = kinds.heading(text)
        if level is None or self._in_supplement() or self._in_annex():
            return False
        self._close_caption()
        self._headings[level:] = [text, *[""] * (len(kinds.LEVELS) - level - 1)]
        self._opened = self._from(line)
        return True

    def _remark(self, line: Line, text: str) -> bool:
        found = kinds.remark(text)
        open_drafts = self._open_drafts()
        if found is None or not open_drafts or self._in_annex():
            return False
        open_drafts[-1].remarks.append(found)
        return True

    def _article(self, line: Line, text: str) -> bool:
        if self._in_annex():
            return False
        own = self._open_drafts()
        last = own[-1].last or own[-1].number if own and own[-1].unit == "条" else "0"
        expected = int(last.split("の")[0]) + 1
        guideline = self._guideline and not self._in_supplement()
        head = kinds.guideline(text) if guideline else kinds.article(text, expected)
        if head is None:
            return False
        if head.caption:
            self._close_caption()
        draft = self._open(line, head.number, head.caption)
        draft.unit = "第" if guideline else "条"
        draft.last, draft.deleted = head.last, head.text == "削除"
        self._first(draft, head.text)
        return True

    def _first(self, draft: Draft, text: str) -> None:
        """The first paragraph, whose number may stand on the article's own line."""
        draft.paragraphs.append(_Body(1, ""))
        if text and not self._item(draft, text):
            found = kinds.paragraph(text, 1)
            draft.paragraphs[-1].text = found[1] if found and found[0] == 1 else text

    def _read_caption(self, line: Line, text: str) -> bool:
        supplement = self.supplements[-1] if self._in_supplement() else None
        label = kinds.label_of_supplement(text)
        if supplement and label and not supplement.label and not supplement.drafts and self._opened is None:
            supplement.label = label
            return True
        found = kinds.caption(text)
        if found is None:
            return False
        self._close_caption()
        self._caption, self._unread = found, text
        self._opened = self._from(line)
        return True

    def _body(self, line: Line, text: str) -> None:
        if self._in_supplement() and self._provision(line, text):
            return
        own = self._open_drafts()
        if not own:
            self._caption, self._opened, self._unread = "", None, ""
            return
        self._close_caption()
        last = own[-1]
        told = kinds.paragraph(text, len(last.paragraphs) + 1)
        body = last.paragraphs[-1]
        if told and told[0] == len(last.paragraphs) + 1 and not _circled_item(text, body):
            last.paragraphs.append(_Body(*told))
        elif told and told[0] == 1 and len(last.paragraphs) == 1 and not body.text and not body.items:
            body.text = told[1]
        elif not self._item(last, text):
            body.extend(text)

    def _provision(self, line: Line, text: str) -> bool:
        """A numbered provision of a 附則, or its text without a number."""
        own = self._open_drafts()
        if own and own[-1].unit == "条":
            return False
        told = kinds.paragraph(text, len(own) + 1)
        before = int(own[-1].number or 0) if own else 0
        if told and told[0] > before and (not own or own[-1].number):
            draft = self._open(line, str(told[0]), "")
            draft.unit = "項"
            draft.paragraphs.append(_Body(1, told[1]))
            return True
        if own and not self._caption:
            return False
        draft = self._open(line, str(len(own) + 1) if own else "", "")
        draft.unit = "項"
        draft.paragraphs.append(_Body(1, text))
        return True

    def _item(self, draft: Draft, text: str) -> bool:
        found = kinds.item(text)
        if found is None and kinds.paragraph(text, 1) and text[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
            told, rest = kinds.paragraph(text, 1) or (0, "")
            found = (1, str(told), text[0], rest)
        return found is not None and draft.paragraphs[-1].add(_Entry(*found))

    def _open_drafts(self) -> list[Draft]:
        return self.supplements[-1].drafts if self.supplements else self.drafts

    def _from(self, line: Line) -> int:
        return line.start if self._opened is None else self._opened

    def _close_caption(self) -> None:
        """A line in parentheses behind which no article came belongs to the text before it."""
        own = self._open_drafts()
        if self._unread and own and own[-1].paragraphs and not any(self._headings_open()):
            own[-1].paragraphs[-1].extend(self._unread)
        self._caption, self._unread = "", ""
        self._opened = None if own and not any(self._headings_open()) else self._opened

    def _headings_open(self) -> list[str]:
        """The headings that stand since the last article."""
        own = self._open_drafts()
        return [h for h in self._headings if h and (not own or h not in own[-1].headings)]

    def _open(self, line: Line, told: str, caption: str) -> Draft:
        start = self._from(line)
        draft = Draft(told, caption or self._caption, start, tuple(self._headings))
        self._open_drafts().append(draft)
        self._caption, self._unread, self._opened = "", "", None
        return draft


def _circled_item(text: str, body: _Body) -> bool:
    """② behind an item ① is an item."""
    return bool(body.open) and "①" <= text[0] <= "⑳" and body.open[-1].mark[:1] == chr(ord(text[0]) - 1)


def is_guideline(texts: Iterable[str]) -> bool:
    """Is the text numbered 第1, 第2, 第3 … and not by articles?"""
    found: list[str] = []
    for text in texts:
        if kinds.article(text, 1):
            return False
        if head := kinds.guideline(text):
            found.append(head.number)
    return found[:_GUIDELINES] == [str(n + 1) for n in range(_GUIDELINES)]
