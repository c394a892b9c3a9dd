"""Is there a question at all, and may it be stored and sent on? Before anything is computed."""

from __future__ import annotations

from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.personal import Kind, find_personal
from assistant.search.searcher import Searcher
from assistant.text import sanitize

LONGEST = 4_000  # characters; a longer text is a document, not a question


def check_input(turn: Turn) -> Turn:
    """Stop for an empty question, an overlong one, and one that tells who somebody is."""
    text = sanitize(turn.asked).strip()
    if not text:
        return turn.stop(Reason.EMPTY_QUESTION)
    if len(text) > LONGEST:
        return turn.stop(Reason.TOO_LONG, length=f"{len(text):,}", limit=f"{LONGEST:,}")
    kinds = told_of_persons(turn.searcher, text)
    if kinds:
        named = turn.say("personal", "separator").join(turn.say("personal", kind.value) for kind in kinds)
        return turn.stop(Reason.PERSONAL_DATA, kinds=named)
    return turn


def told_of_persons(searcher: Searcher, text: str) -> tuple[Kind, ...]:
    """The kinds of personal data in `text`, without what the documents print themselves."""
    found = find_personal(text)
    return tuple(dict.fromkeys(f.kind for f in found if f.key not in searcher.printed)) if found else ()
