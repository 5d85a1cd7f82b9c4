"""Bars of the waits between stages, in a unit that suits them."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.waits import Waits
from tests.journeys import journeys
from tests.views import drawn, labels, readings

THREE = journeys("home@1 cart@5 pay@5.5", "home@1 cart@5", "home@1 cart@9 pay@9.5")
READ = readings(Waits(), THREE)


def test_bars_are_the_median_wait_in_the_unit_of_the_longest() -> None:
    plot = Waits().draw(**READ)
    assert labels(plot.yaxis[0]) == ["Browse\n→ Cart", "Cart\n→ Pay"]
    assert plot.xaxis[0].axis_label == "wait, in days"
    bars = drawn(plot, "median")
    assert bars["median"] == (READ["waits"]["p50_seconds"] / 86_400).tolist()
    assert bars["median"] == pytest.approx([4, 0.5], rel=0.02)
    assert bars["nine_in_ten"] == (READ["waits"]["p90_seconds"] / 86_400).tolist()


def test_a_wait_is_written_in_the_unit_that_suits_it() -> None:
    half, most = labels(Waits().draw(**READ).yaxis[1])[1].split("\n")
    assert half == "½: 12 hours"
    assert most == "9/10: 12 hours"


def test_waits_of_minutes_are_drawn_in_minutes() -> None:
    quick = readings(Waits(), journeys("home@1 cart@1.01"))
    assert Waits().draw(**quick).xaxis[0].axis_label == "wait, in minutes"


def test_waits_of_no_time_at_all_are_drawn() -> None:
    at_once = readings(Waits(), journeys("home@1 cart@1"))
    assert drawn(Waits().draw(**at_once), "median")["median"] == [0]


def test_table_has_a_row_for_each_pair_of_stages() -> None:
    table = Waits().table(**READ)
    pairs = table[["from_stage", "to_stage", "journeys"]].to_numpy().tolist()
    assert pairs == [["Browse", "Cart", 3], ["Cart", "Pay", 2]]
    assert table["p50_seconds"].tolist() == READ["waits"]["p50_seconds"].tolist()


def test_summary_is_about_the_longest_wait() -> None:
    (longest,) = map(str, Waits().summary(**READ))
    assert longest.startswith(
        "The longest wait lies between Browse and Cart: half of 3 journeys took more than 4 days"
    )


def test_of_many_pairs_those_with_most_journeys_are_drawn_in_map_order() -> None:
    detour = readings(Waits(), journeys("home@1 cart@2 pay@3", "home@1 help@2 cart@3 pay@4"))
    assert len(Waits().table(**detour)) == 4
    shown = Waits(pairs=2).table(**detour)
    assert shown[["from_stage", "to_stage"]].to_numpy().tolist() == [
        ["Browse", "Cart"],
        ["Cart", "Pay"],
    ]


def test_number_of_pairs_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`pairs` is 0\. Give the number of pairs"):
        Waits(pairs=0)
