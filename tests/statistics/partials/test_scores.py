"""Means of answers, raw, weighted and repeated."""

from __future__ import annotations

import math
from functools import reduce
from operator import add

import numpy as np
import pytest
from scipy import stats

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.partials import Scores

ANSWERS = [7, 9, 10, 3, 8, 8]


def test_mean_and_interval_are_those_of_scipy() -> None:
    scores = Scores.of([1] * 6, ANSWERS, cells=2)
    expected = stats.ttest_1samp(ANSWERS, 0).confidence_interval()
    low, high = scores.interval()
    assert scores.n.tolist() == [0, 6]
    assert scores.mean[1] == 7.5
    assert scores.variance[1] == pytest.approx(np.var(ANSWERS, ddof=1))
    assert (low[1], high[1]) == pytest.approx(tuple(expected))
    assert np.isnan([scores.mean[0], low[0], high[0]]).all()


def test_equal_answers_have_a_mean_and_no_interval() -> None:
    scores = Scores.of([0] * 3, [0.7] * 3, cells=1)
    assert scores.mean == pytest.approx([0.7])
    assert np.isnan(scores.interval()).all()


def test_weighted_mean_counted_by_hand() -> None:
    """Weights 1, 1, 2 on 4, 6, 9: 28 / 4 = 7; 16 / 6 effective answers; squares 9, 1, 2 * 4."""
    scores = Scores.of([0] * 3, [4, 6, 9], cells=1, weight=[1, 1, 2])
    n = 16 / 6
    variance = (9 + 1 + 8) / 4 * n / (n - 1)
    reach = stats.t.ppf(0.975, n - 1) * np.sqrt(variance / n)
    assert scores.weighted_mean.tolist() == [7]
    assert scores.mean == pytest.approx([19 / 3])
    assert scores.effective_n == pytest.approx([n])
    low, high = scores.weighted_interval()
    assert (low[0], high[0]) == (pytest.approx(7 - reach), pytest.approx(7 + reach))


def test_weights_of_one_change_nothing() -> None:
    scores = Scores.of([0] * 6, ANSWERS, cells=1, weight=[2.5] * 6)
    assert np.allclose(scores.weighted_interval(), scores.interval())


def test_four_customers_who_answer_twice_alike_are_four_answers() -> None:
    once = Scores.of([0] * 4, [2, 4, 7, 9], cells=1)
    pairs = (Scores.of([0, 0], [score, score], cells=1, repeats=1) for score in [2, 4, 7, 9])
    twice = reduce(add, (pair.sealed() for pair in pairs))
    assert twice.mean == once.mean
    (low,), (high,) = twice.interval()
    reach = stats.t.ppf(0.975, 3) * np.sqrt(np.var([2, 4, 7, 9], ddof=1) / 4)
    assert (low, high) == (pytest.approx(5.5 - reach), pytest.approx(5.5 + reach))


def test_repeated_answers_without_buckets_have_no_interval() -> None:
    scores = Scores.of([0] * 6, ANSWERS, cells=1, repeats=2)
    assert np.isnan(scores.interval()).all()
    assert np.isnan(scores.weighted_interval()).all()


@pytest.mark.parametrize("score", [math.nan, 1001, -math.inf])
def test_missing_or_outlandish_scores_are_refused(score: float) -> None:
    with pytest.raises(ParameterError, match="1 scores are missing or beyond 1000"):
        Scores.of([0, 0], [7, score], cells=1)


@pytest.mark.parametrize("weight", [0, -1, math.nan])
def test_weights_are_above_nothing(weight: float) -> None:
    with pytest.raises(ParameterError, match="Some weights are missing or not above 0"):
        Scores.of([0, 0], [7, 8], cells=1, weight=[1, weight])


@pytest.mark.parametrize("cell", [-1, 2])
def test_answer_belongs_to_one_of_the_cells(cell: int) -> None:
    with pytest.raises(ParameterError, match="1 observations lie outside the 2 cells"):
        Scores.of([0, cell], [7, 8], cells=2)
