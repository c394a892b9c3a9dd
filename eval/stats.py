"""How sure a figure is: Wilson's interval for shares, a seeded bootstrap for means and quantiles. All at 95 %."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SEED = 20_210_930
ROUNDS = 2_000
_Z = 1.959963984540054  # the normal distribution's 97.5 %
COUNTS = ("right", "wrong", "overlooked")  # true positives, false positives, false negatives of a case
POOLED = ("precision", "recall", "f1")  # made of the counts of all cases together (micro average)
QUANTILES = {"p50": 0.5, "p90": 0.9, "p95": 0.95}


def wilson(good: int, n: int) -> tuple[float, float]:
    """Interval of the share `good`/`n` (Wilson 1927, without continuity correction); (0, 1) for no cases."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = good / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At both ends the formula gives exactly 0 and 1; floating point does not.
    return (0.0 if good == 0 else max(0.0, middle - half)), (1.0 if good == n else min(1.0, middle + half))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lies (nearest rank); 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def bootstrap(values: Sequence[float], how: str) -> tuple[float, float]:
    """Percentile interval of `how` (mean, p50, p90, p95) over resampled `values`; the same values give the same interval."""
    if not values:
        return 0.0, 0.0
    n = len(values)
    drawn = np.random.default_rng(SEED).choice(np.asarray(values, np.float64), size=(ROUNDS, n))
    if how == "mean":
        found = drawn.mean(axis=1)
    else:
        rank = min(n - 1, int(QUANTILES[how] * n))
        found = np.partition(drawn, rank, axis=1)[:, rank]
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def pooled(counts: NDArray[np.float64], how: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Numerator and denominator of `how` (precision, recall, f1) of COUNTS along the last axis."""
    right, wrong, overlooked = np.moveaxis(counts, -1, 0)
    if how == "f1":
        return 2 * right, 2 * right + wrong + overlooked
    return right, right + (wrong if how == "precision" else overlooked)


def bootstrap_pooled(counts: Sequence[Sequence[float]], how: str) -> tuple[float, float]:
    """Percentile interval of `how` over resampled cases, each a row of COUNTS; a draw without anything to count is 1."""
    table = np.asarray(counts, np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(table), size=(ROUNDS, len(table)))
    above, below = pooled(table[drawn].sum(axis=1), how)
    low, high = np.quantile(np.divide(above, below, out=np.ones_like(above), where=below > 0), [0.025, 0.975])
    return float(low), float(high)
