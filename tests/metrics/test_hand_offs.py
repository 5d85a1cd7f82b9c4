"""Hand-offs between departments, each counted by hand.

Home belongs to marketing, product and cart to sales, help to service; pay to nobody.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.metrics.hand_offs import HandOffs
from tests.journeys import ONE_EACH, journeys
from tests.journeys.drawn import drawn_journeys
from tests.journeys.owned import (
    DEPARTMENTS,
    OWNED,
    OWNED_UNTIL_OUTCOME,
    moves,
    old_moves,
    on_owned,
)
from tests.journeys.ways import counted

LEFT = ["left", "moves", "left_share"]
WITHIN = ["left_within", "moves_within", "left_within_share"]


def hand_offs(*customers: str, until: float = 100, on: JourneyMap = OWNED) -> pd.DataFrame:
    return named(measure(HandOffs(), journeys(*customers, until=until, on=on)))


def named(table: pd.DataFrame) -> pd.DataFrame:
    pair = table["from_department"] + ">" + table["to_department"]
    return table.set_index(pair.fillna("all"))


def test_move_to_a_touchpoint_of_another_department_is_a_hand_off() -> None:
    table = hand_offs("home@1 product@2 cart@3 help@4", "home@1 product@2")
    assert table["moves"].to_dict() == {"marketing>sales": 2, "sales>service": 1, "all": 3}
    assert table["share"].to_dict() == {"marketing>sales": 1, "sales>service": 0.5, "all": 1}


def test_wait_runs_from_the_last_event_before_to_the_first_after() -> None:
    table = hand_offs("home@1 home@1.5 product@2 cart@3")
    assert table["mean_seconds"].to_dict() == {"marketing>sales": 43_200, "all": 43_200}


def test_journey_left_right_after_the_hand_off_when_nothing_came_after_it() -> None:
    table = hand_offs("home@1 product@2", "home@1 product@2 cart@3", "home@1 product@2 paid@3")
    assert table.loc["marketing>sales", LEFT].tolist() == [1, 3, 1 / 3]


def test_leaving_after_a_hand_off_stands_beside_leaving_within_the_receiving_department() -> None:
    """Two of the three moves within sales end a journey, and none of the two within marketing."""
    table = hand_offs(
        "home@1 product@2 cart@3",
        "product@1 cart@2",
        "product@1 cart@2 paid@3",
        "home@1 home@2 home@3 help@4",
    )
    assert table.loc["marketing>sales", WITHIN].tolist() == [2, 3, 2 / 3]
    assert table.loc["marketing>service", WITHIN[:2]].tolist() == [0, 0]
    assert np.isnan(table.loc["marketing>service", "left_within_share"])
    assert table.loc["all", LEFT].tolist() == [1, 2, 0.5]
    assert table.loc["all", WITHIN].tolist() == [2, 5, 2 / 5]


def test_journey_that_went_on_where_nobody_owns_the_touchpoint_did_not_leave() -> None:
    table = hand_offs("home@1 product@2 pay@3")
    assert table.loc["marketing>sales", LEFT].tolist() == [0, 1, 0]


def test_hand_off_after_the_outcome_is_none() -> None:
    assert hand_offs("home@1 paid@2 product@3").empty


def test_where_one_is_open_who_began_lately_was_handed_over_and_counts_nowhere_else() -> None:
    """With 30 days of quiet, day 40 is the last on which one that counts began."""
    quick, slow = "home@41 product@71 paid@72", "home@40 product@41 cart@95 paid@96"
    table = hand_offs("home@98 product@99", quick, slow, until=100)
    row = table.loc["marketing>sales"]
    assert row[["journeys", "all_journeys", "recent"]].tolist() == [1, 1, 2]
    assert row[LEFT].tolist() == [0, 1, 0]
    row = hand_offs(quick, slow, until=100).loc["marketing>sales"]
    assert row[["journeys", "all_journeys", "recent"]].tolist() == [2, 2, 0]
    assert row[LEFT].tolist() == [0, 2, 0]


def test_where_one_is_open_a_move_counts_once_it_is_old_enough_whoever_made_it() -> None:
    """Of five hand-offs those on days 70 and before count, and one of these three was left."""
    table = hand_offs(
        "home@60 product@69 cart@99",
        "home@60 product@70",
        "home@60 product@61 paid@62",
        "home@60 product@71 paid@72",
        "home@60 product@90",
    )
    assert table.loc["marketing>sales", LEFT].tolist() == [1, 3, 1 / 3]
    assert table.loc["marketing>sales", WITHIN[:2]].tolist() == [0, 0]


def test_moves_of_one_customer_widen_the_interval_of_leaving() -> None:
    there = "home@1 product@2"
    back = "home@3 product@4 home@5 product@6 home@7 product@8"
    row = hand_offs(*[f"{there} {back}"] * 10, *[there] * 10).loc["marketing>sales"]
    alone = hand_offs(*["home@1 product@2 cart@3"] * 30, *[there] * 20).loc["marketing>sales"]
    assert row["left_share"] == alone["left_share"] == 0.4
    assert row["left_share_low"] < alone["left_share_low"]


def test_journeys_of_one_customer_widen_the_interval_of_the_share() -> None:
    handed, stayed = "home@1 product@2 paid@3", "home@1 paid@2"
    alone = hand_offs(*[handed] * 20, *[stayed] * 20, on=OWNED_UNTIL_OUTCOME).loc["all"]
    again = hand_offs(
        *[f"{handed} home@4 product@5 paid@6"] * 10,
        *[f"{stayed} home@4 paid@5"] * 10,
        on=OWNED_UNTIL_OUTCOME,
    ).loc["all"]
    assert alone["share"] == again["share"] == 0.5
    assert again["low"] < alone["low"] < alone["high"] < again["high"]


def test_map_without_departments_has_no_hand_offs() -> None:
    table = hand_offs("home@1 cart@2", on=ONE_EACH)
    assert table.empty
    assert "left_within_share" in table


@given(journeys=drawn_journeys)
def test_hand_offs_are_those_counted_one_by_one(journeys: Journeys) -> None:
    found = on_owned(journeys)
    table = named(measure(HandOffs(), found))
    every = [moves(way, DEPARTMENTS) for way in counted(found)]
    old = old_moves(found, DEPARTMENTS)
    for pair, row in table.iterrows():
        to = str(pair).split(">")[-1]
        handed = [
            [m for m in some if m.from_ != m.to and pair in ("all", f"{m.from_}>{m.to}")]
            for some in every
        ]
        across = [m for m in old if m.from_ != m.to and pair in ("all", f"{m.from_}>{m.to}")]
        within = [m for m in old if m.from_ == m.to and to in ("all", m.to)]
        assert row["journeys"] == sum(map(bool, handed))
        assert (row["left"], row["moves"]) == (sum(m.left for m in across), len(across))
        assert (row["left_within"], row["moves_within"]) == (
            sum(m.left for m in within),
            len(within),
        )


@given(journeys=drawn_journeys)
def test_parts_of_the_customers_add_up(journeys: Journeys) -> None:
    found, metric = on_owned(journeys), HandOffs()
    half = found.n_customers // 2
    parts = [metric.observe(found.part(*b)) for b in ((0, half), (half, found.n_customers))]
    pd.testing.assert_frame_equal(
        metric.report(parts[1] + parts[0], found.map),
        metric.report(metric.observe(found), found.map),
        check_exact=True,
    )
