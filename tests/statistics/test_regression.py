"""Least squares from sums, beside numpy's from rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.regression import (
    cross_products,
    independent_groups,
    least_squares,
    mean_differences,
)

rows = st.lists(st.tuples(*[st.booleans()] * 4), min_size=1, max_size=12)


def sums(table: Sequence[tuple[bool, ...]]) -> np.ndarray:
    """Rows of columns and then the response."""
    return cross_products(np.array(table, dtype=bool).T)


def test_products_of_the_constant_are_the_number_of_rows_and_the_sums() -> None:
    assert sums([(True, True), (True, False), (False, True)]).tolist() == [
        [3, 2, 2],
        [2, 2, 1],
        [2, 1, 2],
    ]


def test_rows_are_counted_beyond_the_first_word_of_64() -> None:
    columns = np.arange(200) % np.array([[2], [3]]) == 0
    assert cross_products(columns).tolist() == [[200, 100, 67], [100, 100, 34], [67, 34, 67]]


def test_one_column_has_the_difference_of_the_means_as_its_coefficient() -> None:
    table = sums([(True, True), (True, False), (False, False), (False, False)])
    assert least_squares(table) == pytest.approx([0.5])
    assert mean_differences(table) == pytest.approx([0.5])


def test_coefficient_is_what_remains_of_a_difference_within_the_other_column() -> None:
    alike = [(True, True, True)] * 9 + [(True, True, False)] + [(False, True, True)] * 9
    alike += [(False, True, False)] + [(False, False, False)] * 10
    table = sums(alike)
    assert mean_differences(table)[0] == pytest.approx(9 / 10 - 9 / 20)
    assert least_squares(table)[0] == pytest.approx(0)


@given(table=rows)
def test_coefficients_are_those_of_least_squares_on_the_rows(
    table: list[tuple[bool, ...]],
) -> None:
    numbers = np.array(table, dtype=np.float64)
    model = np.column_stack([np.ones(len(numbers)), numbers[:, :-1]])
    fitted = np.linalg.lstsq(model, numbers[:, -1], rcond=None)[0][1:]
    rank = np.linalg.matrix_rank(model)
    told = [np.linalg.matrix_rank(np.delete(model, k, axis=1)) < rank for k in (1, 2, 3)]
    found = least_squares(sums(table))
    assert (~np.isnan(found)).tolist() == told
    assert found[told] == pytest.approx(fitted[told], abs=1e-9)


@given(table=rows)
def test_mean_differences_are_counted_from_the_rows(table: list[tuple[bool, ...]]) -> None:
    for place, found in enumerate(mean_differences(sums(table))):
        with_ = [row[-1] for row in table if row[place]]
        without = [row[-1] for row in table if not row[place]]
        if with_ and without:
            wanted = sum(with_) / len(with_) - sum(without) / len(without)
            assert found == pytest.approx(wanted)
        else:
            assert np.isnan(found)


def test_each_group_of_sums_is_solved_by_itself() -> None:
    one = sums([(True, True), (False, False)])
    other = sums([(True, False), (False, True)])
    nothing = np.zeros_like(one)
    assert least_squares(np.stack([one, other, nothing])) == pytest.approx(
        np.array([[1], [-1], [np.nan]]), nan_ok=True
    )


def test_a_hundred_million_rows_lose_nothing() -> None:
    few = sums(
        [(True, False, True), (False, True, True), (False, False, False), (True, True, True)]
    )
    assert least_squares(few * 25_000_000) == pytest.approx(least_squares(few), rel=1e-12)


def test_column_that_differs_in_one_row_of_a_million_from_another_is_told_apart() -> None:
    both = cross_products(np.array([[1, 1, 1], [0, 0, 0]], dtype=bool).T)
    table = sums([(True, False, True)]) + 500_000 * both
    assert least_squares(table).tolist() == pytest.approx([1.0, 0.0], abs=1e-6)


def test_model_without_columns_has_no_coefficients() -> None:
    assert least_squares(sums([(True,), (False,)])).tolist() == []


def test_groups_of_one_size_are_as_many_as_there_are() -> None:
    assert independent_groups(np.array([[5], [5], [5], [5]])).tolist() == [4]


def test_group_with_most_of_the_rows_leaves_little_of_the_others() -> None:
    found = independent_groups(np.array([[3, 0], [1, 0]]))
    assert found == pytest.approx([16 / 10, np.nan], nan_ok=True)
