"""Evaluation cases: JSON Lines, each with its reason. cases/ holds the known ones, cases_*/ our own; any folder can be given."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from assistant.errors import BadInputFile

GROUPS = ("kind", "audience", "lang")  # fields by which the report makes tables, where cases have them


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Case(_Data):
    id: str
    kind: str = ""
    audience: str = ""
    lang: str = ""
    reason: str = Field("", validation_alias=AliasChoices("reason", "why", "note", "where"))

    @property
    def groups(self) -> dict[str, str]:
        """The fields of GROUPS that this case has."""
        return {name: getattr(self, name) for name in GROUPS if getattr(self, name)}


class _Question(_Case):
    question: str


class Fact(_Question):
    """Every group of `must_include` needs one of its strings; `support` must stand in the first passages."""

    must_include: tuple[tuple[str, ...], ...]
    must_not_include: tuple[str, ...] = ()
    support: tuple[str, ...]


class Target(_Data):
    organization: str
    division: str


class Routing(_Question):
    gold: tuple[Target, ...]
    also_ok: tuple[Target, ...] = ()


class Refusal(_Question):
    accept: tuple[str, ...]
    must_not_include: tuple[str, ...] = ()
    must_not_regex: tuple[str, ...] = ()
    answer_must_include: tuple[tuple[str, ...], ...] = ()


class DialogTurn(_Data):
    """`expected` is answer, refuse or clarify; `accept` names several; `gold_support` should stand in the first passages."""

    user: str
    expected: str
    accept: tuple[str, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    answer_must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    must_not_regex: tuple[str, ...] = ()
    gold_support: tuple[str, ...] = ()
    note: str = ""


class Dialog(_Case):
    topic: str = ""
    turns: tuple[DialogTurn, ...] = Field(min_length=1)


KINDS: dict[str, type[_Case]] = {"facts": Fact, "routing": Routing, "refuse": Refusal, "dialogs": Dialog}


def default_folder() -> Path:
    return Path(str(resources.files("eval").joinpath("cases")))


def all_folders() -> list[Path]:
    """Every folder of cases that comes with the project, the known ones first."""
    return sorted(path for path in default_folder().parent.glob("cases*") if path.is_dir())


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


def load_all(folder: Path) -> dict[str, list[Any]]:
    """File → its cases; a folder without any case is an error, because a run over nothing proves nothing."""
    loaded = {name: load(folder, name, kind) for name, kind in KINDS.items()}
    if not any(loaded.values()):
        names = "、".join(f"{name}.jsonl" for name in KINDS)
        raise BadInputFile(
            f"{folder} に評価のケースがありません。{names} のどれかを置いてください。", f"no cases in {folder}"
        )
    return loaded
