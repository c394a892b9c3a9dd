"""Other readings of a turn of a conversation: what a person means is found better by several than by the first that fits.

The passages of a turn are ranked by the mean of the scores for its readings; whether a piece answers it is told by all
of them together (match.py). docs/decisions/0006 and 0010 give the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.chat.history import History
from assistant.chat.phrases import ABOUT, without_opener
from assistant.text import one_after_other

_AFTER_LAST = 1.0  # weights beside the reading of the rules, which has 1: the last question and the turn in one,
_ALONE = 0.5  # … the turn as it was said,
_OF_FIRST = 0.3  # … the turn asked of what the conversation began with,
_OF_QUOTED = 0.6  # … and of what the last answer was quoted from, in the words of the document
_AFTER_OTHER = 0.3  # of a turn that the rules found to stand alone: the last question and the turn in one
_SHORT = 40  # characters up to which such a turn may be about what was said before all the same
_MATCHED_ONLY = 0.0  # what the passages are not ranked by


@dataclass(frozen=True)
class OtherReading:
    text: str
    weight: float


def other_readings(history: History, said: str, standalone: str) -> tuple[OtherReading, ...]:
    """The readings of the turn `said` beside `standalone`; none where nothing was spoken of before."""
    if not history.matters:
        return ()
    last, first = history.matters[0], history.matters[-1]
    text = without_opener(said)
    stands_alone = said == standalone
    after_last = OtherReading(one_after_other(last.standalone, text), _weight(said) if stands_alone else _AFTER_LAST)
    alone = OtherReading(said, _ALONE)
    of_last = OtherReading(f"{last.topic}{ABOUT}{text}", _MATCHED_ONLY)
    of_first = OtherReading(f"{first.topic}{ABOUT}{text}", _MATCHED_ONLY if stands_alone else _OF_FIRST)
    moved = not stands_alone and last.topic not in standalone  # to something else: 「後者は？」
    of_quoted = OtherReading(f"{last.under}{ABOUT}{text}", _MATCHED_ONLY if moved else _OF_QUOTED)
    readings = [after_last, alone]
    readings += [of_first, of_last] if first.topic != last.topic else [of_last]
    readings += [of_quoted] if last.under else []
    return tuple(one for one in readings if one.text != standalone)


def _weight(said: str) -> float:
    """What the last question counts for a turn that the rules found to stand alone."""
    return _AFTER_OTHER if len(said) <= _SHORT else _MATCHED_ONLY
