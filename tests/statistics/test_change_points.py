"""Changes of level that were planted, and the best cut found by trying all."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf, isnan, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.change_points import change_p, change_points, overdispersion

TEN_OF_100, THIRTY_OF_100 = [10, 11, 9, 10, 10, 11, 9, 10], [30, 31, 29, 30, 30, 31, 29, 30]


def places(hits: list[int], trials: int = 100) -> list[int]:
    found: list[int] = change_points(hits, [trials] * len(hits)).tolist()
    return found


def test_level_begins_where_the_share_rose() -> None:
    assert places(TEN_OF_100 + THIRTY_OF_100) == [8]


def test_a_rise_and_a_fall_are_two_changes() -> None:
    assert places(TEN_OF_100 + THIRTY_OF_100 + TEN_OF_100) == [8, 16]


def test_share_that_only_wavers_has_one_level() -> None:
    assert places(TEN_OF_100 * 4) == []


def test_one_odd_period_is_no_level() -> None:
    assert places([*TEN_OF_100, 30, *TEN_OF_100]) == []


def test_jump_as_large_as_the_usual_difference_between_periods_is_no_change() -> None:
    restless = [10, 30, 12, 34, 8, 28, 11, 31]
    assert overdispersion(restless, [100] * 8) > 10
    assert places([*restless, *(hits + 10 for hits in restless)]) == []


def test_counts_that_differ_by_chance_alone_are_not_overdispersed() -> None:
    assert overdispersion(TEN_OF_100, [100] * 8) == 1
    assert overdispersion([0, 0, 0], [5, 0, 5]) == 1
    assert overdispersion([], []) == 1


def test_median_difference_of_known_size_gives_the_overdispersion() -> None:
    # Shares 0.2 and 0.8 in turn: 0.6^2 / (0.25 * 2 / 10) = 7.2 each time, over 0.454936.
    assert overdispersion([2, 8, 2, 8], [10] * 4) == pytest.approx(7.2 / 0.454936)


def test_five_periods_are_too_few_for_two_levels() -> None:
    assert places([0, 0, 0, 100, 100]) == []
    assert isnan(change_p([0, 0, 0, 100, 100], [100] * 5))


def test_clear_change_is_rarer_than_chance_and_a_wavering_share_is_not() -> None:
    assert change_p(TEN_OF_100 + THIRTY_OF_100, [100] * 16) <= 0.002
    assert change_p(TEN_OF_100 * 2, [100] * 16) > 0.3


def test_six_periods_have_too_few_orders_to_prove_anything() -> None:
    assert change_p([1, 1, 1, 99, 99, 99], [100] * 6) > 0.08


def test_shares_that_never_vary_have_no_change() -> None:
    assert places([0] * 10) == []
    assert change_p([0] * 10, [100] * 10) == 1


def test_change_is_proved_by_the_same_number_each_time() -> None:
    again = {change_p([5, 9, 4, 12, 11, 14], [50] * 6) for _ in range(3)}
    assert len(again) == 1


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=6, max_size=9).map(
        lambda pairs: [(hits, hits + misses) for hits, misses in pairs]
    )
)
def test_no_other_cut_has_a_smaller_criterion(series: list[tuple[int, int]]) -> None:
    n, spread = len(series), overdispersion(*np.array(series, float).T)

    def criterion(cut: tuple[int, ...]) -> float:
        whole = 3 * log(n) * len(cut)
        for start, stop in pairwise([0, *cut, n]):
            if stop - start < 3:
                return inf
            hits = sum(hit for hit, _ in series[start:stop])
            trials = sum(all_ for _, all_ in series[start:stop])
            for count in (hits, trials - hits):
                whole -= 2 * count * log(count / trials) / spread if count else 0
            whole += log((stop - start) / n)
        return whole

    cuts = [cut for size in range(n) for cut in combinations(range(1, n), size)]
    found = tuple(change_points(*np.array(series).T).tolist())
    assert criterion(found) == pytest.approx(min(map(criterion, cuts)), abs=1e-9)
