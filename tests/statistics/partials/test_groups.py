"""Groups of which few are seen, each counted by hand."""

from __future__ import annotations

import pickle
from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.partials import Rate, groups
from cjm_notebooks.statistics.partials.groups import Groups

Row = tuple[int, bool]


def seen(rows: list[Row], others: int = 0, customer: int = 0) -> Groups:
    """One customer: the group of each trial and whether it hit, and trials without a group."""
    key = np.array([key for key, _ in rows], np.uint64)
    return Groups.of(
        key,
        key.astype(np.uint8)[:, None],
        np.full(len(rows), customer),
        member=np.ones(len(rows), bool),
        hit=np.array([hit for _, hit in rows], bool),
        further=np.ones((len(rows), 1), np.int64),
        whole=(
            len(rows) + others,
            sum(hit for _, hit in rows),
            max(len(rows) + others - 1, 0),
        ),
    )


def dense(parts: list[list[Row]], key: int) -> tuple[Rate, Rate, Rate]:
    """The shares of one group as a `Rate` would add them up, one bucket a customer."""
    share, hits, others = [], [], []
    for rows in parts:
        mine = [hit for group, hit in rows if group == key]
        rest = [hit for group, hit in rows if group != key]
        more = max(len(rows) - 1, 0)
        share.append(Rate.of([len(mine)], [len(rows)], more).sealed())
        hits.append(Rate.of([sum(mine)], [len(mine)], max(len(mine) - 1, 0)).sealed())
        others.append(Rate.of([sum(rest)], [len(rest)], more).sealed())
    return reduce(add, share), reduce(add, hits), reduce(add, others)


def test_members_and_hits_of_each_group_add_up() -> None:
    both = (seen([(3, True), (1, False)]) + seen([(3, False)], others=2)).merged()
    assert both.label.tolist() == [[1], [3]]
    assert both.share.columns("members", "all")["members"].tolist() == [1, 2]
    assert both.share.trials.tolist() == [5, 5]
    assert (both.hits.hits.tolist(), both.hits.trials.tolist()) == ([0, 1], [1, 2])
    assert both.hits_of_others.hits.tolist() == [1, 0]
    assert both.hits_of_others.trials.tolist() == [4, 3]


def test_second_trial_of_a_customer_in_a_group_is_a_repeat_there() -> None:
    found = seen([(3, True), (3, False), (1, False)])
    assert found.has_repeats
    assert found.hits.repeats.tolist() == [0, 1]


def test_row_that_is_no_member_adds_only_to_what_is_counted_further() -> None:
    found = Groups.of(
        np.array([7, 7], np.uint64),
        np.zeros((2, 1), np.uint8),
        np.array([0, 0]),
        member=np.array([False, True]),
        hit=np.array([True, False]),
        further=np.array([[1], [0]]),
        whole=(1, 0, 0),
    )
    assert found.counts.tolist() == [[1, 0, 0, 1]]


def test_chosen_groups_keep_their_figures() -> None:
    found = seen([(1, True), (2, False), (3, True)]).chosen(np.array([2, 0]))
    assert found.label.tolist() == [[3], [1]]
    assert found.hits.hits.tolist() == [1, 1]


def test_nobody_changes_nothing_and_has_no_groups() -> None:
    nobody, someone = seen([]), seen([(3, True)])
    assert nobody.merged().counts.shape == (0, 4)
    assert (nobody + someone).merged().counts.tolist() == someone.counts.tolist()


def test_groups_are_merged_while_adding_once_they_have_grown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(groups, "ROWS_BEFORE_MERGING", 2)
    many = reduce(add, [seen([(3, True)], customer=place) for place in range(30)])
    assert len(many.seen) < 5
    assert many.merged().counts.tolist() == [[30, 30, 0, 30]]


def test_groups_survive_the_wire() -> None:
    found = seen([(3, True), (1, False)])
    assert pickle.loads(pickle.dumps(found)).counts.tolist() == found.counts.tolist()


@given(
    parts=st.lists(
        st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=5), min_size=2, max_size=6
    )
)
def test_intervals_are_those_of_a_rate_with_a_cell_for_each_group(parts: list[list[Row]]) -> None:
    every = reduce(add, [seen(rows).sealed() for rows in parts]).merged()
    for place, (key,) in enumerate(every.label.tolist()):
        found = (every.share, every.hits, every.hits_of_others)
        for got, wanted in zip(found, dense(parts, key), strict=True):
            assert got.hits[place] == wanted.hits[0]
            assert got.trials[place] == wanted.trials[0]
            for end, wanted_end in zip(got.interval(), wanted.interval(), strict=True):
                assert end[place] == pytest.approx(wanted_end[0], nan_ok=True)
