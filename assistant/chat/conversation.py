"""A conversation: each turn is put in words of its own, answered, and remembered."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers import Answer
from assistant.chat.follow_up import rewrite
from assistant.chat.history import History, remember
from assistant.chat.pipeline import answer
from assistant.search.searcher import Searcher
from assistant.text import sanitize

LONGEST = 200  # characters up to which a turn can lean on the turns before it


class Conversation:
    """Turns that may lean on each other. For one person at a time; memory is bounded (history.TURNS)."""

    def __init__(self, searcher: Callable[[], Searcher]) -> None:
        self._searcher = searcher  # asked anew each turn, so that a long conversation sees a new index
        self.history = History()

    def ask(self, text: str) -> Answer:
        """One turn. Never raises for anything a person can type; raises NoIndex or IndexMismatch."""
        searcher = self._searcher()
        asked = sanitize(text).strip()
        standalone = rewrite(self.history, asked, searcher) if len(asked) <= LONGEST else asked
        told = answer(searcher, standalone)
        if standalone != asked:
            told = told.model_copy(update={"question": asked, "standalone": standalone})
        self.history = self.history.add(remember(searcher, self.history, asked, told))
        return told

    def forget(self) -> None:
        """Begin a new matter: nothing said so far counts."""
        self.history = History()
