"""The rows of a table that have in them what a question asks all of: 「サテライトのある区を全部」, 「青い鳥が運営する区は」."""

from __future__ import annotations

import re

from assistant.chat.rows import say_row
from assistant.chat.turn import Turn
from assistant.records import Piece
from assistant.search.question import cue
from assistant.text import compact
from assistant.tokens import content_words

_QUOTED = re.compile(r"「([^「」]{2,20})」")
_NAME = re.compile(r"[ァ-ヺー]{3,}|[一-鿿々]{2,}[ァ-ヺー一-鿿々ぁ-ん]*")
_MOST = 12  # rows; of a longer list the table itself is the better answer
_SHARE = 0.7  # of a table's rows; what nearly all of them have tells none from another


def rows_with(turn: Turn, piece: Piece) -> list[Piece]:
    """The rows of the table of `piece` that have the word that tells some from the others; empty where that is not clear."""
    question = turn.understood
    if not any(cue(name).search(question.folded) for name in ("all", "which_ward")) or cue("extreme").search(
        question.folded
    ):
        return []
    chunk = turn.searcher.index.chunks([piece.chunk_id])[piece.chunk_id]
    found = turn.searcher.table_row(piece, chunk.section)
    if found is None:
        return []
    rows = []
    for other, _ in turn.searcher.index.pieces_of(turn.searcher.chunks_in(chunk.source_id, chunk.section)):
        own = turn.searcher.table_row(other, chunk.section) if other.kind == "row" else None
        if own and own[0] is found[0]:
            rows.append(other)
    heads = compact("".join(found[0].columns))
    matched = [
        [row for row in rows if word in compact(row.quote)] for word in _words(question.text) if word not in heads
    ]
    some = [m for m in matched if 1 < len(m) <= min(_MOST, int(_SHARE * len(rows)))]
    best = min(some, key=len, default=[])
    return [row.model_copy(update={"said": say_row(turn, row, chunk.section)}) for row in best]


def _words(text: str) -> list[str]:
    quoted = [compact(word) for word in _QUOTED.findall(text)]
    if quoted:
        return quoted
    return list(dict.fromkeys(surface for surface, _ in content_words(text) if _NAME.fullmatch(surface)))
