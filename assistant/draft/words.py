"""The sections and sentences of drafts, as data: prompts/draft/{contract,proposal,agreement,draft}.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.drafts import UNKNOWN, DocumentKind, Item


class Template(BaseModel):
    """One section of a kind of document; see the head of prompts/draft/contract.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    heading: str
    basis: str
    demand: str
    item: Item | None = None
    when: str = ""
    fills: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    always: tuple[str, ...] = ()


@cache
def templates(document: DocumentKind) -> tuple[Template, ...]:
    return tuple(Template(**entry) for entry in _toml(document)["sections"])


def title(document: DocumentKind, *, single: bool = False) -> str:
    """The title, or that of a document about a single project where it has one of its own."""
    told = _toml(document)
    found: str = told.get("title_single", told["title"]) if single else told["title"]
    return found


def sentence(group: str, name: str, /, **values: str) -> str:
    """A sentence of draft.toml with its variables filled in."""
    text: str = _toml("draft")[group][name]
    return text.format(**values) if values else text


def terminal(group: str, name: str, /, **values: Any) -> str:
    """A sentence of terminal.toml with its variables filled in."""
    text: str = _toml("terminal")[group][name]
    return text.format(**values)


def group(name: str) -> dict[str, Any]:
    """A table of draft.toml."""
    found: dict[str, Any] = _toml("draft")[name]
    return found


def unknown(key: str) -> str:
    """A gap, named as people name it: 〔要確認：事業の名称〕."""
    return UNKNOWN.format(what=_toml("draft")["unknown"][key])


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("prompts").joinpath("draft", f"{name}.toml").read_text("utf-8"))
