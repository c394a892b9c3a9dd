"""Findings with their sentences: every code's message, basis, severity and proposed wording stand in prompts/draft/codes.*.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.clauses.checks.statements import Statement
from assistant.drafts import Code, Finding

_LONGEST_QUOTE = 400


def finding(code: Code, at: Statement | None = None, *, basis: str = "", **values: str) -> Finding:
    """What is said of `code`, with `at` as its quotation (None: something is absent). `values` fill the message's
    variables, `basis` is for codes whose article depends on the text. KeyError names a missing variable or code."""
    told = _codes()[code]
    return Finding(
        code=code,
        message=told["message"].format(**values),
        basis=basis or told["basis"],
        quote=at.text[:_LONGEST_QUOTE].rstrip() if at else "",
        severity=told["severity"],  # type: ignore[arg-type]  # pydantic checks it
        start=at.start if at else -1,
        wording=told.get("wording", ""),
    )


@cache
def _codes() -> dict[str, dict[str, str]]:
    """Code → its sentences, of all files codes.*.toml."""
    folder = resources.files("prompts").joinpath("draft")
    files = sorted(f.name for f in folder.iterdir() if f.name.startswith("codes."))
    return {
        code: told
        for name in files
        for code, told in tomllib.loads(folder.joinpath(name).read_text("utf-8")).items()
    }
