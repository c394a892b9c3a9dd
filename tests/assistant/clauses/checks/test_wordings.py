"""All checks of meaning over one list of wordings: each code is found in its own, and none in ordinary ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.clauses.checks.citations import check_citations
from assistant.clauses.checks.evaluation import check_evaluation
from assistant.clauses.checks.exclusions import check_exclusions
from assistant.clauses.checks.fairness import check_fairness
from assistant.clauses.checks.instructions import check_instructions
from assistant.clauses.checks.openness import check_openness
from tests.assistant.clauses.checks.papers import codes, ordinance, paper

WORDINGS = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))
CHECKS = (
    check_exclusions,
    check_fairness,
    check_openness,
    check_evaluation,
    check_citations,
    check_instructions,
)


def _found(text: str) -> set[str]:
    told = paper(text, ordinance=ordinance())
    return {str(code) for check in CHECKS for code in codes(check, told)}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, told in WORDINGS["told"].items() for text in told])
def test_wordings_of_a_code_are_found(code: str, text: str) -> None:
    assert code in _found(text)


@pytest.mark.parametrize("text", WORDINGS["none"]["wordings"])
def test_ordinary_wordings_are_not(text: str) -> None:
    assert _found(text) == set()
