"""Absorbing chains: the textbook case, and each removal solved anew."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks.statistics.absorbing_chain import AbsorbingChain

PLACES = 3
Walk = tuple[str, bool]
walks = st.lists(
    st.tuples(st.text("abc", min_size=1, max_size=5), st.booleans()), min_size=1, max_size=6
).filter(lambda drawn: any(converts for _, converts in drawn))


def counts(*drawn: Walk) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """`("ab", True)` begins at a, goes on to b and converts."""
    begins, moves = np.zeros(PLACES), np.zeros((PLACES, PLACES))
    conversions, losses = np.zeros(PLACES), np.zeros(PLACES)
    for places, converts in drawn:
        at = ["abc".index(place) for place in places]
        begins[at[0]] += 1
        for here, there in pairwise(at):
            moves[here, there] += 1
        (conversions if converts else losses)[at[-1]] += 1
    return begins, moves, conversions, losses


def chain(*drawn: Walk) -> AbsorbingChain:
    return AbsorbingChain(*(part[None] for part in counts(*drawn)))


def chance_to_convert(drawn: list[Walk], without: int | None = None) -> float:
    """Step by step, with whoever comes to the place `without` lost."""
    begins, moves, conversions, losses = counts(*drawn)
    out = moves.sum(axis=1) + conversions + losses
    chance = [0.0] * PLACES
    for _ in range(3000):
        chance = [
            0.0
            if here == without or not out[here]
            else (conversions[here] + sum(moves[here, k] * chance[k] for k in range(PLACES)))
            / out[here]
            for here in range(PLACES)
        ]
    return float(sum(begins[k] * chance[k] for k in range(PLACES)) / begins.sum())


def test_three_walks_of_the_textbook() -> None:
    """a-b-c converts, a is lost, b-c is lost: half of the conversions need a, all need b and c."""
    textbook = chain(("abc", True), ("a", False), ("bc", False))
    assert textbook.conversion == pytest.approx([1 / 3])
    assert textbook.visits == pytest.approx(np.array([[2 / 3, 2 / 3, 2 / 3]]))
    assert textbook.removal_effects == pytest.approx(np.array([[0.5, 1, 1]]))


@settings(max_examples=40, deadline=None)
@given(drawn=walks)
def test_removal_effect_is_what_is_missing_when_the_chain_is_solved_without_the_place(
    drawn: list[Walk],
) -> None:
    whole = chance_to_convert(drawn)
    removed = [1 - chance_to_convert(drawn, without) / whole for without in range(PLACES)]
    assert chain(*drawn).removal_effects[0] == pytest.approx(removed, abs=1e-9)


@given(drawn=walks)
def test_chain_converts_as_often_as_the_walks_it_was_made_of(drawn: list[Walk]) -> None:
    converted = sum(converts for _, converts in drawn) / len(drawn)
    assert chain(*drawn).conversion == pytest.approx([converted])


def test_staying_at_a_place_changes_no_effect() -> None:
    restless = [("ab", True), ("ba", False), ("b", False), ("ac", True)]
    patient = [("aaab", True), ("bba", False), ("b", False), ("acc", True)]
    assert chain(*patient).removal_effects == pytest.approx(chain(*restless).removal_effects)


def test_place_nobody_comes_to_has_no_effect() -> None:
    assert chain(("ab", True), ("b", False)).removal_effects[0, 2] == 0


def test_whoever_goes_round_for_ever_is_lost() -> None:
    closed = AbsorbingChain(
        begins=np.array([[2, 2, 0]]),
        moves=np.array([[[0, 0, 2], [0, 0, 0], [4, 0, 3]]]),
        conversions=np.array([[0, 1, 0]]),
        losses=np.array([[0, 1, 0]]),
    )
    assert closed.conversion == pytest.approx([2 / 4 * 1 / 2])
    assert closed.removal_effects == pytest.approx(np.array([[0, 1, 0]]))


def test_nothing_converts_without_walks_or_conversions() -> None:
    assert np.isnan(chain(("ab", False)).removal_effects).all()
    nobody = AbsorbingChain(*(np.zeros((1, *[PLACES] * n)) for n in (1, 2, 1, 1)))
    assert np.isnan(nobody.removal_effects).all()


def test_groups_are_chains_of_their_own() -> None:
    one, other = [("ab", True), ("a", False)], [("ba", True), ("c", True)]
    both = AbsorbingChain(*(np.stack(p) for p in zip(counts(*one), counts(*other), strict=True)))
    alone = [chain(*each).removal_effects[0] for each in (one, other)]
    assert both.removal_effects == pytest.approx(np.stack(alone))
