"""Quantiles out of fixed bins."""

from __future__ import annotations

import math
from functools import reduce
from operator import add

import numpy as np
import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.partials import Durations

HOUR = 3600
DAY = 24 * HOUR


def test_quantile_is_off_by_at_most_eleven_in_two_thousand() -> None:
    seconds = np.geomspace(1, 100 * 365.25 * DAY, 300)
    cells = np.arange(300)
    median = Durations.of(cells, seconds, cells=300).quantile(0.5)
    error = np.abs(median / seconds - 1)
    assert error.max() <= 0.0055
    assert error.max() > 0.005


def test_half_a_second_counts_as_none_and_a_thousand_years_as_a_hundred() -> None:
    durations = Durations.of([0, 1], [0.5, 1000 * 365.25 * DAY], cells=2)
    none, longest = durations.quantile()
    assert none == 0
    assert longest == pytest.approx(100 * 365.25 * DAY, rel=0.0055)


def test_quantile_is_the_smallest_duration_that_enough_do_not_exceed() -> None:
    durations = Durations.of([0] * 4, [HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR], cells=2)
    for share, hours in [(0.25, 1), (0.5, 2), (0.51, 3), (0.9, 4)]:
        assert durations.quantile(share)[0] == pytest.approx(hours * HOUR, rel=0.0055)
    assert np.isnan(durations.quantile()[1])


def test_mean_is_exact_where_quantiles_are_not() -> None:
    durations = Durations.of([0, 0, 0], [86_400, 1, 0.25], cells=1)
    assert durations.total_seconds.tolist() == [86_401.25]
    assert durations.mean_seconds == pytest.approx([86_401.25 / 3])


def test_median_of_ten_lies_between_the_second_and_the_ninth() -> None:
    durations = Durations.of([0] * 10, np.arange(1, 11) * DAY, cells=1)
    low, high = durations.quantile_interval()
    assert low == pytest.approx([2 * DAY], rel=0.0055)
    assert high == pytest.approx([9 * DAY], rel=0.0055)


def test_median_of_five_has_no_interval() -> None:
    durations = Durations.of([0] * 5, np.arange(1, 6) * DAY, cells=1)
    assert np.isnan(durations.quantile_interval()).all()


def test_ten_customers_who_wait_twice_alike_are_ten_waits() -> None:
    parts = [Durations.of([0, 0], [day * DAY] * 2, 1, repeats=1) for day in range(1, 11)]
    unsealed = reduce(add, parts)
    assert np.isnan(unsealed.quantile_interval()).all()
    low, high = reduce(add, (part.sealed() for part in parts)).quantile_interval()
    assert low == pytest.approx([2 * DAY], rel=0.0055)
    assert high == pytest.approx([9 * DAY], rel=0.0055)


@pytest.mark.parametrize("seconds", [-1, math.nan])
def test_time_that_is_missing_or_runs_backwards_is_refused(seconds: float) -> None:
    with pytest.raises(ParameterError, match="1 durations are missing or below 0"):
        Durations.of([0, 0], [5, seconds], cells=1)


@pytest.mark.parametrize("share", [0, 1, 50])
def test_quantile_is_asked_for_as_a_share(share: float) -> None:
    with pytest.raises(ParameterError, match=rf"The share of a quantile is {share}\. Give"):
        Durations.of([0], [5], cells=1).quantile(share)
