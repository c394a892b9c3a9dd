"""Adding many files in one go: what each became, or why not. One that cannot be read never stops the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.errors import BadInputFile
from assistant.records import Source
from ingest.add import Added, Details, add_file
from ingest.gather import Item
from ingest.home import Home

State = Literal["added", "same", "changed", "unreadable"]


@dataclass(frozen=True)
class Outcome:
    """`same`: a source with this content is there (`source`). `changed`: one of this name with another content is there, and
    stays until somebody says which is meant. `unreadable`: `problem` says why and what to do."""

    item: Item
    state: State
    source: Source | None = None
    added: Added | None = None
    problem: BadInputFile | None = None


def add_all(home: Home, items: Iterable[Item], details: Details, told: Callable[[Outcome], None]) -> list[Outcome]:
    """Add the files in their order; `told` hears of each as soon as it is done."""
    before = {s.original: s for s in home.load().added if s.original}
    digests = _digests(home)
    outcomes = []
    for item in items:
        outcome = _add(home, item, details, before, digests)
        if outcome.state == "added" and outcome.source is not None:
            digests[_digest(item.path)] = outcome.source
        outcomes.append(outcome)
        told(outcome)
    return outcomes


def _add(home: Home, item: Item, details: Details, before: dict[str, Source], digests: dict[str, Source]) -> Outcome:
    if item.problem is not None:
        return Outcome(item, "unreadable", problem=item.problem)
    try:
        if not details.id:
            known = digests.get(_digest(item.path)) if item.path.is_file() else None
            if known is not None:
                return Outcome(item, "same", known)
            if item.name in before:
                return Outcome(item, "changed", before[item.name])
        added = add_file(home, item.path, replace(details, original=item.name))
    except BadInputFile as error:
        return Outcome(item, "unreadable", problem=error)
    return Outcome(item, "added", added.source, added)


def _digests(home: Home) -> dict[str, Source]:
    """The sources, in all their versions, by the digest of their files. A missing file is told when the index is brought up to date."""
    present = [(home.file_of(s), s) for s in home.kept()]
    return {_digest(path): source for path, source in present if path.is_file()}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise BadInputFile(f"{path.name}: 読む権限がありません。", f"{path.name}: no permission to read it") from error
