"""A conversation: each turn is put in words of its own, answered, and remembered."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answers import Answer
from assistant.chat.asides import plain
from assistant.chat.check_input import told_of_persons
from assistant.chat.follow_up import rewrite
from assistant.chat.history import History, remember
from assistant.chat.other_readings import other_readings
from assistant.chat.pipeline import Watch, answer, unwatched
from assistant.chat.rewrite_with_model import rewrite_with_model
from assistant.chat.told_names import called
from assistant.models import ChatModel
from assistant.search.searcher import Searcher
from assistant.text import sanitize

LONGEST = 200  # characters up to which a turn can lean on the turns before it


class Conversation:
    """Turns that may lean on each other. For one person at a time; memory is bounded (history.TURNS)."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        model: ChatModel | None = None,
        *,
        easy: bool = False,
        history: History | None = None,
    ) -> None:
        """`history` is what was said before, if the conversation goes on from somewhere."""
        self._searcher = searcher  # asked anew each turn, so that a long conversation sees a new index
        self._model = model
        self._easy = easy
        self.history = history or History()

    def ask(self, text: str, watch: Watch = unwatched) -> Answer:
        """One turn. Never raises for anything a person can type; raises NoIndex or IndexMismatch."""
        searcher = self._searcher()
        asked = sanitize(text).strip()
        if told_of_persons(searcher, asked):  # neither a model nor the memory gets it
            return answer(searcher, asked, None, easy=self._easy, watch=watch)
        watch(rewrite.__name__)
        standalone = self._standalone(asked, searcher) if len(asked) <= LONGEST else asked
        said = asked if standalone != asked else ""
        others = other_readings(self.history, asked, standalone)
        told = answer(searcher, standalone, self._model, easy=self._easy, said=said, others=others, watch=watch)
        if standalone != asked:
            told = told.model_copy(update={"question": asked, "standalone": standalone})
        self.history = self.history.add(called(plain(searcher, remember(searcher, self.history, asked, told))))
        return told

    def _standalone(self, asked: str, searcher: Searcher) -> str:
        """The turn in words of its own: by rules, and where they find nothing to lean on, by a model if there is one."""
        read = rewrite(self.history, asked, searcher)
        if read != asked:
            return read
        return rewrite_with_model(self._model, [past.asked for past in self.history.past], asked) or asked

    def forget(self) -> None:
        """Begin a new matter: nothing said so far counts."""
        self.history = History()
