"""What a question gets back. The same models are the batch records, the HTTP bodies and the JSON Schema."""

from __future__ import annotations

from pydantic import Field

from assistant.frozen import Frozen
from assistant.outcomes import ModelOutcome, Reason, Status
from assistant.records import Chunk

_FIRST = 2  # passages whose projects say which divisions an answer is about


class Passage(Frozen):
    """A chunk found for a question. `text` is verbatim; with neighbours it spans several chunks of one section."""

    chunk_id: str
    source_id: str
    locator: str
    text: str
    score: float
    context: str = ""
    title: str = ""
    page: str = ""
    chunk_ids: tuple[str, ...] = ()


class Citation(Frozen):
    """Quote + locator + source. `quote` stands word for word in the chunk `chunk_id`."""

    n: int
    source_id: str
    title: str
    locator: str
    page: str
    quote: str
    chunk_id: str


def cite(n: int, chunk: Chunk, quote: str, locator: str = "") -> Citation:
    """A quotation from a chunk, at the chunk's own place unless `locator` names one within it."""
    return Citation(
        n=n,
        source_id=chunk.source_id,
        title=chunk.title,
        locator=locator or chunk.locator,
        page=chunk.page,
        quote=quote,
        chunk_id=chunk.id,
    )


class Division(Frozen):
    """A division that may handle the matter; `evidence` are citation numbers, `contact` only if a document prints one."""

    organization: str
    division: str
    score: float = Field(ge=0, le=1)
    evidence: tuple[int, ...] = ()
    contact: str | None = None
    project: str = ""


class ModelUse(Frozen):
    """What a language model did for an answer. `dropped` counts claims by the check they failed; `cost` is in the
    currency of the settings' prices, None if they are not set."""

    name: str
    outcome: ModelOutcome
    seconds: float = Field(ge=0)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    kept: int = 0
    dropped: dict[str, int] = Field(default_factory=dict)


class Answer(Frozen):
    status: Status
    reason: Reason
    text: str
    citations: tuple[Citation, ...] = ()
    divisions: tuple[Division, ...] = ()
    passages: tuple[Passage, ...] = ()
    notices: tuple[str, ...] = ()
    urgent: str = Field(
        "", description="who helps at once, where the question tells of danger; shown before everything else"
    )
    language: str = "ja"
    timings_ms: dict[str, float] = Field(default_factory=dict)
    question: str = Field("", description="what was asked")
    standalone: str = Field("", description="a follow-up as it was understood; empty if the question stands for itself")
    model: ModelUse | None = None
    trace: str = Field("", description="the request in the service's log; empty outside of the service")

    @property
    def likely_divisions(self) -> tuple[Division, ...]:
        """The divisions to show to people: all where one was asked for, else those whose project was found first."""
        if self.reason in (Reason.DIVISION_FOUND, Reason.ASK_DIVISION):
            return self.divisions
        found = {identity for passage in self.passages[:_FIRST] for identity in passage.chunk_ids}
        proofs = {c.n for c in self.citations if c.chunk_id in found}
        return tuple(d for d in self.divisions if proofs & set(d.evidence))
