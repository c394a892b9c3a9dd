"""Before passages are quoted: does any piece speak to the question? (docs/decisions/0010)

The last check, behind what a division or a count answers: passages are found for every question, and records have fields
that nobody asked for. The matcher's log odds for the best piece tell it, and the vote of the written questions
(docs/decisions/0011, 0012). Of articles less is asked, since rules are asked for in words of everyday life; without a
vote, or where the question names the article, nothing.
"""

from __future__ import annotations

from assistant.chat.answer_division import WHAT_IS_ASKED, send_to_division
from assistant.chat.check_examples import shows_the_count, surplus
from assistant.chat.match import best_odds, match
from assistant.chat.rank import rank_pieces
from assistant.chat.turn import Turn
from assistant.outcomes import Reason

# Of a first question: what the distance from unanswerable questions and the vote of the written ones count beside the
# log odds of the best piece, and the least of the sum.
_OF_EXAMPLES, _OF_VOTE, _LEAST = 4.0, 1.5, -1.3
_NEAREST, _FARTHEST = -0.3, 2.0  # distances: what is nearer was refused by its examples or has been found well
_FOUND_WELL = 7.5  # score of a passage that answers whatever the odds: it holds nearly every word of the question
# Of a follow-up: what the log odds of a piece and the vote count beside its score, what the first passage's score takes
# away (it is high for every piece of a matter that was spoken of), and the least of the sum.
_OF_ODDS, _OF_VOTE_LATER, _OF_FIRST, _LEAST_LATER = 0.8, 0.7, -0.5, 1.0
_HIGHEST = 8.0  # score of a passage beyond which it tells nothing more
_LEAST_OF_RULE, _LEAST_OF_RULE_LATER = -2.8, -0.2  # of both sums, where an article was found first
_LEAST_OF_COUNT = -2.8  # of odds and vote, where the passage shows a number of what is counted
_OF_PROJECT = 3.5  # score of a passage from which a question is taken to be about its project


def check_spoken_to(turn: Turn) -> Turn:
    """Stop where no piece speaks to the question, however well its passages were found."""
    if turn.reason is not None or not turn.passages:
        return turn
    turn = match(turn)  # the best piece is wanted in any case (select.py)
    if not turn.matched or turn.understood.wants_division or _is_spoken_to(turn):
        return turn
    return _sent(turn) or turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))


def _sent(turn: Turn) -> Turn | None:
    """To the division of the very project that a first question was found to be about."""
    is_found = not turn.is_follow_up and turn.passages[0].score >= _OF_PROJECT
    return send_to_division(turn, WHAT_IS_ASKED) if is_found else None


def _is_spoken_to(turn: Turn) -> bool:
    is_rule = _is_rule(turn)
    if is_rule and (turn.voted is None or turn.understood.articles):
        return True
    if shows_the_count(turn):
        return turn.voted is None or best_odds(turn) + turn.voted >= _LEAST_OF_COUNT
    if turn.is_follow_up:
        return _sum_later(turn) >= (_LEAST_OF_RULE_LATER if is_rule else _LEAST_LATER)
    return turn.passages[0].score >= _FOUND_WELL or _sum_first(turn) >= (_LEAST_OF_RULE if is_rule else _LEAST)


def _is_rule(turn: Turn) -> bool:
    first = turn.passages[0].chunk_id
    return turn.searcher.index.chunks([first])[first].kind == "article"


def _sum_first(turn: Turn) -> float:
    near = max(min(surplus(turn.scores), _FARTHEST), _NEAREST)
    return best_odds(turn) + _OF_EXAMPLES * near + _OF_VOTE * (turn.voted or 0.0)


def _sum_later(turn: Turn) -> float:
    matched = [one for one in rank_pieces(turn) if one.piece.id in turn.matched]
    best = max(one.score + _OF_ODDS * turn.matched[one.piece.id] for one in matched)
    first = _OF_FIRST * min(turn.passages[0].score, _HIGHEST)
    return best + first + _OF_VOTE_LATER * (turn.voted or 0.0)
