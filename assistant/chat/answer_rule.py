"""A paragraph of the ordinance that leaves something to the 施行規則 is followed by what the rule says, if it is here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.chat.statements import Statement
from assistant.chat.turn import Turn
from assistant.search.delegated import rule_pieces


def with_rules(turn: Turn, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, each article's followed by the rule's paragraph; none is said twice."""
    told = {piece.id for statement in statements for piece in statement.proof}
    for statement in statements:
        yield statement
        for piece in statement.proof if statement.frame == "article" else ():
            for delegation, own in rule_pieces(turn.searcher.index, piece):
                if own.id not in told:
                    told.add(own.id)
                    values = {"quote": own.said, "locator": f"{delegation.rule}{own.locator}"}
                    yield Statement("article", (own,), values)
