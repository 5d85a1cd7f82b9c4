"""Intervals against published figures and against scipy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import (
    adjusted_wald_nps,
    effective_trials,
    kish,
    mean_interval,
    quantile_ranks,
    rule_of_three,
    wilson,
)


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.278),
        (3, 10, 0.108, 0.603),
        (30, 100, 0.219, 0.396),
        (300, 1000, 0.272, 0.329),
    ],
)
def test_wilson_interval_of_published_shares(
    hits: int, trials: int, low: float, high: float
) -> None:
    assert wilson(hits, trials) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


@pytest.mark.parametrize("hits", [0, 1, 17, 40])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_wilson_interval_is_the_one_of_scipy(hits: int, confidence: float) -> None:
    low, high = stats.binomtest(hits, 40).proportion_ci(confidence, method="wilson")
    assert wilson(hits, 40, confidence=confidence) == (pytest.approx(low), pytest.approx(high))


def test_share_without_any_hit_starts_at_exactly_nothing_and_one_of_all_ends_at_all() -> None:
    low, high = wilson([0, 7], [7, 7])
    assert low[0] == 0
    assert high[1] == 1


def test_design_effect_of_two_halves_the_trials() -> None:
    assert wilson(300, 1000, design_effect=2) == wilson(150, 500)


def test_nothing_tried_or_an_unknown_design_effect_has_no_interval() -> None:
    low, high = wilson([0, 0, 3], [0, 10, 10], design_effect=[1, math.nan, math.nan])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


@pytest.mark.parametrize(("trials", "high"), [(100, 0.03), (30, 0.1), (2, 1.0)])
def test_never_seen_in_n_trials_is_at_most_three_in_n(trials: int, high: float) -> None:
    assert rule_of_three(trials) == (0, high)


def test_never_tried_has_no_rule_of_three() -> None:
    assert np.isnan(rule_of_three(0)).all()


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "low", "high"),
    [
        (50, 30, 20, 14.05, 44.20),
        (5, 3, 2, -19.05, 65.20),
        (200, 100, 100, 16.72, 32.90),
        (10, 0, 0, 47.50, 100),
    ],
)
def test_net_promoter_score_has_its_published_interval(
    promoters: int, passives: int, detractors: int, low: float, high: float
) -> None:
    interval = adjusted_wald_nps(promoters, passives, detractors)
    assert interval == (pytest.approx(low, abs=5e-3), pytest.approx(high, abs=5e-3))


def test_net_promoter_score_of_more_answers_has_the_published_margin_of_error() -> None:
    n = np.array([10, 30, 50, 100, 200, 400, 1000])
    low, high = adjusted_wald_nps(0.5 * n, 0.3 * n, 0.2 * n)
    assert ((high - low) / 2).round(1).tolist() == [42.1, 26.6, 21.0, 15.1, 10.7, 7.6, 4.8]


def test_net_promoter_score_of_alike_answers_counts_half_of_them() -> None:
    assert adjusted_wald_nps(50, 30, 20, design_effect=2) == adjusted_wald_nps(25, 15, 10)


def test_net_promoter_score_without_answers_has_no_interval() -> None:
    assert np.isnan(adjusted_wald_nps(0, 0, 0)).all()


def test_mean_interval_is_the_one_of_scipy() -> None:
    answers = [7, 9, 10, 3, 8, 8]
    low, high = stats.ttest_1samp(answers, 0).confidence_interval(0.9)
    interval = mean_interval(7.5, np.var(answers, ddof=1), 6, confidence=0.9)
    assert interval == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(("variance", "n"), [(0.0, 30), (2.0, 1), (math.nan, 30)])
def test_equal_answers_or_a_single_one_have_no_interval(variance: float, n: int) -> None:
    assert np.isnan(mean_interval(9, variance, n)).all()


@pytest.mark.parametrize(
    ("n", "low", "high"), [(6, 1, 6), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)]
)
def test_median_lies_between_the_tabulated_ranks(n: int, low: int, high: int) -> None:
    assert quantile_ranks(n) == (low, high)


def test_ranks_hold_their_confidence_and_no_narrower_ones_do() -> None:
    low, high = quantile_ranks(100, 0.9)
    below = stats.binom(100, 0.9).cdf
    assert below(low - 1) <= 0.025 < below(low)
    assert below(high - 2) < 0.975 <= below(high - 1)


def test_five_answers_do_not_bound_their_median() -> None:
    assert np.isnan(quantile_ranks(5)).all()


def test_high_quantile_of_few_is_bounded_from_below_only() -> None:
    low, high = quantile_ranks(20, 0.95)
    assert low == 17
    assert np.isnan(high)


def test_two_small_weights_and_a_double_one_know_as_much_as_two_and_two_thirds() -> None:
    assert kish(1 + 1 + 2, 1 + 1 + 4) == pytest.approx(16 / 6)
    assert np.isnan(kish(0, 0))


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ParameterError, match=rf"`confidence` is {confidence}\. Give a number"):
        wilson(3, 10, confidence=confidence)


@pytest.mark.parametrize(("hits", "trials"), [(40, 200), (0, 60), (60, 60), (1, 3), (5000, 9000)])
def test_trials_are_read_back_from_an_interval_of_wilson(hits: int, trials: int) -> None:
    low, high = wilson(hits, trials)
    assert float(effective_trials(hits / trials, low, high)) == pytest.approx(trials)


def test_share_without_an_interval_tells_of_no_trials() -> None:
    assert np.isnan(effective_trials(0.5, np.nan, np.nan))
    assert np.isnan(effective_trials(0.5, 0.5, 0.5))
