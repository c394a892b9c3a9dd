"""Does a short question find little by itself and more with the matter spoken of? Then it is about that matter.

The last means, where no word says whether a turn leans on the one before: 「道具は貸してもらえますか」.
"""

from __future__ import annotations

from assistant.search.scored import Scored
from assistant.search.searcher import Searcher
from assistant.search.unanswerable import kind_of

_LITTLE = 4.5  # score of the best passage below which a question names nothing that the documents tell of
_AWAY = frozenset({"off_topic", "instruction", "harm", "elsewhere"})  # kinds of questions that are about no matter here


def nearer_with(searcher: Searcher, alone: str, joined: str) -> bool:
    """Is `joined` nearer to the documents than `alone`, which is far from them but not like a question for somebody else?"""
    scored = searcher.scored(alone)
    if float(scored.exact.max(initial=0)) > 0 or _best(scored) >= min(_LITTLE, _best(searcher.scored(joined))):
        return False
    return not scored.unanswerable or kind_of(scored.unanswerable[0][0]) not in _AWAY


def _best(scored: Scored) -> float:
    return max((score for _, score in scored.best(1)), default=0.0)
