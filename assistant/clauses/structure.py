"""Any contract, proposal or agreement cut into clauses with heading and article, whoever wrote it and however.

A clause is one sentence, row or bullet. A heading alone is no clause; it stays with what follows. Nothing is lost:
every character that is not white is in a clause, in a heading (with its number and signs), or in a ruled line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.clauses.amounts import number, plain
from assistant.clauses.lines import Line, Split, bracketed, keyed, patterns, read_lines, short, tells
from assistant.clauses.paper import Clause, Heading, Paper, PaperKind, Part
from assistant.drafts import Form
from assistant.law_records import OrdinanceRecord

_STOP = re.compile(r"[（(「『【]|[）)」』】]|(?:[。！？]|[!?](?=\s|$))+[！？!?。]*")
_ITEMS = {"paren", "circle", "kana", "letter"}  # marks that mostly count items below a heading
_ENDS = "。！？!?：:」』）)】"


@dataclass(frozen=True)
class _Level:
    kind: str
    label: str
    heading: str


@dataclass
class _Reader:
    """The state between lines: what is open above, which part of the document this is, the text not yet cut."""

    text: str
    kind: PaperKind
    part: Part = "preamble"
    stack: list[_Level] = field(default_factory=list)
    pending: str = ""  # a heading in a line of its own above its article
    run: tuple[int, int, str] | None = None  # start, end, heading of a row
    clauses: list[Clause] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    def read(self, line: Line, before: Line | None, after: Line | None, near: Line | None) -> None:
        """`before` and `near` are the neighbouring lines, None where an empty one stands; `after` the next that is not."""
        if self._continues(line, before):
            assert self.run is not None
            self.run = (self.run[0], line.end, self.run[2])
            return
        self.flush()
        self._turn(line)
        if self.part == "signature":
            self._body(line.start, line.end)
        elif self.part == "attachment" and _begins_attachment(line):
            self.stack = [_Level("attachment", line.even.split()[0], "")]
            self._head(line, line.end, line.even)
        elif line.kind == "table":
            self._row(line)
        elif line.kind:
            self._marked(line, after, near)
        else:
            self._unmarked(line, before, after, near)

    def _continues(self, line: Line, before: Line | None) -> bool:
        """Is the line the rest of a sentence that was broken to fit a page?"""
        if not (self.run and before) or line.kind or len(before.even) < 30 or before.even[-1] in _ENDS:
            return False
        return line.even[0] not in "（(【「" and not keyed(line, gap=False) and not tells_alone(line)

    def _turn(self, line: Line) -> None:
        """Into the signature block, out of it, or on to the attachments."""
        known, late = patterns(), line.start > len(self.text) * 0.4
        if self.kind == "brief":
            return
        if late and _begins_attachment(line) and (self.stack or self.part == "signature"):
            self.part = "attachment"
        elif self.part == "signature":
            if line.sentence or _begins_topic(line):
                self.part = "body"
        elif self.part != "attachment" and late and not line.kind and not line.sentence:
            signs = known.signing_date.fullmatch(line.even) or (
                known.signer.fullmatch(line.even) and not known.duties.fullmatch(line.even)
            )
            nested = self.stack and self.stack[-1].kind in ("plain", "bracket")
            if signs and (not nested or line.start > len(self.text) * 0.7 or known.signing_date.fullmatch(line.even)):
                self.part, self.stack = "signature", []

    def _marked(self, line: Line, after: Line | None, near: Line | None) -> None:
        self._pop(line.kind)
        split = bracketed(line) or self._keyed(line)
        if split is None and self._only_heading(line, after, near):
            split = Split("".join(line.rest.split()), line.end)
        heading = split.heading if split else self.pending if line.kind in ("article", "ordinal", "number") else ""
        self.pending = ""
        self._push(line.kind, _label(line, heading), heading)
        body = split.body if split else line.body
        self._head(line, body, heading)
        self._body(body, line.end)

    def _keyed(self, line: Line) -> Split | None:
        found = keyed(line, gap=line.kind not in ("small", "number", "letter") or not self.stack)
        if not found or (line.kind == "small" and not self._splits(found)):
            return None
        return found if not self._nested() or patterns().topic.fullmatch(found.heading) else None

    def _only_heading(self, line: Line, after: Line | None, near: Line | None) -> bool:
        if line.kind in ("chapter", "hash"):
            return True
        if line.kind == "small" or after is None or after.kind == line.kind or not short(line.rest):
            return False
        if line.kind in _ITEMS and self._nested():
            return near is not None and not near.kind and near.sentence and not bracketed(near)
        return True

    def _unmarked(self, line: Line, before: Line | None, after: Line | None, near: Line | None) -> None:
        split = bracketed(line)
        if split and (near or split.body < line.end or line.even[0] not in "（("):
            return self._bracket(line, split, after)
        split = keyed(line, gap=False)
        if split and self._splits(split):
            if split.body < line.end:
                self._head(line, split.body, split.heading)
                return self._body(split.body, line.end, split.heading)
            if near is not None:
                return self._title(line, split.heading)
        if not before and near and short(line.even, 25) and tells(near) and "（" not in line.even:
            return self._title(line, line.even)
        return self._body(line.start, line.end)

    def _title(self, line: Line, heading: str) -> None:
        self._pop("plain")
        self._push("plain", heading, heading)
        self._head(line, line.end, heading)

    def _bracket(self, line: Line, split: Split, after: Line | None) -> None:
        """【目的】, （目的） in a line of its own or before its text, 【第4　補助】."""
        round_ = line.even[0] in "（("
        if round_ and split.body >= line.end and after and after.kind in ("article", "ordinal", "number"):
            self.pending = split.heading
            return self._head(line, line.end, split.heading)
        inner = next((m for m in (patterns().marks[k].match(line.even[1:]) for k in ("article", "ordinal")) if m), None)
        kind = "ordinal" if inner else "bracket"
        heading = "".join(line.even[1 + inner.end() :].split("】")[0].split()) if inner else split.heading
        self._pop(kind)
        label = inner.group().strip() if inner else line.even[: split.body - line.start].strip()
        self._push(kind, label, heading)
        self._head(line, split.body, heading)
        return self._body(split.body, line.end)

    def _row(self, line: Line) -> None:
        """A row of a table: 項目 and 内容 where it has two cells beside its number, else all of it."""
        cells = [(a, b) for a, b in line.cells if not re.fullmatch(r"[0-9.()]{1,4}", plain(self.text[a:b]))]
        if len(cells) != 2 or not self._splits(Split(self.text[slice(*cells[0])], cells[1][0])):
            return self._body(line.cells[0][0], line.cells[-1][1]) if line.cells else None
        heading, counted = self.text[slice(*cells[0])], len(cells) < len(line.cells)
        self._pop("row")
        self._push("row", self.text[slice(*line.cells[0])] if counted else heading, heading)
        self._head(line, cells[1][0], heading)
        return self._body(*cells[1])

    def _splits(self, split: Split) -> bool:
        """項目：内容 has a heading of its own where nothing stands above it, or where it names a topic."""
        return not [s for s in self.stack if s.kind not in ("small", "row")] or bool(
            patterns().topic.fullmatch(split.heading)
        )

    def _nested(self) -> bool:
        return any(level.kind != "chapter" for level in self.stack)

    def _pop(self, kind: str) -> None:
        kinds = [level.kind for level in self.stack]
        if kind == "chapter":
            self.stack = []
        elif kind == "article":
            self.stack = [level for level in self.stack if level.kind == "chapter"]
        elif kind in kinds:
            self.stack = self.stack[: kinds.index(kind)]

    def _push(self, kind: str, label: str, heading: str) -> None:
        self.stack.append(_Level(kind, label, heading))
        if self.part == "preamble":
            self.part = "body"

    def _head(self, line: Line, end: int, text: str) -> None:
        if end > line.start:
            self.headings.append(Heading(text, line.start, end, self.part))

    def _body(self, start: int, end: int, heading: str = "") -> None:
        if start < end:
            self.run = (start, end, heading)

    def flush(self) -> None:
        """Cut what has been gathered into sentences."""
        if self.run is None:
            return
        start, end, row = self.run
        heading = row or next((level.heading for level in reversed(self.stack) if level.heading), "")
        article = _article(self.stack) or row
        for a, b in sentences(self.text, start, end):
            self.clauses.append(Clause(self.text[a:b], a, b, heading, article, part=self.part))
        self.run = None


def read_document(
    text: str, kind: PaperKind, form: Form | None = None, ordinance: OrdinanceRecord | None = None
) -> Paper:
    """`text` cut into clauses, which have no labels yet (labelled())."""
    lines = list(read_lines(text))
    filled = [i for i, line in enumerate(lines) if line]
    title = next((i for i in filled[:3] if _is_title(lines[i], alone=len(filled) == 1)), None)
    reader = _Reader(text, kind, part="body" if kind == "brief" else "preamble")
    following = dict(zip(filled, [lines[i] for i in filled[1:]], strict=False))
    for i in filled:
        line = lines[i]
        assert line is not None
        if i == title:
            reader.flush()
            reader.headings.append(Heading(line.rest, line.start, line.end, "title"))
            continue
        before = lines[i - 1] if i and i - 1 != title else None
        reader.read(line, before, following.get(i), lines[i + 1] if i + 1 < len(lines) else None)
    reader.flush()
    clauses = _settle(reader.clauses)
    return Paper(text, kind, tuple(clauses), form, ordinance, tuple(reader.headings))


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of text[start:end], without white space at the ends; a bracket is never cut."""
    found, depth, at = [], 0, start
    even = sum(1 if c in "（(「『【" else -1 for c in text[start:end] if c in "（(「『【）)」』】") == 0
    for match in _STOP.finditer(text, start, end):
        if match.group() in "（(「『【）)」』】":
            depth += (1 if match.group() in "（(「『【" else -1) if even else 0
        elif depth <= 0:
            found.append((at, match.end()))
            at = match.end()
    spans = [_trim(text, a, b) for a, b in [*found, (at, end)]]
    return [(a, b) for a, b in spans if a < b]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def tells_alone(line: Line) -> bool:
    """Does the line begin something of its own by its form: a signature, a date?"""
    known = patterns()
    return bool(known.signing_date.fullmatch(line.even) or known.signer.fullmatch(line.even))


