"""Any grouping of the parts gives the same bits as the whole."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.partials import Additive, Durations, Rate, Scores

CELLS = 3
cell = st.integers(0, CELLS - 1)
Observations = list[tuple[int, float, float]]
observations: st.SearchStrategy[Observations] = st.lists(
    st.tuples(cell, st.integers(0, 100_000).map(lambda n: n / 1000), st.floats(0, 1)), max_size=20
)


def rate(seen: Observations) -> Rate:
    cells = [cell for cell, _, _ in seen]
    hits = np.bincount([cell for cell, _, chance in seen if chance < 0.5], minlength=CELLS)
    return Rate.of(hits, np.bincount(cells, minlength=CELLS), repeats=len(seen))


def scores(seen: Observations) -> Scores:
    """Weights are eighths, whose sums are exact: other weights add to the stated tolerance."""
    cells, answers, weights = zip(*seen, strict=True) if seen else ((), (), ())
    eighths = np.ceil(1 + 7 * np.array(weights)) / 8
    return Scores.of(cells, answers, CELLS, weight=eighths, repeats=len(seen))


def durations(seen: Observations) -> Durations:
    cells, seconds, _ = zip(*seen, strict=True) if seen else ((), (), ())
    return Durations.of(cells, seconds, CELLS, repeats=len(seen))


def bits(partial: Additive) -> list[object]:
    parts = [getattr(partial, field.name) for field in fields(partial)]
    return [bits(part) if isinstance(part, Additive) else part.tobytes() for part in parts]


every_partial = pytest.mark.parametrize("observe", [rate, scores, durations])
Observe = Callable[[Observations], Additive]


@every_partial
@given(a=observations, b=observations, c=observations)
def test_parts_in_any_grouping_have_the_bits_of_the_whole(
    observe: Observe, a: Observations, b: Observations, c: Observations
) -> None:
    x, y, z = observe(a), observe(b), observe(c)
    for grouped in (x + (y + z), (z + x) + y, (y + x) + z):
        assert bits(grouped) == bits(x + y + z) == bits(observe(a + b + c))


@every_partial
@given(a=observations, b=observations, c=observations)
def test_sealed_buckets_add_to_the_same_bits_in_any_order(
    observe: Observe, a: Observations, b: Observations, c: Observations
) -> None:
    x, y, z = observe(a).sealed(), observe(b).sealed(), observe(c).sealed()
    for grouped in (x + (y + z), (z + x) + y, (y + x) + z):
        assert bits(grouped) == bits(x + y + z)


@every_partial
@given(a=observations)
def test_nobody_changes_nothing_and_a_bucket_of_nobody_neither(
    observe: Observe, a: Observations
) -> None:
    assert bits(observe(a) + observe([])) == bits(observe(a))
    assert bits(observe(a).sealed() + observe([]).sealed()) == bits(observe(a).sealed())


@every_partial
@given(a=observations)
def test_partial_survives_the_wire(observe: Observe, a: Observations) -> None:
    sealed = observe(a).sealed()
    assert bits(pickle.loads(pickle.dumps(sealed))) == bits(sealed)
