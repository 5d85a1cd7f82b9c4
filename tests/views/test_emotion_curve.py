"""Claimed and reported emotions on one scale."""

from __future__ import annotations

import math

from cjm_notebooks.views.emotion_curve import EmotionCurve
from tests.journeys import journeys
from tests.views import claimed_shop, drawn, headings, labels, readings

ANSWERS = journeys(
    "home@1 csat:home=4@1 stars:home=1@1",
    "home@1 csat:home=4@1 csat:pay=5@2",
    "home@1 csat:home=5@1 csat:pay=5@2",
    on=claimed_shop(),
)
READ = readings(EmotionCurve(), ANSWERS)


def test_touchpoints_stand_in_map_order_below_their_stages() -> None:
    plot = EmotionCurve().draw(**READ)
    assert labels(plot.xaxis[0]) == ["Home", "Product", "Cart", "Pay", "Help"]
    assert headings(plot) == ["Browse", "Cart", "Pay", "Support"]


def test_answers_are_moved_to_the_scale_of_the_claims() -> None:
    points = drawn(EmotionCurve().draw(**READ), "felt")
    assert math.isclose(points["felt"][0], (13 / 3 - 1) / 4 * 4 - 2)
    assert points["felt"][3] == 2
    assert points["claimed"][0] == 1


def test_line_breaks_where_nothing_was_claimed_or_asked() -> None:
    points = drawn(EmotionCurve().draw(**READ), "felt")
    assert [math.isnan(felt) for felt in points["felt"]] == [False, True, True, False, True]
    assert [math.isnan(claim) for claim in points["claimed"]] == [False, True, False, True, True]


def test_of_two_questions_the_one_with_most_answers_counts() -> None:
    table = EmotionCurve().table(**READ)
    assert table["n"].fillna(0).tolist() == [3, 0, 0, 2, 0]
    assert str(table["scale"][0]) == "1 to 5"
    assert str(table["status"][0]) == "validated"


def test_summary_names_the_touchpoint_where_claim_and_answers_differ_most() -> None:
    most, outside, counts = map(str, EmotionCurve().summary(**READ))
    assert most.startswith("The claim and the answers differ most at Home: claimed +1.00, reported")
    assert most.endswith("3 answers).")
    assert outside == "0 of 1 claims with answers lie outside the interval."
    assert counts == "The map claims an emotion at 2 of 5 touchpoints; customers were asked at 2."


def test_claims_alone_are_drawn_without_a_line_for_answers() -> None:
    silent = readings(EmotionCurve(), journeys("home@1", on=claimed_shop()))
    names = {renderer.name for renderer in EmotionCurve().draw(**silent).renderers}
    assert names & EmotionCurve.series.keys() == {"claimed"}
