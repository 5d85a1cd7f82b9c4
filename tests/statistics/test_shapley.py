"""Shapley values: against games with known answers, and against every order one by one."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.shapley import orders, shapley, shapley_sampled, within

games = st.integers(1, 5).flatmap(
    lambda players: st.lists(st.integers(-20, 20), min_size=2**players, max_size=2**players)
)


def players_of(worth: list[int]) -> int:
    return len(worth).bit_length() - 1


def values(worth: list[int]) -> list[float]:
    return [float(v) for v in shapley(np.array([worth], np.float64), players_of(worth))[0]]


def in_every_order(worth: list[int]) -> list[float]:
    players = players_of(worth)
    added = [0.0] * players
    every = list(permutations(range(players)))
    for order in every:
        there = 0
        for player in order:
            added[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    return [one / len(every) for one in added]


def along(worth: list[int], joining: np.ndarray) -> np.ndarray:
    there = np.cumsum(1 << joining, axis=1)
    return np.array([worth], np.float64)[:, np.column_stack([np.zeros(len(joining), int), there])]


def test_right_glove_is_worth_four_times_each_of_two_left_ones() -> None:
    """A pair is worth 1; players 0 and 1 hold left gloves, player 2 the only right one."""
    pairs = [0, 0, 0, 0, 0, 1, 1, 1]
    assert values(pairs) == pytest.approx([1 / 6, 1 / 6, 4 / 6])


@given(worth=games)
def test_value_is_the_mean_over_every_order_of_joining(worth: list[int]) -> None:
    assert values(worth) == pytest.approx(in_every_order(worth))


@given(worth=games)
def test_values_add_up_to_what_all_are_worth_more_than_nobody(worth: list[int]) -> None:
    assert sum(values(worth)) == pytest.approx(worth[-1] - worth[0])


@given(worth=games)
def test_player_who_adds_nothing_is_worth_nothing(worth: list[int]) -> None:
    assert values([*worth, *worth])[-1] == 0


def test_players_who_add_the_same_are_worth_the_same() -> None:
    assert values([0, 3, 3, 10]) == [5, 5]


def test_worth_within_a_coalition_is_the_sum_over_those_in_it() -> None:
    exactly = np.array([[1, 10, 100, 1000]])
    assert within(exactly, 2).tolist() == [[1, 11, 101, 1111]]
    assert exactly.tolist() == [[1, 10, 100, 1000]]


@given(conversions=st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_sums_within_coalitions_divide_each_equally_among_its_members(
    conversions: list[int],
) -> None:
    divided = [0.0, 0.0, 0.0]
    for coalition, n in enumerate(conversions):
        members = [player for player in range(3) if coalition >> player & 1]
        for player in members:
            divided[player] += n / len(members)
    assert values(within(np.array([conversions]), 3)[0].tolist()) == pytest.approx(divided)


def test_every_order_once_is_no_sample() -> None:
    worth = [0, 1, 5, 9, -2, 4, 8, 20]
    every = np.array(list(permutations(range(3))))
    assert shapley_sampled(along(worth, every), every)[0][0] == pytest.approx(values(worth))


def test_same_seed_draws_the_same_orders_of_all_players() -> None:
    drawn = orders(5, 100, seed=3)
    assert (drawn == orders(5, 100, seed=3)).all()
    assert (drawn != orders(5, 100, seed=4)).any()
    assert (np.sort(drawn, axis=1) == np.arange(5)).all()


def test_sampled_values_miss_the_exact_ones_as_often_as_their_error_says() -> None:
    worth = [(coalition * 37) % 23 for coalition in range(32)]
    within_error = []
    for seed in range(200):
        joining = orders(5, 100, seed)
        (sampled,), (error,) = shapley_sampled(along(worth, joining), joining)
        within_error.append(np.abs(sampled - values(worth)) <= 1.96 * error)
    assert 0.93 < np.mean(within_error) < 0.97


def test_standard_error_is_that_of_a_mean_over_the_orders() -> None:
    """Player 0 adds 1 in the first order and 4 in the second, player 1 adds 5 and 2."""
    joining = np.array([[0, 1], [1, 0]])
    value, error = shapley_sampled(along([0, 1, 2, 6], joining), joining)
    assert value.tolist() == [[2.5, 3.5]]
    assert error == pytest.approx(np.array([[1.5, 1.5]]))
