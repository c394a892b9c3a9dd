"""Before passages are quoted: does any piece speak to the question? (docs/decisions/0010)

The last check, behind what a division, a record or a name answers: passages alone are found for every question.
"""

from __future__ import annotations

from assistant.chat.answer_record import record_statements
from assistant.chat.answer_version import asks_for_a_version
from assistant.chat.check_examples import surplus
from assistant.chat.spoken_to import odds
from assistant.chat.turn import Turn
from assistant.outcomes import Reason

_OF_PASSAGE, _OF_EXAMPLES = (
    0.9,
    2.4,
)  # what the passage's score and the distance from unanswerable questions count beside the odds
_LEAST = -1.0  # of the sum
_HIGHEST = 8.0  # score beyond which it tells nothing more
_NEAREST, _FARTHEST = -0.3, 2.0  # … and distances: what is nearer was refused by its examples or has been found well


def check_spoken_to(turn: Turn) -> Turn:
    """Stop where no piece speaks to the question, no passage was found well, and it is near to what cannot be answered."""
    if turn.reason is not None or not turn.matched or not turn.passages or _is_answered_otherwise(turn):
        return turn
    near = max(min(surplus(turn.scores), _FARTHEST), _NEAREST)
    found = min(turn.passages[0].score, _HIGHEST)
    if odds(turn) + _OF_PASSAGE * found + _OF_EXAMPLES * near >= _LEAST:
        return turn
    return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))


def _is_answered_otherwise(turn: Turn) -> bool:
    """Does a name, a record or an article answer? Rules are asked for in words of everyday life, and what they lack is
    checked by name."""
    first = turn.passages[0].chunk_id
    is_article = turn.searcher.index.chunks([first])[first].kind == "article"
    named = float(turn.scores.exact.max(initial=0)) >= 1
    return named or is_article or bool(record_statements(turn)) or asks_for_a_version(turn)
