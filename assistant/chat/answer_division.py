"""The answer to "which division handles this?": divisions with the project that proves each."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers import Citation, Division
from assistant.chat.match import best_odds, match
from assistant.chat.statements import citation
from assistant.chat.telephone import telephone_said
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.records import Piece
from assistant.search.divisions import Candidate
from assistant.search.question import cue
from assistant.text import compact, fold, one_line
from assistant.tokens import words

WHAT_IS_ASKED = "お尋ねのこと"  # as an attribute that the documents lack (assistant/search/glossary.tsv)
_PROJECT = 250  # characters quoted of the project
_LEAST = -3.0  # of the best piece's log odds and the vote, below which what is asked is not told
_FOUND_AT_ALL = 1.7  # score of a passage below which its project has nothing to do with the question
_NEAR = 0.5  # difference of scores at which two wards' projects fit about equally well


def answer_division(turn: Turn) -> Turn:
    """Answer with divisions where the question asks for one, or tells a wish that a project of the directory meets."""
    if turn.reason is not None or (not turn.understood.wants_division and not _wish_met(turn)):
        return turn
    if _told_in_passage(turn):
        return turn
    if not turn.candidates:
        return turn.stop(Reason.NO_DIVISION)
    turn = match(turn)
    if _tells_nothing(turn) and (sent := send_to_division(turn, WHAT_IS_ASKED)):
        return sent
    told = attach_divisions(turn)
    found = _division_said(turn, told.divisions[0].evidence[0])
    project, citations = _project_said(told)
    telephone, citations = telephone_said(turn, citations)
    text = "\n".join(part for part in (found, telephone, project) if part)
    notices = (*turn.notices, *([turn.say("notice", "several_divisions")] if _wards_differ(turn) else []))
    return replace(told, reason=Reason.DIVISION_FOUND, text=text, citations=citations, notices=notices)


def _tells_nothing(turn: Turn) -> bool:
    """Is something asked that neither a piece nor the written questions tell of? Who only tells a wish asks nothing."""
    asks = turn.understood.wants_division or cue("asks").search(turn.understood.folded)
    return bool(asks) and turn.voted is not None and best_odds(turn) + turn.voted < _LEAST


def _told_in_passage(turn: Turn) -> bool:
    """Is the best passage of a document without records of divisions, and does it speak of the question's matter? Then it
    is quoted: what an added document says of a window, and who took part in another city, is in no record."""
    if not turn.passages:
        return False
    source = turn.searcher.index.sources[turn.passages[0].source_id]
    took_part = source.municipality in turn.searcher.cities and not cue("turn_to").search(turn.understood.folded)
    if source.builtin and not took_part:
        return False
    question = turn.understood
    matter = set(question.words) if question.foreign else set(words(cue("division").sub(" ", question.folded)))
    return 2 * len(matter & set(words(fold(turn.passages[0].text)))) >= len(matter) > 0


def send_to_division(turn: Turn, attribute: str) -> Turn | None:
    """The documents do not tell `attribute`, but the division of the very project would know; None if none is found."""
    if not turn.candidates or not turn.passages or turn.passages[0].score < _FOUND_AT_ALL:
        return None
    first = turn.candidates[0]
    if not _is_of(turn, first, turn.passages[0].chunk_id):
        return None
    named = turn.searcher.divisions_in(turn.understood.folded)
    if named and first.division not in named:
        return None
    told = attach_divisions(turn)
    text = turn.say(
        "reason",
        Reason.ASK_DIVISION.value,
        attribute=attribute,
        organization=first.organization,
        division=first.division,
        n=told.divisions[0].evidence[0],
    )
    return replace(told, reason=Reason.ASK_DIVISION, text=text)


def holder(turn: Turn) -> tuple[Candidate, Piece] | None:
    """Who has the project that the first passage tells of, with the piece that proves it; None if it tells of none."""
    first = turn.passages[0].chunk_id if turn.passages else ""
    own = [c for c in turn.candidates if c.project and _is_of(turn, c, first)]
    return (own[0], _proof(turn, own[0])) if own else None


def _is_of(turn: Turn, candidate: Candidate, chunk_id: str) -> bool:
    """Does the chunk belong to the project that stands for the candidate?"""
    contract = turn.searcher.contract_of(chunk_id)
    return chunk_id == candidate.chunk_id or (
        contract is not None and contract == turn.searcher.contract_of(candidate.chunk_id)
    )


def attach_divisions(turn: Turn) -> Turn:
    """The candidates with their proofs, numbered behind the citations there are."""
    if turn.divisions:
        return turn
    proofs = [_proof(turn, candidate) for candidate in turn.candidates]
    chunks = turn.searcher.index.chunks([p.chunk_id for p in proofs])
    numbers = {(c.chunk_id, c.quote): c.n for c in turn.citations}
    citations = list(turn.citations)
    for proof in proofs:
        if (proof.chunk_id, proof.quote) not in numbers:
            numbers[proof.chunk_id, proof.quote] = len(citations) + 1
            citations.append(citation(len(citations) + 1, (proof,), chunks[proof.chunk_id]))
    divisions = tuple(_division(c, numbers[p.chunk_id, p.quote]) for c, p in zip(turn.candidates, proofs, strict=True))
    return replace(turn, citations=tuple(citations), divisions=divisions)


def _wish_met(turn: Turn) -> bool:
    """Does the question tell a wish, and is the best passage a project of the directory?"""
    question = turn.understood
    if not question.wishes or question.wants_number or question.about_ordinance or not turn.candidates:
        return False
    return turn.candidates[0].chunk_id == turn.passages[0].chunk_id


def _proof(turn: Turn, candidate: Candidate) -> Piece:
    """The piece of the chunk that names the division; the chunk's first piece names the project and its divisions."""
    pieces = [piece for piece, _ in turn.searcher.index.pieces_of([candidate.chunk_id])]
    name = compact(candidate.division)
    return next((p for p in pieces if name in compact(p.quote)), pieces[0])