def _begins_topic(line: Line) -> bool:
    """Does an item of the document begin in the line (費用：…, 4　収支の考え方), so that nobody signs here?"""
    found = keyed(line, gap=False)
    return bool(found and patterns().topic.fullmatch(found.heading)) or line.kind in ("article", "ordinal")


def _begins_attachment(line: Line) -> bool:
    return not line.sentence and bool(patterns().attachment.fullmatch(line.even))


def _is_title(line: Line | None, *, alone: bool) -> bool:
    if line is None or alone or line.kind not in ("", "hash", "big") or len(line.even) > 60:
        return False
    return bool(patterns().title.fullmatch(line.rest)) and keyed(line, gap=False) is None


def _settle(clauses: Sequence[Clause]) -> list[Clause]:
    """A text without any heading has no preamble: it is all body."""
    if any(clause.part == "body" for clause in clauses):
        return list(clauses)
    return [replace(c, part="body") if c.part == "preamble" else c for c in clauses]


def _label(line: Line, heading: str) -> str:
    """How people cite it: 第4条, 2, ■経費."""
    mark = "".join(line.mark.split())
    if line.kind in ("big", "hash"):
        return (mark if line.kind == "big" else "") + heading
    return mark.rstrip("、.．,:：つ)）") if not mark.startswith(("(", "（")) else mark


def _article(stack: Sequence[_Level]) -> str:
    levels = [level for level in stack if level.kind not in ("chapter", "small")]
    if not levels:
        return ""
    label = levels[0].label
    if levels[0].kind != "article":
        return label
    for level in levels[1:]:
        counted = level.label.strip("()（）")
        if level.kind == "number":
            label += f"第{counted}項"
        elif level.kind in ("paren", "kanji") and re.fullmatch("[0-9]+|[一二三四五六七八九十]+", counted):
            label += f"第{number(counted)}号"
    return label
