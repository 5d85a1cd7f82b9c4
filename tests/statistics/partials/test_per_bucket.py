"""Sums per bucket: adding them, and the intervals that come from leaving each bucket out."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import wilson
from cjm_notebooks.statistics.partials.per_bucket import MOST_PARTS, PerBucket

T_OF_3_DEGREES, T_OF_9_DEGREES, Z = 3.182446, 2.262157, 1.959964
seen = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=6)


def per_bucket(*rows: tuple[int, int]) -> PerBucket:
    """Each row is a bucket and a sum; a second sum is 1 throughout."""
    return PerBucket.of(
        [bucket for bucket, _ in rows], np.reshape([(n, 1) for _, n in rows], (-1, 2))
    )


def sums(partial: PerBucket) -> dict[int, list[int]]:
    return dict(zip(partial.bucket.tolist(), partial.sums.tolist(), strict=True))


def mean(sums: np.ndarray) -> np.ndarray:
    return np.asarray(sums[:, :1] / sums[:, 1:])


def test_sums_of_one_bucket_are_added_wherever_they_stand() -> None:
    assert sums(per_bucket((7, 2), (3, 5), (7, 1))) == {3: [5, 1], 7: [3, 2]}
    assert sums(per_bucket((7, 2), (3, 5)) + per_bucket((7, 1))) == {3: [5, 1], 7: [3, 2]}


@given(a=seen, b=seen, c=seen)
def test_any_grouping_gives_the_same_sums(
    a: list[tuple[int, int]], b: list[tuple[int, int]], c: list[tuple[int, int]]
) -> None:
    whole = sums(per_bucket(*a, *b, *c))
    assert sums((per_bucket(*a) + per_bucket(*b)) + per_bucket(*c)) == whole
    assert sums(per_bucket(*c) + (per_bucket(*b) + per_bucket(*a))) == whole


def test_many_parts_take_no_more_room_than_the_buckets() -> None:
    added = per_bucket()
    for part in range(1000):
        added += per_bucket((part % 10, 1))
    assert sums(added) == {bucket: [100, 100] for bucket in range(10)}
    assert len(added.parts) <= MOST_PARTS


def test_partial_survives_the_wire() -> None:
    both = per_bucket((7, 2)) + per_bucket((3, 5))
    assert sums(pickle.loads(pickle.dumps(both))) == sums(both)


def test_nobody_has_sums_of_nothing() -> None:
    assert per_bucket().total.tolist() == [0, 0]
    assert sums(per_bucket() + per_bucket((7, 2)) + per_bucket()) == {7: [2, 1]}


def test_sums_of_two_maps_do_not_add() -> None:
    with pytest.raises(ParameterError, match=r"Sums of the shape \(2,\) and \(3,\) do not add"):
        per_bucket((7, 2)) + PerBucket.of([7], [[1, 2, 3]])


def test_what_is_left_out_is_one_bucket_at_a_time() -> None:
    assert per_bucket((3, 5), (7, 2)).left_out.tolist() == [[2, 1], [5, 1]]


def test_error_of_a_mean_is_the_deviation_by_the_root_of_n() -> None:
    """1, 2, 3 and 4 deviate by 1.291 from 2.5, as a sample, and their mean by half of that."""
    whole, error = per_bucket((1, 1), (2, 2), (5, 3), (9, 4)).error(mean)
    assert whole.tolist() == [2.5]
    assert error == pytest.approx([1.2909944 / 2])


def test_interval_is_students_with_the_buckets_as_units() -> None:
    _, (low, high) = per_bucket((1, 1), (2, 2), (5, 3), (9, 4)).interval(mean)
    reach = T_OF_3_DEGREES * 1.2909944 / 2
    assert (low, high) == (pytest.approx([2.5 - reach]), pytest.approx([2.5 + reach]))


def test_further_variance_adds_to_that_of_the_buckets() -> None:
    four = per_bucket((1, 1), (2, 2), (5, 3), (9, 4))
    _, (low, _) = four.interval(mean, more_variance=1)
    assert low == pytest.approx([2.5 - T_OF_3_DEGREES * (1.2909944**2 / 4 + 1) ** 0.5])


def test_one_bucket_and_equal_buckets_bound_nothing() -> None:
    for known in (per_bucket((1, 1)), per_bucket((1, 2), (2, 2), (3, 2))):
        _, (low, high) = known.interval(mean)
        assert np.isnan([low, high]).all()


def test_bucket_that_has_all_there_is_leaves_no_estimate_without_it() -> None:
    alone = PerBucket.of([1, 2], [[3, 2], [0, 0]])
    with np.errstate(invalid="ignore"):
        _, (low, high) = alone.share_interval(mean, [1, 0])
    assert np.isnan([low, high]).all()


def test_share_of_independent_customers_has_wilsons_interval() -> None:
    """4 of 10 vary by .24/9 without each in turn, as 9 do; 9 degrees of freedom widen that."""
    ten = per_bucket(*[(bucket, int(bucket < 4)) for bucket in range(10)])
    share, (low, high) = ten.share_interval(mean, np.ones(10))
    n = 9 * (Z / T_OF_9_DEGREES) ** 2
    assert share.tolist() == [0.4]
    assert (low, high) == tuple(pytest.approx(end) for end in wilson([0.4 * n], [n]))


@pytest.mark.parametrize(("each", "share"), [(0, 0.0), (1, 1.0)])
def test_share_without_any_variation_is_as_sure_as_there_are_customers(
    each: int, share: float
) -> None:
    ten = per_bucket(*[(bucket, each) for bucket in range(10)])
    found, (low, high) = ten.share_interval(mean, np.full(10, 3))
    assert found.tolist() == [share]
    assert (low, high) == wilson([share * 30], [30])


def test_share_of_one_bucket_has_no_interval() -> None:
    _, (low, high) = per_bucket((1, 1)).share_interval(mean, [5])
    assert np.isnan([low, high]).all()


def test_sums_side_by_side_belong_to_the_same_bucket() -> None:
    left, right = per_bucket((3, 5), (7, 2)), PerBucket.of([1, 7], [[[8], [9]], [[6], [4]]])
    both = left.beside(right)
    assert sums(both) == {1: [0, 0, 8, 9], 3: [5, 1, 0, 0], 7: [2, 1, 6, 4]}
