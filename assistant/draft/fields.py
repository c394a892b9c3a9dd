"""The fields of a form: their names, why each is asked, an example (prompts/draft/fields.toml), and `--set KEY=TEXT`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import get_args

from pydantic import BaseModel, ConfigDict

from assistant.draft.words import terminal
from assistant.drafts import Form
from assistant.errors import WrongUse
from assistant.text import fold, sanitize

FORMS: tuple[Form, ...] = get_args(Form)
_EQUALS = re.compile("[=＝]")


class Field(BaseModel):
    """One field; see the head of prompts/draft/fields.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    why: str
    example: str
    many: bool = False


@cache
def fields() -> dict[str, Field]:
    """Key → field, in the order in which a person fills them."""
    text = resources.files("prompts").joinpath("draft", "fields.toml").read_text("utf-8")
    return {key: Field(**told) for key, told in tomllib.loads(text).items()}


def known_fields() -> str:
    """All fields in words: 事業の名称（name）、…"""
    return "、".join(terminal("error", "known", name=field.name, key=key) for key, field in fields().items())


def key_of(word: str, *, whole: bool = False) -> str | None:
    """The key that `word` means: a key or a field's Japanese name, or unless `whole` a part of one name (費用, 目的)."""
    wanted = fold(word.strip())
    names = {key: fold(field.name) for key, field in fields().items()}
    exact = [key for key, name in names.items() if wanted in (key, name)]
    found = exact or [key for key, name in names.items() if not whole and len(wanted) > 1 and wanted in name]
    return found[0] if len(found) == 1 else None


def form_of(text: str) -> Form | None:
    """The one form that `text` names (委託, 委託型, 委託型でお願いします); None if it names none or several."""
    named = [form for form in FORMS if form.removesuffix("型") in fold(text)]
    return named[0] if len(named) == 1 else None


def answers(settings: Iterable[str]) -> dict[str, str]:
    """`KEY=TEXT` … as key → text. Raises WrongUse for what is no field, with the list of fields."""
    found = {}
    for given in settings:
        word, *text = _EQUALS.split(given, maxsplit=1)
        key = key_of(word)
        if not text:
            raise WrongUse(terminal("error", "set_form", given=given), terminal("error", "set_form_en", given=given))
        if key is None:
            raise WrongUse(
                terminal("error", "unknown_key", key=word.strip(), known=known_fields()),
                terminal("error", "unknown_key_en", key=word.strip(), known=", ".join(fields())),
            )
        found[key] = sanitize(text[0]).strip()
    check_form(found.get("form", ""))
    return found


def check_form(text: str) -> Form | None:
    """The form that `text` names, None for an empty text. Raises WrongUse if it names none."""
    form = form_of(text)
    if text.strip() and form is None:
        known = "、".join(FORMS)
        raise WrongUse(
            terminal("error", "unknown_form", form=text.strip(), known=known),
            terminal("error", "unknown_form_en", form=text.strip(), known=", ".join(FORMS)),
        )
    return form


def filled(told: Mapping[str, str]) -> dict[str, str]:
    """The fields that hold something, clean; an unknown key and a form that is none are left out."""
    clean = {key: sanitize(text).strip() for key, text in told.items()}
    clean["form"] = form_of(clean.get("form", "")) or ""
    return {key: text for key, text in clean.items() if text and key in fields()}
