"""What a table of few people may still tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.privacy import Published
from cjm_notebooks.privacy.small_groups import Suppressed, suppress

DROP_OFF = Published(
    counts=("reached", "left", "open"),
    estimates={"share": ("left", "reached")},
    column_totals=False,
)
PER_CITY = Published(counts=("customers",))
SPLIT = Published(
    counts=("reached", "left", "stayed"),
    sums=(("reached", ("left", "stayed")),),
    within=("stage",),
)


def shown(result: Suppressed, column: str) -> list[float | None]:
    return [None if pd.isna(value) else value for value in result.table[column]]


def test_a_group_of_four_is_hidden_and_one_of_five_and_one_of_none_are_shown() -> None:
    table = pd.DataFrame({"reached": [50, 40, 30], "left": [4, 5, 0], "open": [9, 9, 9]})
    table["share"] = table["left"] / table["reached"]
    result = suppress(table, DROP_OFF, k_min=5)
    assert shown(result, "left") == [None, 5, 0]
    assert shown(result, "share") == [None, 0.125, 0.0]
    assert shown(result, "reached") == [50, 40, 30]
    assert result.hidden["left"].tolist() == [True, False, False]
    assert result.hidden_cells == 2


def test_four_who_stayed_are_hidden_through_those_who_left() -> None:
    table = pd.DataFrame({"reached": [50], "left": [46], "open": [0], "share": [0.92]})
    result = suppress(table, DROP_OFF, k_min=5)
    assert shown(result, "left") == [None]
    assert shown(result, "share") == [None]
    assert shown(result, "reached") == [50]


def test_small_group_is_not_the_total_less_all_others() -> None:
    table = pd.DataFrame({"customers": [60, 3, 20, 0, 40]})
    result = suppress(table, PER_CITY, k_min=5)
    assert shown(result, "customers") == [60, None, None, 0, 40]


def test_two_groups_of_one_do_not_follow_from_their_sum_of_two() -> None:
    table = pd.DataFrame({"customers": [60, 1, 20, 1, 40]})
    result = suppress(table, PER_CITY, k_min=5)
    assert shown(result, "customers") == [60, None, None, None, 40]


def test_only_the_group_counts_where_no_total_is_known() -> None:
    table = pd.DataFrame({"customers": [60, 3, 20]})
    result = suppress(table, Published(("customers",), column_totals=False), k_min=5)
    assert shown(result, "customers") == [60, None, 20]


def test_total_that_is_a_small_group_itself_needs_no_companion() -> None:
    table = pd.DataFrame({"customers": [0, 3, 0]})
    assert shown(suppress(table, PER_CITY, k_min=5), "customers") == [0, None, 0]


def test_small_part_of_a_row_is_not_the_total_less_the_other_parts() -> None:
    rule = Published(
        ("all", "web", "shop", "phone"),
        sums=(("all", ("web", "shop", "phone")),),
        column_totals=False,
    )
    table = pd.DataFrame({"all": [100], "web": [70], "shop": [2], "phone": [28]})
    row = suppress(table, rule, k_min=5).table.iloc[0]
    assert row.isna().tolist() == [False, False, True, True]


def test_split_report_does_not_tell_what_the_report_without_split_completes() -> None:
    table = pd.DataFrame(
        {
            "stage": ["cart", "cart", "cart", "pay", "pay", "pay"],
            "device": ["phone", "tablet", "desktop"] * 2,
            "customers": [80, 3, 90, 70, 60, 50],
        }
    )
    loose = suppress(table, Published(("customers",)), k_min=5)
    assert shown(loose, "customers") == [80, None, 90, 70, 60, None]
    tight = suppress(table, Published(("customers",), within=("stage",)), k_min=5)
    assert shown(tight, "customers") == [None, None, 90, 70, 60, 50]


def test_missing_count_stays_missing_and_is_not_called_hidden() -> None:
    table = pd.DataFrame({"customers": pd.array([60, None, 20], dtype="Int64")})
    result = suppress(table, PER_CITY, k_min=5)
    assert shown(result, "customers") == [60, None, 20]
    assert result.hidden_cells == 0


def test_table_without_rows_comes_back() -> None:
    result = suppress(pd.DataFrame({"customers": []}), PER_CITY, k_min=5)
    assert len(result.table) == 0


def test_table_that_counts_no_people_comes_back() -> None:
    table = pd.DataFrame({"days": [3, 4]})
    assert suppress(table, Published(()), k_min=5).table.equals(table)


def test_table_given_in_is_not_changed() -> None:
    table = pd.DataFrame({"customers": [60, 3, 20]})
    suppress(table, PER_CITY, k_min=5)
    assert table["customers"].tolist() == [60, 3, 20]


def test_large_table_is_protected_down_and_across() -> None:
    stages = np.arange(300)
    left = stages * 7 % 40
    table = pd.DataFrame({"stage": stages // 6, "left": left, "stayed": stages * 11 % 60})
    table["reached"] = table["left"] + table["stayed"]
    hidden = suppress(table, SPLIT, k_min=5).hidden[["reached", "left", "stayed"]]
    alone = hidden.sum(axis=1) == 1
    assert not alone.any()


@pytest.mark.parametrize("count", [2.5, -1.0])
def test_count_of_people_that_is_no_whole_number_is_refused(count: float) -> None:
    with pytest.raises(ParameterError, match=r"`customers` holds .*\. A count of people is a"):
        suppress(pd.DataFrame({"customers": [count]}), PER_CITY, k_min=5)


def test_smallest_group_to_show_has_one_member() -> None:
    with pytest.raises(ParameterError, match=r"`k_min` is 0\. Give the size of the smallest"):
        suppress(pd.DataFrame({"customers": [7]}), PER_CITY, k_min=0)


def test_missing_column_is_named_with_its_neighbour() -> None:
    with pytest.raises(ParameterError, match=r"no column `customers`.* Did you mean `customer`\?"):
        suppress(pd.DataFrame({"customer": [7]}), PER_CITY, k_min=5)


def test_estimate_rests_on_declared_counts_only() -> None:
    with pytest.raises(ParameterError, match=r"`lefts` is used as a count and is not among"):
        Published(("reached", "left"), {"share": ("lefts", "reached")})


counts = st.integers(0, 9)
rows = st.lists(st.tuples(st.sampled_from("ab"), counts, counts), min_size=2, max_size=4)
rules = st.builds(
    Published,
    counts=st.just(("reached", "left", "stayed")),
    estimates=st.sampled_from([{}, {"share": ("left", "reached")}]),
    sums=st.sampled_from([(), (("reached", ("left", "stayed")),)]),
    column_totals=st.booleans(),
    within=st.sampled_from([(), ("stage",)]),
)


def known_sums(table: pd.DataFrame, rule: Published, k_min: int) -> Iterator[np.ndarray]:
    """Every sum that a reader knows, as signs over the cells of the table."""
    counts = table[list(rule.counts)]
    for row in range(len(table)):
        for _ in rule.sums:
            signs = np.zeros(counts.shape)
            signs[row] = [-1, 1, 1]
            yield signs.ravel()
    tables = [np.zeros(len(table))] if rule.column_totals else []
    tables += [table["stage"]] if rule.within else []
    for by in tables:
        totals = counts.assign(share=0.5).groupby(by).sum()
        hidden = suppress(totals, replace(rule, within=()), k_min).hidden
        for group, name in product(totals.index, rule.counts):
            if not hidden.loc[group, name]:
                signs = pd.DataFrame(0, table.index, rule.counts)
                signs.loc[by == group, name] = 1
                yield signs.to_numpy().ravel()


def other_completions(
    values: np.ndarray, hidden: np.ndarray, sums: list[np.ndarray], reach: int
) -> np.ndarray:
    """What can be added to the cells so that everything a reader knows stays true.

    Where nobody's cell had to be hidden, a reader knows that no count is below 0.
    """
    places = np.flatnonzero(hidden)
    steps = np.zeros(((2 * reach + 1) ** len(places), len(values)))
    steps[:, places] = list(product(range(-reach, reach + 1), repeat=len(places)))
    fits = (values + steps >= 0).all(axis=1) | (values[hidden] == 0).any()
    for signs in sums:
        fits &= steps @ signs == 0
    return steps[fits]


@given(rows=rows, rule=rules, k_min=st.sampled_from([3, 5]))
def test_no_hidden_count_follows_from_what_is_shown(
    rows: list[tuple[str, int, int]], rule: Published, k_min: int
) -> None:
    table = pd.DataFrame(rows, columns=["stage", "left", "stayed"])
    table["reached"], table["share"] = table["left"] + table["stayed"], 0.5
    hidden = suppress(table, rule, k_min).hidden[list(rule.counts)].to_numpy().ravel()
    assume(0 < hidden.sum() <= 9)
    values = table[list(rule.counts)].to_numpy().ravel()
    steps = other_completions(values, hidden, list(known_sums(table, rule, k_min)), reach=1)
    assert (steps[:, hidden] != 0).any(axis=0).all()
    if rule.estimates:
        rests = (steps.reshape(-1, len(table), 3) @ [1, -1, 0]) != 0
        small = table["stayed"].between(1, k_min - 1).to_numpy()
        assert rests.any(axis=0)[small].all()
