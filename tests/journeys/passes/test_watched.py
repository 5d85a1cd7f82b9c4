"""Which whole journeys count near the end of the data: day 100, with 30 days of quiet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks import Journeys
from cjm_notebooks.journeys.passes.watched import Watched, began_early
from cjm_notebooks.statistics.partials import Additive
from tests.journeys import journeys


@dataclass(frozen=True)
class _Number(Additive):
    journeys: int


def watched(of: Journeys) -> Watched[_Number]:
    return Watched.of(of, lambda counted: _Number(int(np.count_nonzero(counted))))


def test_journey_that_began_on_day_40_began_early_and_a_later_or_open_one_did_not() -> None:
    some = journeys("home@40 paid@95"), journeys("home@41 paid@42"), journeys("home@40 cart@99")
    assert [began_early(one).tolist() for one in some] == [[True], [False], [False]]


def test_all_that_are_over_count_while_none_is_open() -> None:
    assert watched(journeys("home@1 paid@2", "home@90 paid@91")).counted.journeys == 2


def test_those_that_began_early_count_where_more_than_a_quarter_of_the_root_is_open() -> None:
    """One of sixteen is a quarter of the root, one of fifteen is more."""
    lately, open_ = ["home@90 paid@91"], ["home@99"]
    assert watched(journeys(*["home@1"] * 14, *lately, *open_)).counted.journeys == 15
    assert watched(journeys(*["home@1"] * 13, *lately, *open_)).counted.journeys == 13


def test_data_too_short_for_half_to_have_begun_early_keep_all_that_are_over() -> None:
    lately, open_ = ["home@50 paid@60"] * 2, ["home@99"]
    assert watched(journeys("home@1", "home@2", *lately, *open_)).counted.journeys == 2
    assert watched(journeys("home@1", *lately, *open_)).counted.journeys == 3


def test_whether_many_are_open_is_known_once_parts_are_added() -> None:
    closed, open_ = watched(journeys("home@1", "home@90 paid@91")), watched(journeys("home@99"))
    assert (closed.counted.journeys, (closed + open_).counted.journeys) == (2, 1)