def joint(turn: Turn) -> list[Candidate]:
    """The first candidate and those that hold the same project with it."""
    return [c for c in turn.candidates if c.chunk_id == turn.candidates[0].chunk_id]


def _division_said(turn: Turn, n: int) -> str:
    first = turn.candidates[0]
    return turn.say(
        "answer",
        "division" if first.project else "office",
        organization=first.organization,
        division="・".join(c.division for c in joint(turn)),
        project=first.project,
        n=n,
    )


def _project_said(turn: Turn) -> tuple[str, tuple[Citation, ...]]:
    """What the directory says of the project, with its partners and conditions, and the citations with this one more."""
    said = _described(turn)
    if not said:
        return "", turn.citations
    chunk = turn.searcher.index.chunks([said[0].chunk_id])[said[0].chunk_id]
    proof = citation(len(turn.citations) + 1, said, chunk)
    return turn.say("answer", "sentence", quote=one_line(proof.quote), n=proof.n), (*turn.citations, proof)


def _described(turn: Turn) -> list[Piece]:
    """What the entry says of its project; for an entry that points to the report, how the report begins to describe it."""
    first = turn.candidates[0]
    number = turn.searcher.contract_of(first.chunk_id)
    chunks = [first.chunk_id, *(turn.searcher.chunks_of(f"contract:{number}") if number else ())]
    for identity in chunks if first.project else ():
        pieces = [piece for piece, _ in turn.searcher.index.pieces_of([identity])]
        said = [p for p in pieces if "〔" not in p.quote and not cue("never_quoted").search(p.said)]
        while said and sum(len(p.said) for p in said) > _PROJECT:
            said.pop()
        if any(p.said.endswith("。") for p in said):
            return said
    return []


def _wards_differ(turn: Turn) -> bool:
    """Is no ward named, and do several wards have a project that fits about equally well?"""
    if turn.understood.organizations:
        return False
    near = [c for c in turn.candidates if c.score >= turn.candidates[0].score - _NEAR]
    wards = {c.organization for c in near if c.organization.endswith("区")}
    return len(wards) > 1 and turn.candidates[0].organization in wards


def _division(candidate: Candidate, n: int) -> Division:
    return Division(
        organization=candidate.organization,
        division=candidate.division,
        score=candidate.confidence,
        evidence=(n,),
        project=candidate.project,
    )
