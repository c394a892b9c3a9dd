"""A document that another source quotes takes the place of the quotation once it is here (corpus/sources.toml, `replaces`).

The document's own passages are found by the parts of the matter and their words. In the same words, the quotation is
kept, citable, and searched no more; in other words both are searched, and the document's stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pydantic import BaseModel, ConfigDict

from assistant.records import Chunk, ExpectedQuestion, Passage, Replaced
from assistant.text import compact, fold
from ingest.home import corpus_entries

_SAME = 0.85  # share of a statement's characters that the document's has in the same order
_LITTLE = 8  # characters beside its name that explain nothing yet
_DEFINES = re.compile(r"^(?:とは|は|:|[(]|・|-|~)")  # behind the name of a part that is explained
_MARK = re.compile(r"^[\s\-・*●○◆■]*(?:[①-⑳]|[(（]?[0-9０-９]{1,2}[)）.．、]?)?\s*[「『【]?")


class Rule(BaseModel):
    """What stands at the end of the headings of `source` quotes this document: a statement for each of `parts`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    heading: str
    parts: tuple[str, ...]
    title: str
    called: tuple[str, ...]


@dataclass(frozen=True)
class _Statement:
    """What a chunk says of a part: text[start:end] of it, and how much of the quotation's words it has."""

    chunk: Chunk
    start: int
    end: int
    likeness: float


def give_way(chunks: list[Chunk]) -> tuple[list[Chunk], tuple[Replaced, ...]]:
    """The chunks with quotations marked (`duplicate_of`), and what was replaced by what."""
    found: list[Replaced] = []
    for entry in corpus_entries():
        own = [c for c in chunks if c.source_id == entry["id"] and c.searchable]
        for rule in (Rule.model_validate(r) for r in entry.get("replaces", ()) if own):
            quoted = [c for c in chunks if c.source_id == rule.source and _last_heading(c) == compact(rule.heading)]
            said = [_best(part, rule.parts, quoted, own) for part in rule.parts]
            stated = [s for s in said if s is not None]
            if not quoted or len(stated) < len(rule.parts):
                continue  # the document does not speak of it: the quotation stands
            same = all(s.likeness >= _SAME for s in stated)
            mark = {"duplicate_of": stated[0].chunk.section, "searchable": not same}
            chunks = [c.model_copy(update=mark) if c in quoted else c for c in chunks]
            found.append(_replaced(entry["id"], rule, quoted[0], stated, same))
    return chunks, tuple(found)


def still_asked(chunks: Sequence[Chunk], replaced: Sequence[Replaced]) -> list[Chunk]:
    """Chunks as expected questions are joined to them: quotations that are searched no more still have theirs."""
    return [c.model_copy(update={"searchable": True}) if _is_quotation(c, replaced) else c for c in chunks]


def _is_quotation(chunk: Chunk, replaced: Sequence[Replaced]) -> bool:
    return bool(chunk.duplicate_of) and (chunk.source_id, chunk.locator) in {
        (r.quoted_in, r.quoted_at) for r in replaced
    }


def hand_over(
    questions: Sequence[ExpectedQuestion], chunks: Sequence[Chunk], replaced: Sequence[Replaced]
) -> list[ExpectedQuestion]:
    """The expected questions of a quotation are answered by the document's passages, and by it too where words differ."""
    to: dict[str, tuple[str, ...]] = {}
    for one in replaced:
        passages = tuple(dict.fromkeys(p.chunk_id for p in one.passages))
        quoted = [chunk.id for chunk in chunks if _is_quotation(chunk, (one,))]
        to |= {identity: passages if one.same else (*passages, identity) for identity in quoted}
    return [
        q.model_copy(update={"chunk_ids": tuple(dict.fromkeys(new for i in q.chunk_ids for new in to.get(i, (i,))))})
        if to.keys() & set(q.chunk_ids)
        else q
        for q in questions
    ]


def _replaced(source: str, rule: Rule, quoted: Chunk, said: Sequence[_Statement], same: bool) -> Replaced:
    return Replaced(
        source_id=source,
        title=rule.title,
        quoted_in=rule.source,
        quoted_at=quoted.locator,
        called=rule.called,
        same=same,
        passages=tuple(
            Passage(part=part, chunk_id=s.chunk.id, locator=s.chunk.locator, quote=s.chunk.text[s.start : s.end])
            for part, s in zip(rule.parts, said, strict=True)
        ),
    )


def _last_heading(chunk: Chunk) -> str:
    return compact(chunk.headings[-1])


def _best(part: str, parts: Sequence[str], quoted: Sequence[Chunk], own: Sequence[Chunk]) -> _Statement | None:
    """The document's statement of a part that is most like the quotation; None if it explains the part nowhere."""
    wanted = next((compact(c.text[a:b]) for c in quoted for a, b in _stretches(c.text, part, parts)), "")
    found = [
        _Statement(c, a, b, SequenceMatcher(None, wanted, compact(c.text[a:b]), autojunk=False).ratio())
        for c in own
        for a, b in _stretches(c.text, part, parts)
    ]
    return max(found, key=lambda s: s.likeness, default=None)


def _stretches(text: str, part: str, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lines begin that explain `part`, up to the line that begins with another part, or with a new list mark."""
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    for i, (start, end) in enumerate(lines):
        if not _explains(text[start:end], part):
            continue
        stop = end
        for a, b in lines[i + 1 :]:
            ended = text[start:stop].rstrip().endswith(("。", "）", ")"))
            if ended or any(_explains(text[a:b], other) for other in parts):
                break
            stop = b if text[a:b].strip() else stop
        if len(compact(text[start:stop])) > len(compact(part)) + _LITTLE:
            yield start, stop


def _explains(line: str, part: str) -> bool:
    """Does the line begin with the name of the part: alone, as its first cell, or before は, とは, ：, （?"""
    name = r"\s*".join(map(re.escape, compact(part)))
    found = re.match(f"{name}[」』】]?(.*)$", fold(_MARK.sub("", line)))
    if found is None:
        return False
    return not found[1].strip() or found[1][0].isspace() or bool(_DEFINES.match(found[1]))
