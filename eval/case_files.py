"""Evaluation cases: JSON Lines, each with its reason. cases/ holds the known ones, cases_*/ our own; any folder can be given."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.errors import BadInputFile


class _Case(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str


class Fact(_Case):
    """Every group of `must_include` needs one of its strings; `support` must stand in the first passages."""

    must_include: tuple[tuple[str, ...], ...]
    must_not_include: tuple[str, ...] = ()
    support: tuple[str, ...]


class Target(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    organization: str
    division: str


class Routing(_Case):
    gold: tuple[Target, ...]
    also_ok: tuple[Target, ...] = ()


class Refusal(_Case):
    accept: tuple[str, ...]
    must_not_include: tuple[str, ...] = ()
    must_not_regex: tuple[str, ...] = ()
    answer_must_include: tuple[tuple[str, ...], ...] = ()


def default_folder() -> Path:
    return Path(str(resources.files("eval").joinpath("cases")))


def load(folder: Path, name: str, kind: type[Any]) -> list[Any]:
    """The cases of one file; a missing file is no cases, a bad line is an error with its place."""
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        return []
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            cases.append(kind.model_validate(json.loads(line)))
        except ValueError as error:
            raise BadInputFile(
                f"{path.name} {number}行目を読めません。{error}", f"{path.name}:{number}: {error}"
            ) from error
    return cases
