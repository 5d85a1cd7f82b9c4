"""Gaps between expected and perceived, below the department that owns them."""

from __future__ import annotations

import math

from cjm_notebooks.maps import Department
from cjm_notebooks.views.expectation_gap import ExpectationGap
from tests.journeys import journeys
from tests.views import claimed_shop, drawn, headings, labels, readings

SHOP = claimed_shop().model_copy(update={"departments": (Department(id="web", name="The web"),)})
ANSWERS = journeys(
    "csat:cart=2@1 csat:pay=5@2", "csat:cart=3@1 csat:pay=4@2", "csat:cart=2@1", on=SHOP
)
READ = readings(ExpectationGap(), ANSWERS)


def test_touchpoints_stand_below_the_department_that_owns_them() -> None:
    plot = ExpectationGap().draw(**READ)
    assert headings(plot) == ["The web", "care"]
    assert plot.yaxis[0].major_label_overrides == {1: "Cart", 3: "Pay"}


def test_bars_are_what_was_perceived_less_what_was_expected() -> None:
    plot = ExpectationGap().draw(**READ)
    assert math.isclose(drawn(plot, "short")["gap"][0], 7 / 3 - 4)
    assert drawn(plot, "met")["gap"] == [4.5 - 3]
    assert labels(plot.yaxis[1]) == ["-1.67", "+1.50"]
    assert plot.xaxis[0].axis_label == ("perceived less expected, in points of a scale from 1 to 5")


def test_table_says_who_expects_how_much() -> None:
    table = ExpectationGap().table(**READ)
    assert table["department"].tolist() == ["The web", "care"]
    assert [str(source) for source in table["expected_source"]] == ["the map", "the map"]
    assert table["expected"].tolist() == [4, 3]
    assert table["perceived_n"].tolist() == [3, 2]


def test_gaps_on_different_scales_are_drawn_as_shares_of_them() -> None:
    mixed = READ["expectation_gap"].astype({"scale_high": float})
    mixed.loc[1, "scale_high"] = 11
    plot = ExpectationGap().draw(**{**READ, "expectation_gap": mixed})
    assert math.isclose(drawn(plot, "short")["gap"][0], (7 / 3 - 4) / 4)
    assert drawn(plot, "met")["gap"] == [0.15]
    assert plot.xaxis[0].axis_label == "perceived less expected, as a share of the scale"


def test_summary_counts_the_shortfalls_beyond_doubt_and_names_the_lowest() -> None:
    below, lowest = map(str, ExpectationGap().summary(**READ))
    assert below == "At 1 of 2 touchpoints the whole interval lies below what customers expected."
    assert lowest.startswith("The lowest gap is -1.67 at Cart: expected 4.00, perceived 2.33")
    assert lowest.endswith("3 answers).")
