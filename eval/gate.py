"""The gate: no figure may fall below the committed baseline (eval/baseline.toml)."""

from __future__ import annotations

import tomllib
from importlib import resources

from eval.run import Report


def baseline() -> dict[str, float]:
    """Measure → lowest share that passes."""
    text = resources.files("eval").joinpath("baseline.toml").read_text("utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["at_least"].items()}


def fallen(report: Report) -> list[str]:
    """What fell below the baseline, one sentence each."""
    return [
        f"{name}: {report.figures[name]:.3f} < {lowest:.3f}"
        for name, lowest in baseline().items()
        if name in report.figures and report.figures[name] < lowest
    ]
