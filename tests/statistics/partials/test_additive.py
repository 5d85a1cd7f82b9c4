"""What adds, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.partials import Additive, Rate
from cjm_notebooks.statistics.partials.cells import Ints


@dataclass(frozen=True)
class Visits(Additive):
    events: Ints
    seconds: float
    returned: Rate


@dataclass(frozen=True)
class Named(Additive):
    names: dict[str, int]


@dataclass(frozen=True)
class PerName(Additive):
    names: tuple[str, ...]
    events: Ints


def visits(*events: int) -> Visits:
    return Visits(np.array(events), 1.5, Rate.of([1], [4], repeats=2))


def test_parts_add_field_by_field_down_to_the_innermost() -> None:
    both = visits(1, 2) + visits(10, 20)
    assert both.events.tolist() == [11, 22]
    assert both.seconds == 3
    assert both.returned.trials.tolist() == [8]


def test_sealing_a_partial_seals_the_partials_in_it() -> None:
    sealed = visits(1, 2).sealed()
    assert sealed.events.tolist() == [1, 2]
    assert sealed.returned.buckets.cross.tolist() == [4]


def test_partials_of_two_metrics_do_not_add() -> None:
    with pytest.raises(ParameterError, match="A `Visits` and a `Rate` do not add"):
        visits(1) + Rate.of([1], [4])


def test_partials_of_two_maps_do_not_add() -> None:
    with pytest.raises(
        ParameterError, match=r"`Visits\.events` has the shape \(1,\) on one side and \(2,\)"
    ):
        visits(1) + visits(1, 2)


def test_what_has_no_sum_is_no_part_of_a_partial() -> None:
    with pytest.raises(ParameterError, match=r"`Named\.names` is a dict, which does not add"):
        Named({"a": 1}) + Named({"a": 1})


def test_names_of_cells_are_kept() -> None:
    both = PerName(("login", "buy"), np.array([1, 2])) + PerName(("login", "buy"), np.array([3, 4]))
    assert both.names == ("login", "buy")
    assert both.events.tolist() == [4, 6]


def test_cells_of_other_names_do_not_add() -> None:
    with pytest.raises(ParameterError, match=r"`PerName\.names` are other names on one side"):
        PerName(("login",), np.array([1])) + PerName(("buy",), np.array([1]))
