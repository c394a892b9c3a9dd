"""Before passages are quoted: does any piece speak to the question? (docs/decisions/0010)

The last check, behind what a division, a record or a name answers: passages alone are found for every question.
"""

from __future__ import annotations

from assistant.chat.answer_record import record_statements
from assistant.chat.answer_version import asks_for_a_version
from assistant.chat.check_examples import shows_the_count, surplus
from assistant.chat.match import best_odds, match
from assistant.chat.turn import Turn
from assistant.outcomes import Reason

_OF_PASSAGE = 0.9  # what the passage's score counts beside the odds,
_OF_EXAMPLES = 2.4  # … and the distance from unanswerable questions
_LEAST = -1.0  # of the sum
_HOPELESS = -4.0  # log odds below which a first question is not answered, however well a passage was found
_HIGHEST = 8.0  # score beyond which it tells nothing more
_NEAREST, _FARTHEST = -0.3, 2.0  # … and distances: what is nearer was refused by its examples or has been found well


def check_spoken_to(turn: Turn) -> Turn:
    """Stop where no piece speaks to the question: of a first question by the odds alone, of any where no passage was found
    well either and it is near to what cannot be answered."""
    if turn.reason is not None or not turn.passages:
        return turn
    is_first = not (turn.said or turn.others)
    if _is_answered_otherwise(turn):
        return turn if is_first else match(turn)  # the best piece of a follow-up is wanted in any case (select.py)
    turn = match(turn)
    if not turn.matched:
        return turn
    odds, near = best_odds(turn), max(min(surplus(turn.scores), _FARTHEST), _NEAREST)
    beside = _OF_PASSAGE * min(turn.passages[0].score, _HIGHEST) + _OF_EXAMPLES * near
    hopeless = is_first and odds < _HOPELESS and not turn.understood.wants_division and not shows_the_count(turn)
    if odds + beside >= _LEAST and not hopeless:
        return turn
    return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))


def _is_answered_otherwise(turn: Turn) -> bool:
    """Does a name, a record or an article answer? Rules are asked for in words of everyday life, and what they lack is
    checked by name."""
    first = turn.passages[0].chunk_id
    is_article = turn.searcher.index.chunks([first])[first].kind == "article"
    named = float(turn.scores.exact.max(initial=0)) >= 1
    return named or is_article or bool(record_statements(turn)) or asks_for_a_version(turn)
