"""The composed answer written anew by a language model, where there is one; what it cannot prove is not used.

The model sees the question and the best passages and returns claims with quotations (prompts/write.toml); claims.py
checks each. Nothing left, or no usable reply in time: the composed answer stays, with a notice that says so. Refusals,
divisions, counts, articles asked for by number and answers that hold contact data never reach the model.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import ModelUse, Passage
from assistant.chat.claims import Claim, Evidence, failed_check, gather, parse_claims
from assistant.chat.facts import has_contact
from assistant.chat.statements import citation
from assistant.chat.turn import Turn
from assistant.models import ChatModel, ModelFailed, Reply
from assistant.outcomes import ModelOutcome
from assistant.records import Piece
from assistant.text import compact, contains, one_line, sanitize
from prompts import prompt, say

_PASSAGES = 6
_CHARACTERS = 4_000  # of all passages; more does not fit the context a local server gives by default
_KEPT = 4  # claims shown


Proven = tuple[str, Piece]  # the sentence of a claim that passed and the piece that proves it


def write_with_model(turn: Turn) -> Turn:
    """The turn with an answer of verified claims, or as it was with a notice; untouched without a model."""
    if turn.model is None or not turn.composed or has_contact(turn.text) or has_contact(turn.understood.text):
        return turn
    shown = _shown(turn.passages)
    began = time.monotonic()
    try:
        reply = _asked(turn.model, turn.understood.text, shown)
    except ModelFailed as failure:
        return _told(turn, ModelUse(name=turn.model.name, outcome=failure.outcome, seconds=_since(began)))
    use = ModelUse(
        name=turn.model.name,
        outcome=ModelOutcome.NONSENSE,
        seconds=_since(began),
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        cost=reply.cost,
    )
    claims = parse_claims(reply.text)
    if claims is None:
        return _told(turn, use)
    proven, dropped = check_claims(turn, claims, shown)
    use = use.model_copy(update={"kept": len(proven), "dropped": dropped, "outcome": _outcome(claims, proven)})
    return _told(_written(turn, proven) if proven else turn, use)


def _shown(passages: Sequence[Passage]) -> list[Passage]:
    """The best passages, as many as fit; the best one always."""
    shown: list[Passage] = []
    used = 0
    for passage in passages[:_PASSAGES]:
        used += len(passage.text)
        if shown and used > _CHARACTERS:
            break
        shown.append(passage)
    return shown


def _asked(model: ChatModel, question: str, shown: Sequence[Passage]) -> Reply:
    passages = [
        {"n": n, "place": f"{p.title} {p.locator}", "text": p.text[:_CHARACTERS]} for n, p in enumerate(shown, 1)
    ]
    told = prompt("write", {"question": question, "passages": passages})
    return model.complete(told.system, told.user)


def check_claims(turn: Turn, claims: Sequence[Claim], shown: Sequence[Passage]) -> tuple[list[Proven], dict[str, int]]:
    """The claims that hold, at most four, and how many fell at which check."""
    proven: list[Proven] = []
    dropped: Counter[str] = Counter()
    known = known_names(turn)
    for claim in claims:
        text = one_line(sanitize(claim.text))
        tried = [(e.piece, failed_check(text, e)) for e in _evidence(turn, claim, shown, known)]
        piece = next((piece for piece, failed in tried if failed is None), None)
        if piece is None:
            dropped[(tried[0][1] if tried else None) or "quote"] += 1
        elif len(proven) == _KEPT or text in [said for said, _ in proven]:
            dropped["surplus"] += 1
        else:
            proven.append((text, piece))
    return proven, dict(dropped)


def _evidence(turn: Turn, claim: Claim, shown: Sequence[Passage], known: tuple[str, ...]) -> list[Evidence]:
    """Where the passage that the claim names holds its quotation, in the first of its chunks that does."""
    if not 1 <= claim.passage <= len(shown):
        return []
    passage = shown[claim.passage - 1]
    index = turn.searcher.index
    place = "\n".join([passage.title, passage.locator, passage.context])
    for identity, chunk in index.chunks(list(passage.chunk_ids)).items():
        pieces = [piece for piece, _ in index.pieces_of([identity])]
        found = gather(claim, pieces, turn.understood.text, place, known)
        if found and contains(chunk.text, claim.quote):
            return found
    return []


def known_names(turn: Turn) -> tuple[str, ...]:
    """Names of organizations, cities, divisions and offices, as they are compared."""
    searcher = turn.searcher
    divisions = [d for r in searcher.index.records.directory for d in r.divisions]
    offices = [n for s in searcher.index.sources.values() for o in s.offices for n in (o.organization, o.division)]
    return tuple({compact(n) for n in (*searcher.organizations, *searcher.cities, *divisions, *offices) if n})


def _outcome(claims: Sequence[Claim], proven: Sequence[Proven]) -> ModelOutcome:
    if not claims:
        return ModelOutcome.SILENT
    return ModelOutcome.WRITTEN if proven else ModelOutcome.UNPROVEN


def _written(turn: Turn, proven: Sequence[Proven]) -> Turn:
    """One line a claim, each with the number of its citation."""
    pieces = list({piece.id: piece for _, piece in proven}.values())
    number = {piece.id: n for n, piece in enumerate(pieces, 1)}
    chunks = turn.searcher.index.chunks([piece.chunk_id for piece in pieces])
    text = "\n".join(turn.say("answer", "claim", text=said, n=number[piece.id]) for said, piece in proven)
    citations = tuple(citation(n, (piece,), chunks[piece.chunk_id]) for n, piece in enumerate(pieces, 1))
    return replace(turn, text=text, citations=citations)


def _told(turn: Turn, use: ModelUse) -> Turn:
    """The turn with what the model did, for the trace and for the reader."""
    notice = say("model", use.outcome.value, name=use.name)
    return replace(turn, model_use=use, notices=(*turn.notices, notice))


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
