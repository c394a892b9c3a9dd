"""Numbers that a question asks for and the record does not give: what the question itself tells is no answer to it.

「339回のうち、南図書館では何回？」, 「242件のうち港北区は何件？」, 「出なかった3校はどこ？」 are near a record that tells of 339, of 242 and of
8 schools; but a number that is told is not asked for, a number of the whole is none of a ward, and what the record does not
count it does not name either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.chat.turn import Turn
from assistant.records import Piece
from assistant.search.counters import asked_counter, numbers_with, part_asked, set_asked, with_counter
from assistant.text import compact, fold
from assistant.tokens import content_words

_LISTED = re.compile(r"[、,・\n]")


@dataclass(frozen=True)
class Told:
    """What the documents tell of a matter, piece by piece, and the headings of each."""

    pieces: tuple[tuple[Piece, str], ...]

    def numbers(self, counter: str) -> set[int]:
        return set().union(*(numbers_with(piece.said, counter) for piece, _ in self.pieces))

    def names_of_set(self) -> int:
        """How many things the longest list of the pieces names, in a line or in rows."""
        rows = sum(piece.kind == "row" for piece, _ in self.pieces)
        return max([rows, *(len(_LISTED.split(piece.quote)) for piece, _ in self.pieces)], default=0)

    def tells_of(self, counter: str, names: list[str], part: list[str]) -> bool:
        """Is there a number with this counter in a piece that names all of `names`, by itself or by its headings, and
        speaks of a `part`: of half of its words at least?"""
        counts = with_counter(counter)
        return any(
            counts.search(fold(piece.said))
            and all(compact(name) in compact(heading + piece.quote) for name in names)
            and 2 * sum(word in fold(piece.said) for word in part) >= len(part)
            for piece, heading in self.pieces
        )


def is_uncounted(turn: Turn, chunk_ids: list[str]) -> bool:
    """Is a number or a set asked for that the records of these chunks do not count?"""
    folded = turn.understood.folded
    counter, asked_set = asked_counter(turn.understood.last_asking), set_asked(folded)
    if not counter and asked_set is None:
        return False
    told = _told(turn, chunk_ids)
    if asked_set is not None and _is_unnamed(told, *asked_set):
        return True
    if not counter:
        return False
    known, there = numbers_with(folded, counter), told.numbers(counter)
    if not there:
        return False
    part = [surface for surface, _ in content_words(part_asked(folded))]
    return bool(known and there <= known) or not told.tells_of(counter, _others(turn, chunk_ids), part)


def _is_unnamed(told: Told, number: int, counter: str) -> bool:
    """Do the records tell of another number, or of so many without naming them?"""
    there = told.numbers(counter)
    return bool(there) and (number not in there or 2 * told.names_of_set() < number)


def _others(turn: Turn, chunk_ids: list[str]) -> list[str]:
    """The wards and bureaus that the question names and whose project the records are not.

    No ward, where the records are bureaus' entries of the directory: what these tell holds in every ward.
    """
    of = {turn.searcher.organization_of(identity) for identity in chunk_ids}
    everywhere = all(turn.searcher.holds_everywhere(identity) for identity in chunk_ids)
    named = [name for name in turn.understood.organizations if name not in of]
    return [name for name in named if not name.endswith("区")] if everywhere else named


def _told(turn: Turn, chunk_ids: list[str]) -> Told:
    index = turn.searcher.index
    ids = list(dict.fromkeys(i for identity in chunk_ids for i in turn.searcher.ids_told_with(identity)))
    headings = {c.id: f"{c.title}\n{c.context}\n{c.section}\n" for c in index.chunks(ids).values()}
    return Told(tuple((piece, headings[piece.chunk_id]) for piece, _ in index.pieces_of(ids)))
