"""An open index that stays current: reopened when ingest has swapped in a new generation."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from assistant.answers import Answer, Passage
from assistant.chat.conversation import Conversation
from assistant.chat.history import History
from assistant.chat.pipeline import answer
from assistant.draft.pipeline import draft, understood
from assistant.drafts import DocumentKind, Draft, Form, Given, Review
from assistant.embeddings import Embedder
from assistant.errors import NoIndex
from assistant.index import current_generation, open_index
from assistant.models import ChatModel, open_model
from assistant.records import DirectoryRecord
from assistant.review.pipeline import review
from assistant.search.searcher import Searcher
from assistant.settings import Settings
from assistant.text import compact


class Service:
    """What every face of the project asks: the command line, the web service, evaluation. Safe between threads."""

    def __init__(self, settings: Settings, embedder: Embedder, model: ChatModel | None = None) -> None:
        """`model` stands in for the one that the settings name, if they name one."""
        self.settings = settings
        self.embedder = embedder
        self.model = model or open_model(settings)
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None

    @property
    def searcher(self) -> Searcher:
        """A searcher over the current generation; raises NoIndex or IndexMismatch."""
        generation = current_generation(self.settings)
        with self._lock:
            if self._searcher is None or self._searcher.index.card.generation != generation:
                self._searcher = self._open()
            return self._searcher

    def _open(self) -> Searcher:
        """Opened once more if the generation was replaced, and so removed, while it was being opened."""
        while True:
            generation = current_generation(self.settings)
            try:
                return Searcher(open_index(self.settings, self.embedder), self.embedder)
            except (NoIndex, OSError):
                if current_generation(self.settings) == generation:
                    raise

    def ask(self, question: str, *, easy: bool = False) -> Answer:
        """One answer, in the language of the question; `easy` asks for やさしい日本語 around the quotations."""
        return answer(self.searcher, question, self.model, easy=easy)

    def talk(self, questions: Sequence[str], *, easy: bool = False) -> list[Answer]:
        """One conversation, an answer a turn; a follow-up is put in words of its own first."""
        conversation = self.conversation(easy=easy)
        return [conversation.ask(question) for question in questions]

    def conversation(self, *, easy: bool = False, history: History | None = None) -> Conversation:
        """A conversation with nothing said yet, or one that goes on after `history`."""
        return Conversation(lambda: self.searcher, self.model, easy=easy, history=history)

    def draft(
        self,
        brief: str,
        document: DocumentKind = "contract",
        form: Form | None = None,
        fields: Mapping[str, str] | None = None,
        *,
        smooth: bool = True,
    ) -> Draft:
        """A draft of a brief, of a form's `fields` (key → text), or of both; without `smooth` no model is asked."""
        return draft(self.searcher, brief, document, form, fields, self.model if smooth else None)

    def understood(self, brief: str, document: DocumentKind, form: Form | None = None) -> tuple[Given, ...]:
        """What a brief alone tells, with the places of its words."""
        return understood(self.searcher, brief, document, form)

    def review(self, text: str, document: DocumentKind = "contract", form: Form | None = None) -> Review:
        """What a contract or proposal that somebody wrote lacks, and what speaks against it."""
        return review(self.searcher, text, document, form)

    def directory(self, organization: str = "", field: str = "") -> list[DirectoryRecord]:
        """Projects of an organization and a field; names compare without blanks and with ヶ = ケ, empty = all."""
        return [
            r
            for r in self.searcher.index.records.directory
            if compact(organization) in ("", compact(r.organization)) and compact(field) in compact(r.field)
        ]

    def search(self, question: str, limit: int = 10) -> list[Passage]:
        return self.searcher.search(question, limit)
