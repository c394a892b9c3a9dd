"""Intervals against values known from elsewhere, quantiles by hand."""

from __future__ import annotations

import numpy as np
import pytest

from eval.stats import bootstrap, bootstrap_pooled, pooled, quantile, wilson


@pytest.mark.parametrize(
    ("good", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.27753),  # z² / (n + z²)
        (10, 10, 0.72247, 1.0),
        (81, 263, 0.25528, 0.36621),  # Newcombe 1998, example 1: 0.2553 to 0.3662
        (15, 148, 0.06239, 0.16053),  # example 2: 0.0624 to 0.1605
        (1, 29, 0.00611, 0.17178),  # example 4: 0.0061 to 0.1718
    ],
)
def test_wilson(good: int, n: int, low: float, high: float) -> None:
    assert wilson(good, n) == pytest.approx((low, high), abs=1e-4)


def test_no_cases_say_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert bootstrap([], "p50") == (0.0, 0.0)


def test_quantile_is_the_nearest_rank() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [quantile(values, share) for share in (0.0, 0.5, 0.9, 1.0)] == [1.0, 3.0, 5.0, 5.0]
    assert quantile([], 0.5) == 0.0


@pytest.mark.parametrize("how", ["mean", "p50", "p90", "p95"])
def test_bootstrap_is_repeatable_and_holds_the_figure(how: str) -> None:
    values = [float(v) for v in range(101)]
    low, high = bootstrap(values, how)
    assert (low, high) == bootstrap(values, how)
    middle = 50.0 if how == "mean" else quantile(values, int(how[1:]) / 100)
    assert low < middle <= high
    assert bootstrap([7.0] * 5, how) == (7.0, 7.0)


def test_the_bootstrap_of_a_mean_agrees_with_the_formula() -> None:
    """Mean ± 1.96 s/√n of 0…100: 50 ± 5.69."""
    assert bootstrap([float(v) for v in range(101)], "mean") == pytest.approx((44.3, 55.7), abs=0.6)


@pytest.mark.parametrize(("how", "above", "below"), [("precision", 6, 8), ("recall", 6, 9), ("f1", 12, 17)])
def test_pooled_counts(how: str, above: float, below: float) -> None:
    assert [float(part) for part in pooled(np.array([6.0, 2.0, 3.0]), how)] == [above, below]


def test_the_bootstrap_of_one_count_a_case_agrees_with_the_share() -> None:
    """70 of 100 codes found, one a case: 0.7 ± 1.96 √(0.7 × 0.3 / 100)."""
    rows = [(1.0, 0.0, 0.0)] * 70 + [(0.0, 0.0, 1.0)] * 30
    low, high = bootstrap_pooled(rows, "recall")
    assert (low, high) == pytest.approx((0.61, 0.79), abs=0.02)
    assert bootstrap_pooled(rows, "recall") == (low, high)
    assert bootstrap_pooled(rows, "precision") == (1.0, 1.0)
    f1 = bootstrap_pooled(rows, "f1")
    assert f1[0] < 140 / 170 < f1[1]


def test_cases_that_hang_together_make_a_wider_interval() -> None:
    """Ten cases with ten codes each, all found or all overlooked, say less than a hundred cases with one."""
    alone = bootstrap_pooled([(1.0, 0.0, 0.0)] * 70 + [(0.0, 0.0, 1.0)] * 30, "recall")
    together = bootstrap_pooled([(10.0, 0.0, 0.0)] * 7 + [(0.0, 0.0, 10.0)] * 3, "recall")
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])
