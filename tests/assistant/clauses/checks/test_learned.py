"""The classifier beside the rules: what a rule has told of §5 at a clause stands there alone."""

from __future__ import annotations

from assistant.clauses.checks.exclusions import check_exclusions
from assistant.clauses.checks.learned import check_learned
from assistant.clauses.paper import Clause, Paper
from assistant.drafts import Code

FAITH = "毎月の集まりで入信をすすめ、信者を増やすことを目的とする。"


def _paper(scores: dict[str, float]) -> Paper:
    return Paper(FAITH, "brief", (Clause(FAITH, 0, len(FAITH), "", scores=scores),))


def test_the_classifier_adds_no_second_number_of_article_5_to_a_clause() -> None:
    told = _paper({"S5_4": 5.0})
    by_rule = check_exclusions(told)
    assert [finding.code for finding in by_rule] == [Code.S5_1]
    assert check_learned(told, by_rule) == []
    assert [finding.code for finding in check_learned(told, [])] == [Code.S5_4]
