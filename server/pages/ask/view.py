"""An answer as the pages show it: its text in blocks with citations as links, the list of sources, the divisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Citation, Division
from assistant.index import Index
from assistant.outcomes import Reason, Status
from assistant.records import DirectoryRecord
from server.asking import pair_of
from server.library.passages import citation_address, kept_chunk
from server.pages.ask.suggestions import Suggestion, suggest
from server.store.conversations import answer_of
from server.store.tables import Turn

_PARTS = re.compile(r"［(?P<n>\d+)］|\*\*(?P<strong>[^*]+)\*\*|(?P<quoted>「[^［］]*」)")
_MARKS = re.compile(r"［(\d+)］|\*\*(?P<strong>[^*]+)\*\*")
_LISTED = re.compile(r"^(?:・|[-*] )\s*")
_SPOT_ENDS = re.compile(r"[「（(〈＜【]|　")
_FIRST_CARDS = 3
# Not a question of what the documents hold: they are said otherwise than "not in the documents".
_NOT_OURS = frozenset({Reason.LEGAL, Reason.PRIVATE, Reason.OFF_TOPIC, Reason.HARM, Reason.INSTRUCTION})


@dataclass(frozen=True)
class Part:
    """A run of text, or with `source` a link to an entry; `ref` is the link's own id."""

    text: str = ""
    strong: bool = False
    japanese: bool = False  # words of the documents in an answer of another language
    source: Entry | None = None
    ref: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, or the items of a list."""

    lines: tuple[tuple[Part, ...], ...]
    listed: bool


@dataclass(frozen=True)
class Entry:
    """A source of the list: what is quoted, where it stands, the way there and the way back."""

    n: int
    id: str
    title: str
    locator: str
    page: str  # empty where the locator tells it
    as_of: str
    quote: str
    href: str
    back: str
    spot: str  # the beginning of the locator, short enough for the middle of a sentence


@dataclass(frozen=True)
class Card:
    """A division with what speaks for it."""

    division: Division
    sources: tuple[Entry, ...]
    record: DirectoryRecord | None


@dataclass(frozen=True)
class Shown:
    """One turn of a conversation, ready for `ask/turn.html`. `id` is empty where the turn could not be kept."""

    n: int
    id: str
    conversation: str
    asked: str
    easy: bool
    answer: Answer
    kind: str  # answered, clarify, refused, declined: how the heading says it
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    cards: tuple[Card, ...]
    more_cards: tuple[Card, ...]
    suggestions: tuple[Suggestion, ...]
    pair: int | None  # n of the turn with the same question, easy or standard


def show_turns(turns: Sequence[Turn], index: Index, language: str) -> list[Shown]:
    """The turns of one conversation, oldest first."""
    asked = {row.asked for row in turns}
    return [show_turn(row, index, language, asked, pair_of(row, turns)) for row in turns]


def show_turn(
    row: Turn, index: Index, language: str, asked: set[str] | frozenset[str] = frozenset(), pair: Turn | None = None
) -> Shown:
    """One turn; `asked` are the questions of its conversation, which are not suggested again."""
    answer = answer_of(row)
    entries = _entries(answer, index, row.n)
    by_number = {entry.n: entry for entry in entries}
    cards = tuple(_card(d, by_number, index) for d in answer.likely_divisions)
    return Shown(
        n=row.n,
        id=row.id or "",
        conversation=row.conversation or "",
        asked=row.asked,
        easy=row.easy,
        answer=answer,
        kind=_kind(answer),
        blocks=_blocks(answer, by_number, row.n),
        entries=entries,
        cards=cards[:_FIRST_CARDS],
        more_cards=cards[_FIRST_CARDS:],
        suggestions=tuple(suggest(answer, index, language, asked)),
        pair=pair.n if pair else None,
    )


def _kind(answer: Answer) -> str:
    if answer.status in (Status.ANSWERED, Status.CLARIFY):
        return answer.status.value
    return "declined" if answer.reason in _NOT_OURS else "refused"


def _entries(answer: Answer, index: Index, turn: int) -> tuple[Entry, ...]:
    """The citations that the text or a division shown names: every number has its entry and every entry its number."""
    shown = {int(n) for n, _ in _MARKS.findall(answer.text) if n}
    shown |= {n for division in answer.likely_divisions for n in division.evidence}
    return tuple(_entry(c, answer, index, turn) for c in answer.citations if c.n in shown)


def _entry(citation: Citation, answer: Answer, index: Index, turn: int) -> Entry:
    chunk = kept_chunk(index, citation.source_id, citation.chunk_id)
    source = index.sources.get(chunk.source_id if chunk else citation.source_id)
    title = source.short if source and source.short and source.title == citation.title else citation.title
    name = f"answer-{turn}-source-{citation.n}"
    # The ordinance's own title stands before it.
    locator = re.sub(r"^条例(?=第|附則)", "", citation.locator) if citation.title.endswith("条例") else citation.locator
    return Entry(
        n=citation.n,
        id=name,
        title=title,
        locator=locator,
        page="" if citation.page in citation.locator else citation.page,
        as_of=source.as_of if source else "",
        quote=citation.quote,
        href=citation_address(index, citation),
        spot=_SPOT_ENDS.split(locator)[0].rstrip() or locator,
        back=f"answer-{turn}-ref-{citation.n}" if f"［{citation.n}］" in answer.text else f"answer-{turn}",
    )


def _card(division: Division, entries: dict[int, Entry], index: Index) -> Card:
    record = next(
        (r for r in index.records.directory if r.name == division.project and r.organization == division.organization),
        None,
    )
    return Card(division, tuple(entries[n] for n in division.evidence if n in entries), record)


def _blocks(answer: Answer, entries: dict[int, Entry], turn: int) -> tuple[Block, ...]:
    """Lines that follow each other and are of one kind are one block."""
    blocks: list[tuple[bool, list[tuple[Part, ...]]]] = []
    seen: set[int] = set()
    pattern = _MARKS if answer.language == "ja" else _PARTS
    text = answer.text
    for citation in answer.citations:  # the link says the place itself
        text = text.replace(f"［{citation.n}］（{citation.locator}）", f"［{citation.n}］")
    for line in filter(str.strip, text.split("\n")):
        listed = _LISTED.match(line) is not None
        parts = tuple(_parts(_LISTED.sub("", line), pattern, entries, turn, seen))
        if blocks and listed and blocks[-1][0]:
            blocks[-1][1].append(parts)
        else:
            blocks.append((listed, [parts]))
    return tuple(Block(tuple(lines), listed) for listed, lines in blocks)


def _parts(line: str, pattern: re.Pattern[str], entries: dict[int, Entry], turn: int, seen: set[int]) -> Iterator[Part]:
    end = 0
    for match in pattern.finditer(line):
        if match.start() > end:
            yield Part(line[end : match.start()])
        end = match.end()
        number = match[1]
        if number and int(number) in entries:
            n = int(number)
            yield Part(source=entries[n], ref="" if n in seen else f"answer-{turn}-ref-{n}")
            seen.add(n)
        elif match["strong"]:
            yield Part(match["strong"], strong=True)
        else:
            yield Part(match[0], japanese=number is None)
    if end < len(line):
        yield Part(line[end:])
