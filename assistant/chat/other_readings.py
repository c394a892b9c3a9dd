"""Other readings of a turn of a conversation: what a person means is found better by several than by the first that fits.

The passages of a turn are ranked by the mean of the scores for all its readings; whether they answer is still decided
by the one that the rules chose (follow_up.py). docs/decisions/0006 gives the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.chat.history import History
from assistant.chat.phrases import ABOUT, without_opener
from assistant.text import one_after_other

_AFTER_LAST = 1.0  # weights beside the reading of the rules, which has 1: the last question and the turn in one,
_ALONE = 0.5  # … the turn as it was said,
_OF_FIRST = 0.3  # … and the turn asked of what the conversation began with
_AFTER_OTHER = 0.3  # of a turn that the rules found to stand alone: the last question and the turn in one
_SHORT = 40  # characters up to which such a turn may be about what was said before all the same


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
    after_last = one_after_other(last.standalone, text)
    if said == standalone:
        return (OtherReading(after_last, _AFTER_OTHER),) if len(said) <= _SHORT else ()
    of_first = (OtherReading(f"{first.topic}{ABOUT}{text}", _OF_FIRST),) if first.topic != last.topic else ()
    return (OtherReading(after_last, _AFTER_LAST), OtherReading(said, _ALONE), *of_first)
