"""Where customers came before and after, counted by hand."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from cjm_notebooks import measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.behaviour_shift import BehaviourShift
from tests.journeys import ONE_EACH, journeys

MONTHS = BehaviourShift(("1970-01-01", "1970-02-01"), ("1970-02-01", "1970-03-01"))


def test_customers_count_once_at_each_touchpoint_of_a_period() -> None:
    table = measure(MONTHS, journeys("home@1 home@2 cart@3", "home@5 home@40", "cart@41 pay@42"))
    rows = table.set_index("touchpoint")
    assert rows.loc["home", ["before_customers", "before_n"]].tolist() == [2, 2]
    assert rows.loc["home", ["after_customers", "after_n"]].tolist() == [1, 2]
    assert rows.loc["cart", ["before_customers", "after_customers"]].tolist() == [1, 1]
    assert rows.loc["home", "difference"] == pytest.approx(1 / 2 - 1)
    assert table["after"].unique().tolist() == ["1970-02-01 – 1970-03-01"]


def test_index_sums_the_moves_of_all_shares() -> None:
    """Of three visits 3 at home, later 1 of 3, with half a visit added everywhere."""
    table = measure(MONTHS, journeys("home@1", "home@2", "home@3 cart@40", "home@41", "cart@42"))
    before, after = (3.5 / 4, 0.5 / 4), (1.5 / 4, 2.5 / 4)
    expected = sum((q - p) * log(q / p) for p, q in zip(before, after, strict=True))
    assert table["psi"].unique() == pytest.approx([expected])


def test_unless_said_the_last_review_parts_two_periods_of_one_length() -> None:
    """Reviewed on day 80 of data that end on day 100."""
    reviewed = ONE_EACH.model_copy(update={"last_reviewed": date(1970, 3, 22)})
    table = measure(BehaviourShift(), journeys("home@50", "cart@70", "pay@90", on=reviewed))
    assert table["before"].unique().tolist() == ["1970-03-01 – 1970-03-22"]
    assert table[["before_customers", "after_customers"]].to_numpy().T.tolist() == [
        [0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0],
    ]


def test_map_that_was_never_reviewed_has_no_periods() -> None:
    assert measure(BehaviourShift(), journeys("home@50")).empty


def test_half_a_period_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`before` has no last day"):
        BehaviourShift(before=("2025-01-01", ""))
    with pytest.raises(ParameterError, match=r"`after` has no first day"):
        BehaviourShift(after=("", "2025-01-01"))
