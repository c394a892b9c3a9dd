"""「二つ足すといくら」 after the costs of two projects were told: both by name, for arithmetic.py."""

from __future__ import annotations

from assistant.chat.history import History
from assistant.chat.phrases import ABOUT, pattern, specific_nouns
from assistant.chat.talk import Talk
from assistant.search.question import cue
from assistant.text import fold


def two_costs(talk: Talk) -> str | None:
    """The turn asked of the last project whose cost was told and the one before it, or the first one (「最初の」)."""
    asks = fold(talk.text)
    if specific_nouns(talk.text) or not any(cue(name).search(asks) for name in ("sum", "difference")):
        return None
    told = _told(talk.history)
    others = [name for name in told if name != told[0]]
    if not others or not pattern("told_cost").search(talk.last.shown):
        return None
    other = others[-1] if pattern("the_first").search(talk.text) else others[0]
    return f"「{other}」と「{told[0]}」の事業費{ABOUT}{talk.text}"


def _told(history: History) -> list[str]:
    """The projects whose costs the answers told, the latest first."""
    return [found["project"] for past in history.matters if (found := pattern("told_cost").search(past.shown))]
