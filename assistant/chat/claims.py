"""Claims of a language model, and whether what they quote proves them. Nothing here trusts the model.

A claim names a passage and quotes it. The quotation must stand in that passage; what the reader is shown is not the
model's copy but the whole piece it lies in, verbatim, so that a quotation cannot be cut to hide a 「ない」. Numbers,
negations and conditions of the claim must be those of the sentences quoted; every content word, name and term must stand
there, or in the question and a heading of the passage both. The checks are those of CHECKS, in this order.

What they cannot catch: a clause left out that mattered and held no number, negation or condition; words in their order
that say something else by what joins them; an exception further away than the next sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.chat import facts
from assistant.records import Piece
from assistant.text import compact, one_line, sentences
from assistant.tokens import content_words, voices, words

_MOST = 20  # claims of one reply; a model that says more was not listening
_PIECES = 3  # pieces one quotation may lie in
_SHORTEST = 6  # characters of a quotation
_EXCEPTION = re.compile(r"[\s（(]*(?:ただし|但し)")
_THOUGHTS = re.compile(r"\A.*</think>", re.DOTALL)
_BLOCK = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)


class Claim(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    passage: int
    quote: Annotated[str, Field(max_length=1_500)]
    text: Annotated[str, Field(max_length=200)]


class Claims(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    claims: Annotated[list[Claim], Field(max_length=_MOST)]


def parse_claims(reply: str) -> list[Claim] | None:
    """The claims of a reply; None if it is not the JSON that was asked for."""
    try:
        return Claims.model_validate(read_json(reply)).claims
    except (ValidationError, ValueError, RecursionError):
        return None


def read_json(reply: str) -> object:
    """The one JSON value of a reply, which may stand in a code fence or behind a model's thoughts. Raises ValueError."""
    spoken = _THOUGHTS.sub("", reply)
    block = _BLOCK.search(spoken)
    value: object = json.loads((block.group(1) if block else spoken).strip())
    return value


@dataclass(frozen=True)
class Evidence:
    """What a claim may rest on: one piece it quotes, and words of the question that the passage has for headings."""

    piece: Piece
    scope: str  # the sentences quoted, with what leads in to them and an exception behind
    question: str
    place: str  # title, locator and headings of the passage
    known: tuple[str, ...] = field(repr=False)  # names of organizations, divisions and cities, compact

    @cached_property
    def text(self) -> str:
        """The sentences quoted; a row of a table also as it is read out, with the names of its columns."""
        return f"{self.scope}\n{self.piece.said}" if self.piece.kind == "row" else self.scope

    @cached_property
    def headings(self) -> str:
        """The headings that deny nothing: under 「対象とならないもの」 the word 対象 proves the opposite."""
        lines = self.place.split("\n")
        return "\n".join(line for line in lines if not facts.negations(line) and not facts.kept_turns(line))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(words(self.text)) | (frozenset(words(self.question)) & frozenset(words(self.headings)))

    def holds(self, stretch: str) -> bool:
        """Does a compact stretch stand in the sentences quoted, or in the question and the headings both?"""
        return stretch in compact(self.text) or (
            stretch in compact(self.question) and stretch in compact(self.headings)
        )


def gather(claim: Claim, pieces: Sequence[Piece], question: str, place: str, known: tuple[str, ...]) -> list[Evidence]:
    """The pieces of one chunk that a claim quotes, each as evidence by itself; empty if the quotation is not there.

    Each by itself, because words of two sentences put together can say what neither says.
    """
    wanted = compact(claim.quote)
    spoken = [(n, sentence) for n, p in enumerate(pieces) for sentence in sentences(one_line(p.quote))]
    hit = _touched([sentence for _, sentence in spoken], wanted)
    if len(wanted) < _SHORTEST:
        return []
    found = []
    for n in dict.fromkeys(spoken[i][0] for i in hit):
        own = [i for i in hit if spoken[i][0] == n]
        before = [s for m, s in spoken[: own[0]] if m == n and facts.is_lead_in(s)]
        after = [s for _, s in spoken[own[-1] + 1 :][:1] if _EXCEPTION.match(s)]
        scope = "\n".join([*before, *(spoken[i][1] for i in own), *after])
        found.append(Evidence(pieces[n], scope, question, place, known))
    return found[:_PIECES]


def _touched(units: Sequence[str], wanted: str) -> list[int]:
    """Which of `units`, read one after the other, the compact stretch `wanted` lies in; empty if it does not."""
    flat = [compact(unit) for unit in units]
    begin = "".join(flat).find(wanted)
    if begin < 0:
        return []
    found, at = [], 0
    for i, unit in enumerate(flat):
        if at < begin + len(wanted) and at + len(unit) > begin:
            found.append(i)
        at += len(unit)
    return found


