"""Which pieces answer the question: scored by their passage, their own meaning and the words they share with it.

An answer is made of stretches: pieces of one chunk that stand side by side, quoted together. The first passage speaks
first. Where it is far better than the next one the answer stays short; where it is not, more is quoted, so that a
reader finds the right one among a few (docs/decisions/0006 gives the figures).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.chat.extremes import extreme_rows
from assistant.chat.matching_rows import rows_with
from assistant.chat.parts import best_of_parts, parts_of
from assistant.chat.rank import Scored, named_of, rank_pieces, sources
from assistant.chat.rows import names_row
from assistant.chat.turn import Turn
from assistant.records import Piece
from assistant.search.question import cue
from assistant.text import compact

SHORT, LONG = 180, 500  # characters quoted when the first passage stands out, and when it does not
BESIDE = 160  # and when a record has answered already
SURE, SURE_LATER = 0.3, 1.0  # distance of the first passage from the next one, of a first question and of a follow-up
_FIRST = 250  # longest stretch of the first passage
_WHOLE = 420  # … where it is an article, an entry of the directory or a list, which belong together
_FURTHER = 120  # longest stretch of any other passage, and of the first where each of several things asked gets its own
_ITEM = re.compile(r"^(?:[①-⑳]|[(（]\d{1,2}[)）]|[ア-ン] )")
# What a piece's log odds count in a follow-up; once more where the piece is looked for that speaks to it best.
_MATCH = 0.3
_LOWEST = -6.0  # log odds below which they tell nothing more
_UNLIKELY = -2.0  # log odds below which no piece of a follow-up is quoted for them
_LIKELY_LATER = 0.0  # … from which a second one is
_LIKELY = 2.0  # log odds from which a piece is quoted for them in answer to a first question
_NEARLY = 0.5  # share of the best score that a further piece must reach


Stretch = tuple[Piece, ...]  # side by side in one chunk, of one kind


def select_stretches(turn: Turn, answered: bool = False, told: Sequence[str] = ()) -> list[Stretch]:
    """What the answer quotes, in its order; empty if there are no passages.

    Little where a record has `answered` already, and none of the pieces that are `told` (ids).
    """
    ranked = [one for one in rank_pieces(turn) if one.piece.id not in told and can_be_quoted(turn, one.piece)]
    ranked = _of_the_named(turn, ranked)
    if not ranked:
        return []
    if turn.matched and turn.is_follow_up:
        ranked = _by_odds(turn, ranked)
    if rows := extreme_rows(turn, ranked[0].piece) or rows_with(turn, ranked[0].piece):
        return [(piece,) for piece in rows]
    chosen = _Chosen(ranked, BESIDE if answered else _room(turn), _rows_together(turn))
    _take_first(turn, ranked, chosen)
    _take_matched(turn, ranked, chosen)
    said, scores = [s.piece.said for s in ranked], [s.score for s in ranked]
    for place in best_of_parts(turn.understood, named_of(turn), said, scores):
        chosen.add_beyond(ranked[place])
    complete = any(cue(name).search(turn.understood.folded) for name in ("all", "compare"))
    for one in ranked:
        if chosen.full or one.score < _NEARLY * ranked[0].score:
            break
        chosen.add(one, _WHOLE if complete and _ITEM.match(one.piece.said) else _FIRST if complete else _FURTHER)
    return chosen.stretches


def _take_first(turn: Turn, ranked: Sequence[Scored], chosen: _Chosen) -> None:
    """The best piece of the first passage, or of the project that it points to."""
    several = bool(parts_of(turn.understood))
    for identity in (turn.passages[0].chunk_id, *sources(turn, turn.passages[0])):
        first = next((one for one in ranked if one.piece.chunk_id == identity), None)
        if first:
            entry = "〔" in turn.passages[0].text  # of the directory
            chosen.add(first, _WHOLE if entry or _is_whole(first.piece) else _FURTHER if several else _FIRST)
            return


def _take_matched(turn: Turn, ranked: Sequence[Scored], chosen: _Chosen) -> None:
    """What speaks best to the question, word by word. A follow-up is found less surely: the likeliest piece by score and
    log odds is quoted beside everything else, and another one that is likely. In answer to a first question, the piece
    with the best odds, if they are high, stands in the place of something else; where it stands first, little beside it."""
    if turn.is_follow_up:
        chosen.add_beside(_likeliest(turn, _likely(turn, ranked, _UNLIKELY)))
        free = [one for one in ranked if not chosen.has(one)]
        chosen.add_beside(_likeliest(turn, _likely(turn, free, _LIKELY_LATER)))
    elif likely := _likely(turn, ranked, _LIKELY):
        best = max(likely, key=lambda one: turn.matched[one.piece.id])
        if chosen.has(best):
            chosen.keep_short()
        else:
            chosen.add_beyond(best)


def _likeliest(turn: Turn, likely: Sequence[Scored]) -> Scored | None:
    return max(likely, key=lambda one: one.score + _MATCH * turn.matched[one.piece.id], default=None)


def _likely(turn: Turn, ranked: Sequence[Scored], least: float) -> list[Scored]:
    """Those with log odds of at least `least`."""
    return [one for one in ranked if turn.matched.get(one.piece.id, -np.inf) >= least]


def _by_odds(turn: Turn, ranked: Sequence[Scored]) -> list[Scored]:
    """The pieces ranked anew with what the matcher says of them; one that it did not read counts as the worst that it did."""
    worst = min(turn.matched.values())
    odds = [max(turn.matched.get(one.piece.id, worst), _LOWEST) for one in ranked]
    anew = [replace(one, score=one.score + _MATCH * odd) for one, odd in zip(ranked, odds, strict=True)]
    return sorted(anew, key=lambda one: -one.score)


def _of_the_named(turn: Turn, ranked: list[Scored]) -> list[Scored]:
    """Without other municipalities' words, where the question names an ordinance or its municipality."""
    index, meant = turn.searcher.index, turn.searcher.laws.meant(turn.understood)
    if not meant.named:
        return ranked
    chunks = index.chunks([one.piece.chunk_id for one in ranked])
    return [one for one in ranked if meant.speaks_of(index.sources[chunks[one.piece.chunk_id].source_id])]


