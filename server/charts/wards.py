"""The wards on their schematic map, from wards.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.frozen import Frozen


class Ward(Frozen):
    """Row and column count from 1, north and west first."""

    name: str
    en: str
    row: int
    column: int


@cache
def wards() -> tuple[Ward, ...]:
    data = tomllib.loads(resources.files("server.charts").joinpath("wards.toml").read_text("utf-8"))
    return tuple(Ward.model_validate(entry) for entry in data["ward"])