Check = Callable[[str, Evidence], bool]


def failed_check(text: str, evidence: Evidence) -> str | None:
    """The name of the first check that the sentence of a claim does not pass; None if it passes all."""
    return next((check.__name__.strip("_") for check in CHECKS if not check(text, evidence)), None)


def _one_sentence(text: str, evidence: Evidence) -> bool:
    return len(sentences(text)) == 1 and facts.readable(text)


def _contact(text: str, evidence: Evidence) -> bool:
    return not facts.has_contact(text)


def _shared(text: str, evidence: Evidence) -> bool:
    """Says it anything that the quotation says? Two words in common at least, so that 「はい、そうです」 proves nothing."""
    said = frozenset(words(evidence.text))
    return sum(surface in said or normal in said for surface, normal in set(content_words(text))) >= 2


def _number(text: str, evidence: Evidence) -> bool:
    """Numbers come from the sentences quoted alone: one of the question may belong to something else."""
    there = facts.numbers(evidence.text)
    return all(facts.number_in(number, there) for number in facts.numbers(text))


def _number_of(text: str, evidence: Evidence) -> bool:
    """Belongs each number to what it belongs to in the source?

    What the claim names in front of it must stand in front of it there, with nothing else that is counted in between;
    and the term right in front of it there must be named, so that a part is not taken for the whole.
    """
    bodies = [facts.flat(line) for line in evidence.text.split("\n")]
    counted = [(body, facts.placed_numbers(body)) for body in bodies]
    claim, end = facts.flat(text), 0
    for number, start, stop in facts.placed_numbers(claim):
        owners = [run for run in facts.runs(claim[end:start]) if any(run in body for body in bodies)]
        if not any(_follows(number, owners, claim, *place) for place in counted):
            return False
        end = stop
    return True


def _follows(number: facts.Number, owners: Sequence[str], claim: str, body: str, found: Sequence[facts.Placed]) -> bool:
    """Stands `number` somewhere in `body` behind all `owners`, and behind a term that `claim` names?"""
    before = 0
    for other, start, stop in found:
        between = body[before:start]
        terms = [run for run in facts.runs(between) if len(run) > 1]
        named = not terms or terms[-1] in claim
        if facts.number_in(number, [other]) and named and all(owner in between for owner in owners):
            return True
        before = stop
    return False


def _name(text: str, evidence: Evidence) -> bool:
    there = facts.names(evidence.text, evidence.known)
    there |= facts.names(evidence.question, evidence.known) & facts.names(evidence.headings, evidence.known)
    return facts.names(text, evidence.known) <= there and all(evidence.holds(q) for q in facts.quoted(text))


def _word(text: str, evidence: Evidence) -> bool:
    return not facts.unknown_words(text, evidence.words)


def _run(text: str, evidence: Evidence) -> bool:
    """Compound names and terms must not be put together anew."""
    return all(evidence.holds(run) for run in set(facts.runs(text)) - facts.neutral_runs())


def _order(text: str, evidence: Evidence) -> bool:
    """Stand the terms in the order of the quotation, with its particles? That is what tells who does what to whom."""
    said, at = compact(evidence.text), 0
    for run, role in facts.roles(text):
        if run in facts.neutral_runs() or run not in said:
            continue  # of the question and a heading: _run has seen to it
        places = (i for i in range(at, len(said)) if said.startswith(run, i))
        found = next((i for i in places if facts.role_at(said, i + len(run)) in (role, "") or not role), -1)
        if found < 0:
            return False
        at = found + len(run)
    return True


def _foreign_name(text: str, evidence: Evidence) -> bool:
    there = facts.foreign_names(evidence.text)
    there |= facts.foreign_names(evidence.question) & facts.foreign_names(evidence.headings)
    return facts.foreign_names(text) <= there


def _negation(text: str, evidence: Evidence) -> bool:
    return facts.negations(text) == facts.negations(evidence.scope)


def _condition(text: str, evidence: Evidence) -> bool:
    return facts.kept_turns(text) == facts.kept_turns(evidence.scope)


def _added(text: str, evidence: Evidence) -> bool:
    return facts.added_turns(text) <= facts.added_turns(evidence.scope)


def _voice(text: str, evidence: Evidence) -> bool:
    """No 「できる」, 「される」, 「した」, 「するそう」 of its own, and what is over stays over."""
    over = any(facts.is_past(line) for line in evidence.scope.split("\n"))
    return voices(text) <= voices(evidence.scope) and (facts.is_past(text) or not over)


CHECKS: tuple[Check, ...] = (
    _one_sentence,
    _contact,
    _shared,
    _number,
    _number_of,
    _name,
    _word,
    _run,
    _order,
    _foreign_name,
    _negation,
    _condition,
    _added,
    _voice,
)
