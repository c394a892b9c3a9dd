"""The gate: no figure may fall below, or rise above, the committed baseline (eval/baseline.toml)."""

from __future__ import annotations

from eval.measures import Limits, baseline
from eval.results import Report


def broken(report: Report, limits: Limits | None = None) -> list[str]:
    """What does not hold, one sentence each; a measure without cases in the run holds."""
    held = limits or baseline()
    return [
        f"{name}: {report.figures[name].value:g} {'<' if name in held.at_least else '>'} {held.of(name):g}"
        for name in (*held.at_least, *held.at_most)
        if name in report.figures and held.met(name, report.figures[name].value) is False
    ]
