"""What the checks of figures, dates and names share: their word patterns (toml) and findings with their sentences."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from assistant.drafts import Code, Finding

_LONGEST = 400  # characters of a quotation


@cache
def patterns(topic: str) -> dict[str, re.Pattern[str]]:
    """Name → pattern of <topic>.toml beside this file."""
    told = tomllib.loads(resources.files("assistant.clauses.checks").joinpath(f"{topic}.toml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in told.items()}


def finding(code: Code, text: str, span: tuple[int, int], **values: object) -> Finding:
    """What is said of `code` with text[span] as quotation; `values` fill the message. KeyError names a missing one."""
    told = _codes()[code]
    start, end = span
    return Finding(
        code=code,
        message=told["message"].format(**values),
        basis=told["basis"],
        quote=text[start : min(end, start + _LONGEST)].rstrip(),
        severity=told["severity"],
        start=start,
        wording=told["wording"],
    )


@cache
def _codes() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("prompts").joinpath("draft/codes.facts.toml").read_text("utf-8"))


def yen(amount: int) -> str:
    """1234000 → 1,234,000円."""
    return f"{amount:,}円"


def form_told(form: str) -> str:
    """What the report says of a form, in a line."""
    return _codes()["forms"][form]
