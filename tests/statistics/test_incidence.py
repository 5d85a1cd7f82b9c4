"""Cumulative incidence against tables worked out by hand and against other estimators."""

from __future__ import annotations

import numpy as np
import pytest

from cjm_notebooks.statistics.incidence import aalen_johansen
from cjm_notebooks.statistics.intervals import wilson


def test_without_losses_share_and_variance_are_those_of_plain_counts() -> None:
    found = aalen_johansen(reached=[[1, 2, 0, 3], [2, 0, 1, 1]], lost=[0, 0, 0, 0])
    assert found.cumulative.tolist() == [[0.1, 0.3, 0.3, 0.6], [0.2, 0.2, 0.3, 0.4]]
    binomial = found.cumulative * (1 - found.cumulative) / 10
    assert found.variance == pytest.approx(binomial)


def test_loss_between_two_outcomes_leaves_fewer_at_risk() -> None:
    """S is 1, 5/6, 5/6, 5/9: 5/6 * 2/3 after the loss of two of five."""
    found = aalen_johansen(reached=[[1, 0, 0, 1], [0, 0, 1, 0]], lost=[0, 2, 0, 1])
    assert found.at_risk.tolist() == [6, 5, 3, 2]
    assert found.in_sight.tolist() == [6, 6, 4, 4]
    assert found.cumulative == pytest.approx(
        np.array([[1 / 6, 1 / 6, 1 / 6, 1 / 6 + 5 / 18], [0, 0, 5 / 18, 5 / 18]])
    )


def test_single_outcome_has_the_share_of_kaplan_and_meier_and_the_variance_of_greenwood() -> None:
    """S is 4/5, then 4/5 * 2/3 once one of four is lost."""
    found = aalen_johansen(reached=[[1, 0, 1, 0]], lost=[0, 1, 0, 2])
    assert found.cumulative[0] == pytest.approx([1 / 5, 1 / 5, 7 / 15, 7 / 15])
    greenwood = (8 / 15) ** 2 * (1 / (5 * 4) + 1 / (3 * 2))
    assert found.variance[0, -1] == pytest.approx(greenwood)


def test_variance_of_competing_outcomes_is_the_sum_written_out() -> None:
    """At day 3 of day 1: paid (6 at risk), 2: two lost, 3: cancelled (3 at risk).

    (F3 - F1)^2 d1/(Y1 (Y1 - d1)) is 0 for `paid`, whose share does not grow from day 1 to 3, so
    that only S^2 (Y - d) d / Y^3 of day 1 is left; `cancelled` is at (5/18)^2 / 30 from day 1
    and (5/6)^2 * 2 / 27 from day 3.
    """
    found = aalen_johansen(reached=[[1, 0, 0], [0, 0, 1]], lost=[0, 2, 2])
    assert found.variance[0, 2] == pytest.approx(5 / 216)
    assert found.variance[1, 2] == pytest.approx((5 / 18) ** 2 / 30 + (5 / 6) ** 2 * 2 / 27)


def test_interval_is_symmetric_on_the_scale_of_the_log_of_minus_the_log() -> None:
    found = aalen_johansen(reached=[[30]], lost=[70])
    (low,), (high,) = (end[0] for end in found.interval())
    reach = 1.959964 * np.sqrt(0.3 * 0.7 / 100) / (0.3 * -np.log(0.3))
    middle = np.log(-np.log(0.3))
    assert np.log(-np.log([low, high])) == pytest.approx([middle + reach, middle - reach])


def test_design_effect_of_two_is_half_the_journeys() -> None:
    half = aalen_johansen(reached=[[15]], lost=[35]).interval()
    assert np.ravel(aalen_johansen(reached=[[30]], lost=[70]).interval(2)) == pytest.approx(
        np.ravel(half)
    )


def test_nobody_or_everybody_has_the_interval_of_wilson_among_those_in_sight() -> None:
    found = aalen_johansen(reached=[[0, 4, 1]], lost=[0, 5, 0])
    low, high = found.interval()
    assert found.cumulative[0].tolist() == [0, 0.4, 1]
    assert (low[0, 0], high[0, 0]) == wilson(0, 10)
    assert (low[0, 2], high[0, 2]) == wilson(5, 5)


def test_huge_design_effect_leaves_everything_open() -> None:
    low, high = aalen_johansen(reached=[[30]], lost=[70]).interval(1e9)
    assert (low.item(), high.item()) == (0, 1)


def test_unknown_design_effect_has_no_interval() -> None:
    assert np.isnan(aalen_johansen(reached=[[3]], lost=[7]).interval(np.nan)).all()


def test_nobody_seen_tells_nothing() -> None:
    found = aalen_johansen(reached=[[0, 0]], lost=[0, 0])
    assert np.isnan(found.cumulative).all()
    assert np.isnan(found.interval()).all()
