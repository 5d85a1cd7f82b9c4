"""Redesigns rehearsed on a few journeys, each outcome counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.passes.endings import LEFT, OPEN, SUCCESS, endings
from cjm_notebooks.metrics.rehearsal import Rehearsal
from tests.journeys import ONE_EACH, journeys
from tests.journeys.drawn import drawn_journeys

TEN = (
    *["home@1 cart@3 paid@4"] * 4,
    *["home@1 cart@3"] * 4,
    *["home@1"] * 2,
)


def rehearse(
    *customers: str, until: float = 100, on: JourneyMap = ONE_EACH, **changes: object
) -> pd.DataFrame:
    metric = Rehearsal(**changes)  # type: ignore[arg-type]
    return measure(metric, journeys(*customers, until=until, on=on))


def test_each_touchpoint_is_removed_in_turn_unless_something_is_asked() -> None:
    table = rehearse(*TEN)
    assert list(table["change"]) == ["remove"] * 5
    assert list(table["what"]) == ["home", "product", "cart", "pay", "help"]
    assert list(table["moves"]) == [10, 0, 8, 0, 0]
    assert list(table["share_now"]) == [0.4] * 5
    # Without home all ten come to the cart and half pay; without the cart all eight that came do.
    assert list(table["share"]) == pytest.approx([0.5, 0.4, 0.8, 0.4, 0.4])
    assert list(table["difference"]) == pytest.approx([0.1, 0, 0.4, 0, 0])


def test_days_saved_are_the_waits_before_the_touchpoint_of_journeys_that_succeed() -> None:
    table = rehearse(*TEN)
    assert list(table["days_now"]) == [3] * 5
    assert list(table["days_saved"]) == [0, 0, 2, 0, 0]


def test_whoever_avoids_a_touchpoint_goes_as_the_others_there_go() -> None:
    customers = ["home@1 help@2", "home@1 help@2 paid@3", "home@1 cart@2 paid@3", "home@1 cart@2"]
    (row,) = rehearse(*customers, *customers[2:3], avoid=("help",)).itertuples()
    assert (row.change, row.what, row.moves) == ("avoid", "help", 2)
    assert row.share_now == 3 / 5
    assert row.share == pytest.approx(2 / 3)
    assert np.isnan(row.days_saved)


def test_swapped_touchpoints_take_their_leavers_along() -> None:
    # Five pay from home, five go to the cart, where two leave: now 0.8, else 0.6.
    customers = ["home@1 paid@2"] * 5 + ["home@1 cart@2 paid@3"] * 3 + ["home@1 cart@2"] * 2
    (row,) = rehearse(*customers, swap=(("home", "cart"),)).itertuples()
    assert (row.what, row.other, row.moves) == ("home", "cart", 15)
    assert (row.share_now, row.share) == (0.8, pytest.approx(0.6))
    assert row.days_saved == 0


def test_halved_waits_save_half_their_time() -> None:
    (row,) = rehearse(*TEN, halve_wait=(("browse", "cart"),)).itertuples()
    assert (row.what, row.other, row.moves) == ("browse", "cart", 8)
    assert (row.days_now, row.days_saved) == (3, 1)
    assert row.share == pytest.approx(0.4)


def test_who_waited_half_as_long_left_less_often() -> None:
    # After one day 1 of 4 left, after two days 3 of 4: halved, 1 of 4 of all leave, if those
    # who waited one day leave as often as now, since nobody waited half a day.
    one_day = ["home@1 cart@2 paid@3"] * 3 + ["home@1 cart@2"]
    two_days = ["home@1 cart@3 paid@4"] + ["home@1 cart@3"] * 3
    (row,) = rehearse(*one_day, *two_days, halve_wait=(("browse", "cart"),)).itertuples()
    assert row.share_now == 0.5
    assert row.share == pytest.approx(0.75)


def test_only_those_who_came_by_that_wait_leave_less() -> None:
    one_day = ["home@1 cart@2 paid@3"] * 3 + ["home@1 cart@2"]
    two_days = ["home@1 cart@3 paid@4"] + ["home@1 cart@3"] * 3
    direct = ["cart@1 paid@2"] * 4 + ["cart@1"] * 4
    (row,) = rehearse(*one_day, *two_days, *direct, halve_wait=(("browse", "cart"),)).itertuples()
    assert row.share_now == 0.5
    assert row.share == pytest.approx(0.5 + 0.25 / 2)


def test_open_journeys_are_no_part_of_the_chain() -> None:
    table = rehearse(*TEN, "home@90 cart@95", until=100)
    assert set(table["open"]) == {1}
    assert set(table["decided"]) == {10}
    assert list(table["share"]) == pytest.approx([0.5, 0.4, 0.8, 0.4, 0.4])


def test_events_after_the_outcome_are_no_moves() -> None:
    table = rehearse("home@1 paid@2 help@3", "home@1")
    assert list(table["moves"]) == [2, 0, 0, 0, 0]


def test_journey_that_paid_before_every_event_succeeds_whatever_is_removed() -> None:
    table = rehearse("paid@1 home@2", "home@1 cart@2", "home@1 cart@2 paid@3")
    assert table["share_now"][0] == pytest.approx(2 / 3)
    assert table["days_now"][0] == 1
    assert list(table["share"]) == pytest.approx([2 / 3, 2 / 3, 1, 2 / 3, 2 / 3])


def test_difference_has_an_interval_and_no_change_has_none() -> None:
    table = rehearse(*TEN * 5)
    cart, product = table.iloc[2], table.iloc[1]
    assert 0 < cart["difference_low"] < 0.4 < cart["difference_high"] < 1
    assert cart["low"] < 0.8 < cart["high"] <= 1
    assert np.isnan([product["difference_low"], product["difference_high"]]).all()


def test_each_row_says_what_it_assumes() -> None:
    table = rehearse(*TEN, remove=("cart",), avoid=("home",), swap=(("home", "cart"),))
    assert list(table["change"]) == ["remove", "avoid", "swap"]
    assert [text.partition(",")[0] for text in table["assumes"]] == [
        "Who would have come here goes on as those do who do not leave here",
        "Who would have come here takes the other ways from where they were",
        "Each of the two keeps its shares of leaving and failing and goes on as the other did. "
        "All waits stay where they were. Where a journey goes next depends only on where it is; "
        "nothing else changes.",
    ]
    assert table["assumes"].str.contains("an upper bound").tolist() == [True, False, False]


def test_nobody_has_no_share() -> None:
    table = rehearse("about@1")
    assert list(table["decided"]) == [0] * 5
    assert table[["share_now", "share", "difference", "days_now"]].isna().all(axis=None)


def test_what_the_map_does_not_have_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`remove` names the touchpoint `hom`, .*`home`"):
        rehearse(*TEN, remove=("hom",))
    with pytest.raises(ParameterError, match=r"`halve_wait` names the stage `home`, which"):
        rehearse(*TEN, halve_wait=(("home", "cart"),))
    with pytest.raises(ParameterError, match=r"`swap` holds \('a', 'a'\)\. Give pairs of two dif"):
        Rehearsal(swap=(("a", "a"),))
    with pytest.raises(ParameterError, match=r"`swap` holds 'ab'\. Give pairs"):
        Rehearsal(swap=("ab",))  # type: ignore[arg-type]


@settings(max_examples=30)
@given(drawn_journeys)
def test_chain_as_it_is_has_the_share_of_success_that_was_seen(seen: Journeys) -> None:
    table = measure(Rehearsal(remove=("help",)), seen)  # a touchpoint that no drawn journey has
    how = endings(seen).how
    decided, success = np.count_nonzero(how != OPEN), np.count_nonzero(how == SUCCESS)
    assert (table["decided"][0], table["success"][0]) == (decided, success)
    if decided:
        assert table["share"][0] == pytest.approx(success / decided)


@settings(max_examples=30)
@given(drawn_journeys)
def test_where_nobody_left_removing_a_touchpoint_gains_nothing(seen: Journeys) -> None:
    table = measure(Rehearsal(), seen).set_index("what")
    end = endings(seen)
    left_at = {
        seen.map.touchpoints[place].id
        for place in end.place(seen.touchpoint)[end.has_way & (end.how == LEFT)]
    }
    for place, row in table.dropna(subset="difference").iterrows():
        assert row["difference"] >= -1e-9
        if place not in left_at:
            assert row["difference"] == pytest.approx(0, abs=1e-9)
