"""Shares whose customers may count more than once."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np
import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import wilson
from cjm_notebooks.statistics.partials import Rate


def buckets(*counts: tuple[int, int]) -> Rate:
    """One cell; each bucket is one customer with its hits and trials."""
    return reduce(add, (Rate.of([hits], [trials], trials - 1).sealed() for hits, trials in counts))


def variance_without_each_bucket_in_turn(counts: list[tuple[int, int]]) -> float:
    hits, trials = np.array(counts).T
    shares = (hits.sum() - hits) / (trials.sum() - trials)
    return float((len(hits) - 1) / len(hits) * ((shares - shares.mean()) ** 2).sum())


def variance(rate: Rate) -> float:
    return float(rate.buckets.ratio_variance(rate.hits, rate.trials)[0])


def test_customers_who_count_once_have_the_plain_interval() -> None:
    rate = Rate.of([30, 0], [100, 10])
    assert rate.design_effect.tolist() == [1, 1]
    assert np.array_equal(rate.interval(), wilson([30, 0], [100, 10]))


def test_columns_of_a_report_are_counts_share_and_interval() -> None:
    columns = Rate.of([3, 0], [10, 0]).columns(hits="left", trials="reached")
    assert list(columns) == ["left", "reached", "share", "low", "high"]
    assert columns["share"] == pytest.approx([0.3, np.nan], nan_ok=True)
    assert columns["low"] == pytest.approx([0.1078, np.nan], abs=1e-4, nan_ok=True)


def test_interval_of_a_second_share_carries_its_name() -> None:
    columns = Rate.of([3], [10]).columns(share="conversion")
    assert list(columns)[2:] == ["conversion", "conversion_low", "conversion_high"]


def test_design_effect_of_two_customers_counted_by_hand() -> None:
    """Residuals 3 - 3/8 * 4 and 0 - 3/8 * 4 are 1.5 and -1.5: 2 * 4.5 / 64 over 15/64 / 8."""
    assert buckets((3, 4), (0, 4)).design_effect == pytest.approx([4.8])


def test_buckets_of_one_size_vary_as_leaving_out_each_in_turn_says() -> None:
    counts = [(3, 8), (5, 8), (1, 8), (8, 8), (4, 8)]
    assert variance(buckets(*counts)) == pytest.approx(variance_without_each_bucket_in_turn(counts))


def test_buckets_of_many_sizes_vary_nearly_as_leaving_out_each_in_turn_says() -> None:
    counts = [(3, 8), (5, 9), (1, 6), (8, 10), (4, 7), (2, 8), (6, 9), (3, 6)]
    assert variance(buckets(*counts)) == pytest.approx(
        variance_without_each_bucket_in_turn(counts), rel=0.05
    )


def test_customers_more_alike_than_chance_do_not_count_for_more_than_they_are() -> None:
    assert buckets((2, 4), (2, 4), (2, 4)).design_effect.tolist() == [1]


def test_repeats_without_buckets_have_no_interval() -> None:
    rate = Rate.of([3, 3], [10, 10], repeats=[2, 0])
    low, high = rate.interval()
    assert np.isnan([low[0], high[0]]).all()
    assert [low[1], high[1]] == pytest.approx([0.1078, 0.6032], abs=1e-4)


def test_fifty_visits_of_one_customer_are_one_trial() -> None:
    rate = buckets((25, 50))
    assert rate.design_effect == pytest.approx([50])
    assert np.array_equal(rate.interval(), wilson([25], [50], design_effect=50))


def test_ten_customers_who_never_did_in_ten_visits_each_are_about_ten_trials() -> None:
    rate = buckets(*[(0, 10)] * 10)
    low, high = rate.interval()
    assert low.tolist() == [0]
    assert high == pytest.approx([0.2775], abs=0.035)


def test_one_customer_with_most_of_the_visits_is_nearly_the_only_trial() -> None:
    rate = buckets((0, 1000), *[(0, 1)] * 9)
    assert rate.design_effect == pytest.approx([1009 / (1009**2 / 1_000_009)], rel=0.01)


def test_few_customers_widen_the_interval_by_students_t() -> None:
    rate = buckets((3, 4), (2, 4), (1, 4))
    factor = (4.303 / 1.960) ** 2
    expected = wilson([6], [12], design_effect=rate.design_effect * factor)
    assert np.allclose(rate.interval(), expected, atol=1e-3)


def test_one_customer_with_most_of_the_visits_leaves_hardly_anything_known() -> None:
    (low,), (high,) = buckets((600, 1000), *[(1, 1)] * 9).interval()
    assert high - low > 0.7


def test_hits_are_among_the_trials() -> None:
    with pytest.raises(ParameterError, match="In 1 cells the hits are below 0 or above"):
        Rate.of([3, 11], [10, 10])
