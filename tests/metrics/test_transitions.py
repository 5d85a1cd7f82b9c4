"""From touchpoint to touchpoint."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.maps import Stage
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, touchpoint

COLUMNS = ["from_touchpoint", "to_touchpoint", "end", "moves", "moves_from", "open"]


def transitions(*customers: str, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(Transitions(), journeys(*customers, until=100, on=on))


def moves(table: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int, int]]:
    """How many moves, of how many decided ones, and how many open ones beside them."""
    known = table.astype(object).where(table.notna(), None)
    return {
        (from_ or "start", to or end): tuple(rest)
        for from_, to, end, *rest in known[COLUMNS].itertuples(index=False)
    }


def test_moves_run_from_the_start_over_each_event_to_the_end() -> None:
    table = transitions("home@1 cart@2 home@3 paid@4 help@5", "home@1", "home@95")
    assert moves(table) == {
        ("start", "home"): (3, 3, 0),
        ("home", "cart"): (1, 3, 1),
        ("home", "success"): (1, 3, 1),
        ("home", "left"): (1, 3, 1),
        ("home", "open"): (1, 3, 1),
        ("cart", "home"): (1, 1, 0),
    }


def test_rows_stand_in_map_order_with_the_start_first_and_ends_last() -> None:
    table = transitions("help@1 home@2 help@3", "cart@1", "home@1 cart@2 paid@3")
    assert list(moves(table)) == [
        ("start", "home"),
        ("start", "cart"),
        ("start", "help"),
        ("home", "cart"),
        ("home", "help"),
        ("cart", "success"),
        ("cart", "left"),
        ("help", "home"),
        ("help", "left"),
    ]


def test_open_end_is_no_part_of_the_shares_and_has_none() -> None:
    table = transitions("home@1 cart@2", "home@1", "home@95").set_index("end")
    assert table.loc["left", "share"].tolist() == [1 / 2, 1]
    assert table.loc["open", ["share", "low", "high"]].isna().all()


def test_move_to_the_same_touchpoint_is_a_move() -> None:
    assert moves(transitions("home@1 home@2"))["home", "home"] == (1, 2, 0)


def test_outcome_before_every_event_leads_from_the_start_to_the_end() -> None:
    assert moves(transitions("cancelled@1 home@2")) == {("start", "failure"): (1, 1, 0)}


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    table = transitions(*["home@1 cart@2"] * 10, *["home@1"] * 10)
    to_cart = table[table["to_touchpoint"] == "cart"].iloc[0]
    assert (to_cart["low"], to_cart["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)


def test_moves_of_one_customer_tell_less_than_those_of_many() -> None:
    to_and_fro = "home@1 cart@2 home@3 cart@4 home@5 cart@6"
    onward = "home@1 product@2 home@3 product@4 home@5 product@6"
    table = transitions(*[to_and_fro] * 10, *[onward] * 10)
    to_cart = table[table["to_touchpoint"] == "cart"].iloc[0]
    assert (to_cart["moves"], to_cart["moves_from"]) == (30, 60)
    low, high = wilson(30, 60)
    assert to_cart["low"] < low
    assert to_cart["high"] > high


def test_those_who_came_only_after_their_outcome_do_not_narrow_the_interval() -> None:
    to_and_fro = "home@1 cart@2 home@3 cart@4"
    onward = "home@1 product@2 home@3 product@4"
    table = transitions(*[to_and_fro] * 5, *[onward] * 5, *["help@1 paid@2 home@3"] * 10)
    to_cart = table[table["to_touchpoint"] == "cart"].iloc[0]
    assert (to_cart["moves"], to_cart["moves_from"]) == (10, 20)
    assert to_cart["low"] < wilson(10, 20)[0]


def test_journeys_of_one_customer_begin_alike() -> None:
    loyal, strayed = "cart@1 paid@2 cart@3 paid@4", "home@1 paid@2 home@3 paid@4"
    table = transitions(*[loyal] * 10, *[strayed] * 10, on=UNTIL_OUTCOME)
    low, high = wilson(20, 40)
    assert table.iloc[0][["moves", "moves_from"]].tolist() == [20, 40]
    assert table.iloc[0]["low"] < low
    assert table.iloc[0]["high"] > high


def test_map_of_three_hundred_touchpoints_keeps_every_move_in_its_place() -> None:
    long = JourneyMap(
        id="long",
        name="Long",
        stages=(
            Stage(id="s", name="S", touchpoints=tuple(touchpoint(f"t{i}") for i in range(300))),
        ),
    )
    assert moves(transitions("t0@1 t299@2 t150@3", on=long)) == {
        ("start", "t0"): (1, 1, 0),
        ("t0", "t299"): (1, 1, 0),
        ("t299", "t150"): (1, 1, 0),
        ("t150", "left"): (1, 1, 0),
    }


def test_nobody_moves() -> None:
    assert transitions().empty
