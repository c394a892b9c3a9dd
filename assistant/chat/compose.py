"""The answer, composed from records and verbatim stretches. No language model is involved.

First what is known for certain: chapters and articles that the question names, fields of the project it is about. Then
the stretches of the best passages that speak to it, many or few (select.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.chat.answer_ordinance import article_statement, ordinance_statements
from assistant.chat.answer_record import record_statements
from assistant.chat.answer_rule import with_rules
from assistant.chat.answer_version import then
from assistant.chat.arithmetic import calculated
from assistant.chat.select import Stretch, select_stretches
from assistant.chat.statements import Statement, tell, verbatim
from assistant.chat.turn import Turn
from assistant.outcomes import Reason
from assistant.search.question import cue
from assistant.text import fold, one_line

_DASH = re.compile(r"(?:^|\n)\s*-\s+")
_SAME_YEAR = re.compile(r"((?:令和|平成|昭和)(?:[0-9]+|元)年)[^。]*?同(年[0-9]+月(?:[0-9]+日)?)")


def compose(turn: Turn) -> Turn:
    """Text and citations of the answer, or a stop if nothing can be quoted. Divisions have their own step."""
    if turn.reason is not None:
        return turn
    named = ordinance_statements(turn)
    fields = [] if named else record_statements(turn)
    statements = [*named, *fields]
    if not named or cue("compare").search(turn.understood.folded):
        told = [piece.id for s in statements for piece in s.proof]
        statements += list(quoted(turn, select_stretches(turn, answered=bool(fields), told=told)))
    if not statements:
        return turn.stop(Reason.NOT_IN_DOCUMENTS, documents=len(turn.searcher.index.documents))
    statements = list(with_rules(turn, [*statements, *calculated(turn, statements)]))
    if cue("date").search(turn.understood.folded):
        statements += list(_same_years(statements))
    text, citations = tell(turn, statements)
    return replace(turn, reason=Reason.FOUND, text=text, citations=citations, composed=not (named or fields))


def quoted(turn: Turn, stretches: Sequence[Stretch]) -> Iterator[Statement]:
    """Stretches as an answer says them: articles by paragraph, rows under the name of their table, sentences."""
    chunks = turn.searcher.index.chunks([stretch[0].chunk_id for stretch in stretches])
    for stretch in stretches:
        first = stretch[0]
        if first.kind == "article":
            yield from (article_statement(turn, told) for piece in stretch for told in then(turn, piece))
        elif first.kind == "row":
            yield Statement("row", stretch, {"quote": _rows(stretch)})
        else:
            yield Statement("sentence", stretch, {"quote": _said(verbatim(stretch, chunks[first.chunk_id]))})


def _said(quote: str) -> str:
    """A quotation as it reads: wrapped lines joined, each item of a list on a line of its own, without its dash."""
    return "\n".join(one_line(part) for part in _DASH.split(quote) if part.strip())


def _rows(stretch: Stretch) -> str:
    """Rows of one table under its name, which is said once."""
    title, _, _ = stretch[0].said.partition("：")
    return title + "：" + "／".join(piece.said.removeprefix(title + "：") for piece in stretch)


def _same_years(statements: Sequence[Statement]) -> Iterator[Statement]:
    """「同年4月1日」 with its year, for a reader who asked for the date."""
    for statement in statements:
        for year, rest in _SAME_YEAR.findall(fold(statement.values.get("quote", ""))):
            yield Statement("same_year", statement.proof, {"short": f"同{rest}", "full": year[:-1] + rest})
