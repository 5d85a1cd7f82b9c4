"""Bands between touchpoints, as high as their number of moves."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.touchpoint_flow import TouchpointFlow
from tests.journeys import journeys
from tests.views import drawn, labels, readings

LOOP = journeys("home@1 cart@2 home@3 cart@4", "home@1 paid@2")
READ = readings(TouchpointFlow(), LOOP)


def heights(bands: dict[str, list[list[float]]]) -> list[float]:
    """How high each band is where it begins: its outline comes back below its first point."""
    return [outline[-1] - outline[0] for outline in bands["ys"]]


def test_places_stand_in_map_order_with_the_ends_of_journeys_last() -> None:
    plot = TouchpointFlow().draw(**READ)
    assert labels(plot.yaxis[0]) == ["start of the journey\n2", "Home\n3", "Cart\n2"]
    assert labels(plot.yaxis[1]) == ["Home\n3", "Cart\n2", "success\n1", "left\n1"]


def test_band_is_as_high_as_its_number_of_moves() -> None:
    plot = TouchpointFlow().draw(**READ)
    assert heights(drawn(plot, "forward")) == pytest.approx([2, 2])
    assert heights(drawn(plot, "back")) == pytest.approx([1])
    assert heights(drawn(plot, "success")) == pytest.approx([1])
    assert heights(drawn(plot, "lost")) == pytest.approx([1])


def test_bands_of_one_place_touch_and_places_do_not() -> None:
    plot = TouchpointFlow().draw(**READ)
    start, forward = drawn(plot, "forward")["ys"]
    (ended,) = drawn(plot, "success")["ys"]
    assert start[0] == 0
    assert forward[0] > start[-1]
    assert ended[0] == pytest.approx(forward[-1])


def test_table_has_a_row_for_each_band() -> None:
    table = TouchpointFlow().table(**READ)
    rows = [[str(row.source), str(row.target), row.moves] for row in table.itertuples()]
    assert rows == [
        ["start of the journey", "Home", 2],
        ["Home", "Cart", 2],
        ["Home", "success", 1],
        ["Cart", "Home", 1],
        ["Cart", "left", 1],
    ]


def test_summary_names_the_most_frequent_move_and_counts_the_way_back() -> None:
    most, back = map(str, TouchpointFlow().summary(**READ))
    assert most.startswith("The most frequent move led from Home to Cart: 2 of the 3 moves from")
    assert back == "1 of 3 moves between touchpoints led back or to the same one."


def test_moves_beyond_the_most_frequent_are_summed_up_so_that_none_is_lost() -> None:
    table = TouchpointFlow(links=2).table(**READ)
    assert [str(target) for target in table["target"]][-1] == "other touchpoints"
    assert table["moves"].sum() == 7


def test_moves_of_few_people_are_left_out_and_said_to_be() -> None:
    hidden = READ["transitions"].astype({"moves": "Int64"})
    hidden.loc[hidden["moves"] == 1, "moves"] = None
    few = {**READ, "transitions": hidden}
    assert TouchpointFlow().table(**few)["moves"].tolist() == [2, 2]
    assert "neither drawn nor counted" in str(TouchpointFlow().summary(**few)[-1])


def test_number_of_links_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`links` is 0\. Give the number of bands"):
        TouchpointFlow(links=0)
