"""Evaluation cases: JSON Lines, each with its reason. cases/ holds the known ones, cases_*/ our own; any folder can be given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from assistant.drafts import Code, DocumentKind, Form, Item
from assistant.errors import BadInputFile, WrongUse

GROUPS = (
    "kind",
    "audience",
    "lang",
    "document",
    "form",
)  # fields by which the report makes tables, where cases have them


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Case(_Data):
    id: str
    kind: str = ""
    audience: str = ""
    lang: str = ""
    reason: str = Field("", validation_alias=AliasChoices("reason", "why", "note", "where", "trap"))

    @property
    def groups(self) -> dict[str, str]:
        """The fields of GROUPS that this case has."""
        return {name: getattr(self, name) for name in GROUPS if getattr(self, name, None)}


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


class DraftCase(_Case):
    """A brief and what its draft must and must not hold. `must_not_flag_problem` has codes and descriptions; an item or
    code that is in no list counts neither way."""

    document: DocumentKind
    form: Form | None = None
    brief: str
    must_contain: tuple[str, ...]
    alternatives: dict[str, tuple[str, ...]] = {}
    may_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    must_flag_missing: tuple[Item, ...]
    must_not_flag_missing: tuple[Item, ...] = ()
    problem_codes: tuple[Code, ...]
    may_flag_problem: tuple[Code, ...] = ()
    must_not_flag_problem: tuple[str, ...] = ()
    may_decline: bool = False
    must_note_regulation: bool = False
    no_new_amounts_or_dates: bool = True

    @property
    def must_not_flag_codes(self) -> frozenset[str]:
        return frozenset(self.must_not_flag_problem) & frozenset(Code)


class ReviewCase(_Case):
    """Somebody's document; `evidence` is the verbatim place of each present item."""

    document: DocumentKind
    form: Form | None = None
    document_text: str
    missing_items: tuple[Item, ...]
    undeterminable_items: tuple[Item, ...] = ()
    evidence: dict[Item, str]
    finding_codes: tuple[Code, ...]
    may_find_codes: tuple[Code, ...] = ()
    must_not_find_codes: tuple[Code, ...] = ()


KINDS: dict[str, type[_Case]] = {
    "facts": Fact,
    "routing": Routing,
    "refuse": Refusal,
    "dialogs": Dialog,
    "drafts": DraftCase,
    "reviews": ReviewCase,
}


def chosen(only: str) -> tuple[str, ...]:
    """The files named in `only` (「drafts,reviews」), all for nothing; raises WrongUse for a name that no file has."""
    names = tuple(name.strip() for name in only.split(",") if name.strip())
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        known = "、".join(KINDS)
        raise WrongUse(
            f"ケースの種類「{'、'.join(unknown)}」はありません。使えるもの：{known}",
            f"unknown kind of cases {unknown}; known: {known}",
        )
    return names or tuple(KINDS)


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
        raise _no_cases(folder, KINDS)
    return loaded


def load_folders(folders: Sequence[Path], files: Sequence[str]) -> dict[Path, dict[str, list[Any]]]:
    """Folder → file → cases of the chosen `files`; a folder may lack them, but not all folders."""
    loaded = {folder: {name: cases for name, cases in load_all(folder).items() if name in files} for folder in folders}
    if not any(cases for kinds in loaded.values() for cases in kinds.values()):
        raise _no_cases("、".join(map(str, folders)), files)
    return loaded


def _no_cases(place: object, files: Iterable[str]) -> BadInputFile:
    names = "、".join(f"{name}.jsonl" for name in files)
    return BadInputFile(
        f"{place} に評価のケースがありません。{names} のどれかを置いてください。", f"no cases in {place}"
    )
