"""Findings with their sentences: every code's message, basis, severity and proposed wording stand in prompts/draft/codes.*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol

from assistant.clauses.paper import Paper
from assistant.drafts import Code, Finding

_LONGEST_QUOTE = 400


class Quoted(Protocol):
    """A piece of a paper, verbatim, with its offset: a statement, a clause, a place."""

    @property
    def text(self) -> str: ...

    @property
    def start(self) -> int: ...


@dataclass(frozen=True)
class Place:
    """Any piece of a paper."""

    text: str
    start: int


def place(paper: Paper, start: int, end: int) -> Place:
    """The piece paper.text[start:end]."""
    return Place(paper.text[start:end], start)


def finding(code: Code, at: Quoted | None = None, variant: str = "", **values: str) -> Finding:
    """What is said of `code`, with `at` as its quotation (None: something is absent). `variant` names other sentences
    than the code's own, `values` fill the message's variables. KeyError names what is missing."""
    told = _codes()[variant or code]
    return Finding(
        code=code,
        message=told["message"].format(**values),
        basis=told["basis"],
        quote=at.text[:_LONGEST_QUOTE].rstrip() if at else "",
        severity=told["severity"],
        start=at.start if at else -1,
        wording=told.get("wording", ""),
    )


def words(code: str, part: str) -> str:
    """One of the sentences of `code`, as it stands."""
    return _codes()[code][part]


@cache
def _codes() -> dict[str, dict[str, str]]:
    """Code → its sentences, of all files codes.*.toml."""
    folder = resources.files("prompts").joinpath("draft")
    files = sorted(f.name for f in folder.iterdir() if f.name.startswith("codes."))
    return {
        code: told for name in files for code, told in tomllib.loads(folder.joinpath(name).read_text("utf-8")).items()
    }
