"""The measures and their limits as data: measures.toml (what each is), goals.toml (wanted), baseline.toml (held by the gate)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from eval.stats import COUNTS, POOLED


class Measure(BaseModel):
    """One entry of measures.toml; `of` names the score of a case, `how` makes one figure of many scores."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    meaning: str
    group: str
    of: str
    how: Literal["share", "mean", "p50", "p90", "p95", "precision", "recall", "f1"]
    unit: Literal["share", "number", "characters", "ms"]
    better: Literal["high", "low"]
    miss: bool
    peers: bool

    @property
    def scores(self) -> tuple[str, ...]:
        """The scores of a case that it needs: one, or the three counts of a verdict (eval/metrics/verdict.py)."""
        return tuple(f"{self.of}_{part}" for part in COUNTS) if self.how in POOLED else (self.of,)

    def failed(self, scores: dict[str, float]) -> bool:
        """Do the scores of a case fall short of this measure? Of a precision by what is wrong, of a recall by what was
        overlooked, of an F1 by both."""
        if self.how in POOLED:
            faults = {"precision": COUNTS[1:2], "recall": COUNTS[2:], "f1": COUNTS[1:]}[self.how]
            return any(scores.get(f"{self.of}_{part}") for part in faults)
        return scores.get(self.of) == (0.0 if self.better == "high" else 1.0)

    def show(self, value: float) -> str:
        """A value as people read it: 93.1%, 0.812, 214字, 38ms."""
        if self.unit == "share":
            return f"{value:.1%}"
        return f"{value:.3f}" if self.unit == "number" else f"{value:,.0f}{'字' if self.unit == 'characters' else 'ms'}"


@dataclass(frozen=True)
class Limits:
    """Lowest and highest values that pass, by measure."""

    at_least: dict[str, float]
    at_most: dict[str, float]

    def met(self, name: str, value: float) -> bool | None:
        """Does `value` pass? None where nothing is set."""
        if name in self.at_least:
            return value >= self.at_least[name]
        return value <= self.at_most[name] if name in self.at_most else None

    def of(self, name: str) -> float | None:
        return self.at_least.get(name, self.at_most.get(name))

    def __len__(self) -> int:
        return len(self.at_least) + len(self.at_most)


@lru_cache(maxsize=1)
def measures() -> dict[str, Measure]:
    """All measures by name, in the order in which they are shown."""
    return {name: Measure(name=name, **entry) for name, entry in _toml("measures").items()}


def goals() -> Limits:
    return _limits("goals")


def baseline() -> Limits:
    return _limits("baseline")


def _limits(name: str) -> Limits:
    data = _toml(name)
    both = ({m: float(v) for m, v in data.get(key, {}).items()} for key in ("at_least", "at_most"))
    return Limits(*both)


def _toml(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("eval").joinpath(f"{name}.toml").read_text("utf-8"))
