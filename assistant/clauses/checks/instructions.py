"""Who is spoken to? A document that instructs its checker, and a brief that asks to make facts up.

Neither is followed; both are told. A project about AI, a wish to leave a field blank or to see an example is neither.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.patterns import patterns
from assistant.clauses.checks.senses import sense
from assistant.clauses.checks.statements import Statement, lines, statements
from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding


def check_instructions(paper: Paper) -> list[Finding]:
    """At most one instruction, and every request to invent, of a brief only: nothing that is asked so may be written.

    A brief speaks to its writer, so a request to invent is no instruction that somebody hid in it.
    """
    instructed = _instructed(lines(paper.text))
    invented = [at for at in statements(paper) if _invents(at)] if paper.kind == "brief" else []
    if instructed and any(at.start == instructed.start for at in invented):
        instructed = None
    found = [finding(Code.EMBEDDED_INSTRUCTION, instructed)] if instructed else []
    return found + [finding(Code.INVENT_REQUEST, at) for at in invented]


def _instructed(told: Sequence[Statement]) -> Statement | None:
    """The sentence that orders the result: by itself, or where it or the one before it addresses a checking machine."""
    for i, s in enumerate(told):
        near = [s, *told[max(0, i - 1) : i]]
        if (_has("override", s) and not _has("told_of", s)) or _ordered(near):
            return s
        if _has("result", s) and any(_has("addressed", t) and not _has("used", t) for t in near):
            return s
    return None


def _invents(at: Statement) -> bool:
    """Does it ask to make facts up, or to take over another project's?"""
    if _means("invents", at) or _means("borrows", at):
        return True
    if _has("no_invention", at) or sense("instructions", "invents").shut_out(at.even):
        return False
    if _has("invents", at) and (_has("strong", at) or _has("left_to_you", at)):
        return True
    return _has("takes_over", at) and _has("wants_written", at) and not _has("own_value", at)


def _ordered(near: Sequence[Statement]) -> bool:
    """Does the first of `near`, by itself or with the one before it, tell a machine what to find?"""
    order = sense("instructions", "instructed")
    return order.told(near[0].even) or order.told("".join(s.even for s in reversed(near)))


def _means(name: str, at: Statement) -> bool:
    return sense("instructions", name).told(at.even)


def _has(name: str, at: Statement) -> bool:
    return bool(patterns("instructions")[name].search(at.even))
