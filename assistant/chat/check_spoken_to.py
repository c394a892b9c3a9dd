"""Before passages are quoted: does any piece speak to the question? (docs/decisions/0010)

The last check, behind what a division, a record or a name answers: passages alone are found for every question.
"""

from __future__ import annotations

from assistant.chat.answer_record import record_statements
from assistant.chat.answer_version import asks_for_a_version
from assistant.chat.check_examples import surplus
from assistant.chat.match import best_odds, match
from assistant.chat.turn import Turn
from assistant.outcomes import Reason

_OF_PASSAGE = 0.9  # what the passage's score counts beside the odds,
_OF_EXAMPLES = 2.4  # … and the distance from unanswerable questions
_LEAST = -1.0  # of the sum
_LOWEST = -7.5  # log odds below which the best piece of a question hardly ever lies
_HIGHEST = 8.0  # score beyond which it tells nothing more
_NEAREST, _FARTHEST = -0.3, 2.0  # … and distances: what is nearer was refused by its examples or has been found well


def check_spoken_to(turn: Turn) -> Turn:
    """Stop where no piece speaks to the question, no passage was found well, and it is near to what cannot be answered.

    Matching is the larger part of the work, and is left out where nothing hangs on it.
    """
    if turn.reason is not None or not turn.passages:
        return turn
    near = max(min(surplus(turn.scores), _FARTHEST), _NEAREST)
    beside = _OF_PASSAGE * min(turn.passages[0].score, _HIGHEST) + _OF_EXAMPLES * near
    sure = _LOWEST + beside >= _LEAST or _is_answered_otherwise(turn)
    if sure and not (turn.said or turn.others):  # the best piece of a follow-up is wanted in any case (select.py)
        return turn
    turn = match(turn)
    if sure or not turn.matched or best_odds(turn) + beside >= _LEAST:
        return turn
    return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))


def _is_answered_otherwise(turn: Turn) -> bool:
    """Does a name, a record or an article answer? Rules are asked for in words of everyday life, and what they lack is
    checked by name."""
    first = turn.passages[0].chunk_id
    is_article = turn.searcher.index.chunks([first])[first].kind == "article"
    named = float(turn.scores.exact.max(initial=0)) >= 1
    return named or is_article or bool(record_statements(turn)) or asks_for_a_version(turn)