def _is_whole(piece: Piece) -> bool:
    """Is this an article's paragraph or an item of a list, which belong together?"""
    return piece.kind == "article" or bool(_ITEM.match(piece.said))


def _rows_together(turn: Turn) -> bool:
    """Are neighbouring rows of a table wanted with the best one?"""
    return any(cue(name).search(turn.understood.folded) for name in ("all", "compare", "extreme"))


def can_be_quoted(turn: Turn, piece: Piece) -> bool:
    """Can this piece be part of the answer? Not a mere pointer, and not another ward's project where one is named.

    What a bureau does is there for every ward; but where the report tells of its project ward by ward, the ward's row speaks.
    """
    if cue("never_quoted").search(piece.said):
        return False
    named = turn.understood.organizations
    if not named:
        return True
    if turn.searcher.holds_in(named, piece.chunk_id):
        return True
    whose = {turn.searcher.organization_of(piece.chunk_id)} - {""}
    if any(name.endswith("区") for name in named) and _names_any(turn, piece, named):
        whose = {name for name in whose if name.endswith("区")}  # a bureau's project in the ward
    if piece.kind == "row":
        line = compact(piece.quote)
        whose = {name for name, plain in turn.searcher.plain_organizations.items() if plain in line}
    return not whose or bool(whose & set(named)) or (piece.kind == "row" and names_row(turn, piece))


def _names_any(turn: Turn, piece: Piece, organizations: Sequence[str]) -> bool:
    """Does the text around a piece, or a heading of it, name one of these?"""
    chunk = turn.searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    around = compact(f"{chunk.context}\n{chunk.text}")
    return any(compact(name) in around for name in organizations)


def _room(turn: Turn) -> int:
    """Characters to quote."""
    passages = turn.passages
    if turn.understood.foreign or any(cue(name).search(turn.understood.folded) for name in ("compare", "all")):
        return LONG
    sure = SURE_LATER if turn.is_follow_up else SURE
    return SHORT if len(passages) < 2 or passages[0].score - passages[1].score >= sure else LONG


class _Chosen:
    """Stretches taken so far, from the pieces in `ranked`, within `room` characters."""

    def __init__(self, ranked: Sequence[Scored], room: int, rows_together: bool) -> None:
        self.stretches: list[Stretch] = []
        self._room = room
        self._rows_together = rows_together
        self._used = 0
        self._taken: set[str] = set()
        self._of_chunk: dict[str, list[Scored]] = {}
        for one in sorted(ranked, key=lambda s: s.place):
            self._of_chunk.setdefault(one.piece.chunk_id, []).append(one)

    @property
    def full(self) -> bool:
        return self._used >= self._room

    def has(self, one: Scored) -> bool:
        return one.piece.id in self._taken

    def keep_short(self) -> None:
        """Quote little more: what speaks best to the question has been taken already."""
        self._room = min(self._room, SHORT)

    def add(self, one: Scored, longest: int) -> None:
        """Take `one` and what stands beside it, up to `longest` characters; nothing if it was taken or does not fit."""
        if one.piece.id in self._taken:
            return
        left = self._room - self._used
        stretch = self._around(one, longest if not self.stretches else min(longest, left))
        size = _length(stretch)
        if self.stretches and size > left:
            return
        self.stretches.append(tuple(s.piece for s in stretch))
        self._taken |= {s.piece.id for s in stretch}
        self._used += size

    def add_beyond(self, one: Scored) -> None:
        """Take `one` whatever room is left: it speaks best to the question, or tells one of several things that are asked."""
        self._room = max(self._room, self._used + len(one.piece.said))
        self.add(one, len(one.piece.said))

    def add_beside(self, one: Scored | None) -> None:
        """Take `one`, if there is one, beside all that finds room without it."""
        if one is None:
            return
        taken = len(self._taken)
        self.add_beyond(one)
        self._room += len(one.piece.said) if len(self._taken) > taken else 0

    def _around(self, one: Scored, longest: int) -> list[Scored]:
        """`one` with its better neighbours, as long as they are of its kind, free, and together not too long."""
        row = self._of_chunk[one.piece.chunk_id]
        begin = row.index(one)
        end = begin + 1
        while one.piece.kind != "row" or self._rows_together:
            sides = [(row[begin - 1], -1)] if begin else []
            sides += [(row[end], 1)] if end < len(row) else []
            fits = [
                (s.score, side)
                for s, side in sides
                if s.piece.kind == one.piece.kind
                and s.piece.id not in self._taken
                and _length([*row[begin:end], s]) <= longest
            ]
            if not fits:
                return row[begin:end]
            if max(fits)[1] < 0:
                begin -= 1
            else:
                end += 1
        return row[begin:end]


def _length(pieces: Sequence[Scored]) -> int:
    return sum(len(s.piece.said) for s in pieces)
