"""The sentences of findings: every code of these checks has them, and no proposed wording states a fact of its own."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from assistant.clauses.amounts import amounts
from assistant.clauses.checks.findings import finding
from assistant.clauses.checks.patterns import data, patterns
from assistant.clauses.dates import dates
from assistant.drafts import Code

_FOLDER = resources.files("prompts").joinpath("draft")
TOLD = {
    code: told
    for name in ("codes.law.toml", "codes.facts.toml")
    for code, told in tomllib.loads(_FOLDER.joinpath(name).read_text("utf-8")).items()
}
TOPICS = (
    "common",
    "exclusions",
    "fairness",
    "openness",
    "evaluation",
    "instructions",
    "citations",
    "costs",
    "names",
    "units",
)


@pytest.mark.parametrize("code", [code for code in Code if code in TOLD])
def test_each_code_makes_a_finding(code: Code) -> None:
    told = finding(code, None, "", **dict.fromkeys(re.findall(r"{(\w+)}", TOLD[code]["message"]), "x"))
    assert told.start == -1 and told.quote == "" and "{" not in told.message
    assert not amounts(told.wording) and not dates(told.wording)


@pytest.mark.parametrize("code", [code for code in TOLD if code.startswith("S5_")])
def test_exclusions_are_said_as_a_fear_with_their_number(code: str) -> None:
    assert "おそれ" in TOLD[code]["message"] and f"第5条第{code[-1]}号" in TOLD[code]["message"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_pattern_compiles(topic: str) -> None:
    assert patterns(topic).keys() == data(topic)["patterns"].keys()
