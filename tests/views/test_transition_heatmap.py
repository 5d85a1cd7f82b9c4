"""The matrix of moves, each row a whole."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.transition_heatmap import TransitionHeatmap
from tests.journeys import journeys
from tests.views import drawn, labels, readings

LOOP = journeys("home@1 cart@2 home@3 cart@4", "home@1 paid@2", "home@95")
READ = readings(TransitionHeatmap(), LOOP)


def test_cells_stand_where_a_move_led_from_and_to_in_map_order() -> None:
    plot = TransitionHeatmap().draw(**READ)
    assert labels(plot.yaxis[0]) == ["start of the journey", "Home", "Cart"]
    assert labels(plot.xaxis[0]) == ["Home", "Cart", "success", "left"]
    forward, back = drawn(plot, "forward"), drawn(plot, "back")
    assert list(zip(forward["x"], forward["y"], strict=True)) == [(0, 0), (1, 1)]
    assert list(zip(back["x"], back["y"], strict=True)) == [(0, 2)]


def test_stronger_cells_are_larger_shares() -> None:
    cells = drawn(TransitionHeatmap().draw(**READ), "forward")
    assert cells["label"] == ["100%", "67%"]
    assert cells["alpha"][0] > cells["alpha"][1]


def test_rare_move_is_not_written_as_none() -> None:
    once = READ["transitions"].assign(share=0.004)
    cells = drawn(TransitionHeatmap().draw(**{**READ, "transitions": once}), "forward")
    assert cells["label"] == ["<1%", "<1%"]


def test_row_adds_up_to_all_decided_moves_although_one_journey_is_open() -> None:
    table = TransitionHeatmap().table(**READ)
    assert "still open" not in [str(target) for target in table["target"]]
    assert table.groupby(table["source"].map(str))["share"].sum().tolist() == pytest.approx(
        [1, 1, 1]
    )


def test_touchpoints_beyond_the_busiest_share_a_column() -> None:
    table = TransitionHeatmap(touchpoints=1).table(**READ)
    rows = [[str(row.source), str(row.target), row.moves] for row in table.itertuples()]
    assert rows == [
        ["start of the journey", "Home", 3],
        ["Home", "success", 1],
        ["Home", "other touchpoints", 2],
    ]
    assert table["share"].tolist() == pytest.approx([1, 1 / 3, 2 / 3])


def test_number_of_touchpoints_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`touchpoints` is 0\. Give the number of them"):
        TransitionHeatmap(touchpoints=0)
