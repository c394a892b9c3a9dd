"""What stands behind a division that is named: the piece that speaks best to the question, and other divisions.

"Who handles it?" is rarely all that is asked: 「どこに行けば読めますか」 wants to know where, 「申し込めますか」 whether.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.chat.answer_division import joint
from assistant.chat.compose import quoted
from assistant.chat.rank import rank_pieces
from assistant.chat.select import can_be_quoted
from assistant.chat.statements import lines_of
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import Piece
from assistant.text import compact

_OTHERS = 2  # further divisions named in the text; all candidates stand beside it
_LEAST = 0.5  # log odds from which a piece is quoted
_LONGEST = 200  # characters of one


def beside_division(turn: Turn) -> Turn:
    """Say what else belongs to the answer that names a division; every other turn passes through."""
    if turn.reason is not Reason.DIVISION_FOUND:
        return turn
    best = _best(turn)
    lines, citations = lines_of(turn, list(quoted(turn, [(best,)] if best else [])))
    others = _others_said(turn)
    text = "\n".join(part for part in (turn.text, *lines, others) if part)
    return replace(turn, text=text, citations=citations)


def _best(turn: Turn) -> Piece | None:
    """The piece with the best log odds; None if it is told already or names the division alone."""
    pieces = [one.piece for one in rank_pieces(turn) if turn.matched.get(one.piece.id, _LEAST - 1) >= _LEAST]
    pieces = [piece for piece in pieces if can_be_quoted(turn, piece)]
    best = max(pieces, key=lambda piece: turn.matched[piece.id], default=None)
    if best is None or len(best.said) > _LONGEST or compact(best.quote) in compact(turn.text):
        return None
    return None if any(compact(c.division) in compact(best.quote) for c in joint(turn)) else best


def _others_said(turn: Turn) -> str:
    same = joint(turn)
    others = [
        turn.say("answer", "other", organization=c.organization, division=c.division, n=told.evidence[0])
        for c, told in zip(turn.candidates, turn.divisions, strict=True)
        if c not in same
    ]
    named = turn.say("answer", "separator").join(others[:_OTHERS])
    return turn.say("answer", "also", others=named) if others else ""
