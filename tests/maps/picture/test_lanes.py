"""What each lane of a map says at each touchpoint."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap, Stage, Touchpoint
from cjm_notebooks.maps.picture import LANES
from cjm_notebooks.maps.picture.emotion import felt_at
from cjm_notebooks.maps.picture.lanes import Lanes, lanes_to_show
from tests.maps.picture.shop import FIVE_STARS, NUMBERS, SHOP, number

SOURCE = Lanes(SHOP, NUMBERS, language("en"))
HOME, SEARCH, NOTHING_YET = SOURCE.columns()


def said(column, lane):
    return [(line.text, line.notes) for line in column.lanes[lane]]


def test_lanes_stand_in_the_order_in_which_maps_are_read():
    assert list(LANES) == [
        "touchpoint",
        "measured",
        "channel",
        "department",
        "doing",
        "thinking",
        "feeling",
        "expectation",
        "emotion",
        "pain_points",
        "moments_of_truth",
        "opportunities",
        "evidence",
        "backstage",
    ]


def test_touchpoint_says_what_kind_it_is_unless_it_is_an_act_that_everybody_does():
    assert said(HOME, "touchpoint") == [("Home page", ("message", "optional"))]
    assert said(SEARCH, "touchpoint") == [("Search", ())]


def test_channels_and_departments_go_by_the_names_of_the_map_or_else_by_common_words():
    assert said(HOME, "channel") == [("web mobile", ())]
    assert said(SEARCH, "channel") == [("The desk", ())]
    assert said(HOME, "department") == [
        ("Front office", ()),
        ("it operations", ("takes over next",)),
    ]


def test_claim_says_its_status_and_the_best_grade_of_its_evidence():
    assert said(SEARCH, "pain_points") == [("Nothing is found.", ("high", "refuted", "evidence A"))]
    assert said(SEARCH, "moments_of_truth") == [
        ("They leave here.", ("zero moment of truth", "hypothesis", "no evidence"))
    ]
    assert said(HOME, "emotion")[0] == ("good (+1)", ("validated", "evidence C"))
    assert {line.kind for line in SEARCH.lanes["pain_points"]} == {"claimed"}


def test_measured_number_says_interval_n_open_and_grade():
    assert said(HOME, "measured")[0] == (
        "reached by 25.0%",
        ("95% interval 20.0% – 30.0%", "n 400", "3 open", "grade B"),
    )
    assert {line.kind for line in HOME.lanes["measured"]} == {"measured"}


def test_expectation_stands_beside_the_gap_that_was_measured():
    assert said(HOME, "expectation") == [
        ("It is quick.", ("level 4 of 1 to 5", "hypothesis", "no evidence")),
        (
            "gap to the expectation 0.50",
            ("95% interval 0.40 – 0.60", "n 400", "expectation exceeded"),
        ),
    ]


def test_mean_score_that_speaks_for_all_is_moved_to_the_scale_of_emotions():
    """4.5 on 1 to 5 is 3.5 of 4 steps up, and so is 1.5 on -2 to 2."""
    felt = HOME.felt
    assert (felt.claimed, felt.measured, felt.low, felt.high) == (1, 1.5, 1.0, 2.0)
    assert said(HOME, "emotion")[1] == (
        "+1.50",
        ("mean score, weighted 4.50", "95% interval 4.00 – 5.00", "n 400", "confirmed"),
    )
    assert [text for text, _ in said(HOME, "measured")] == ["reached by 25.0%", "mean score 4.00"]


@pytest.mark.parametrize("scale", [{}, {"scale_min": 1}, {"scale_min": 5, "scale_max": 1}])
def test_mean_score_without_a_scale_is_no_emotion(scale):
    asked = Touchpoint(id="a", name="A", emotion=2)
    felt = felt_at(asked, (number("a", "mean-score", 4.0, **scale),))
    assert (felt.claimed, felt.measured) == (2, None)


def test_of_two_questions_about_a_touchpoint_the_one_with_more_answers_is_its_emotion():
    few = number("a", "mean-score:Q1", 1.0, n=10, **FIVE_STARS)
    many = number("a", "mean-score:Q2", 3.0, n=11, **FIVE_STARS)
    assert felt_at(Touchpoint(id="a", name="A"), (few, many)).measured == 0


def test_opportunity_stands_at_the_pain_it_relieves_or_where_its_stage_begins():
    assert said(SEARCH, "opportunities") == [("Forgive typos", ("idea",))]
    assert said(HOME, "opportunities") == [("Be faster", ("running",))]


def test_evidence_stands_at_what_names_it_and_at_what_it_speaks_against():
    assert said(HOME, "evidence") == [("Twelve talks", ("n 12", "evidence C"))]
    (log,) = SEARCH.lanes["evidence"]
    assert (log.text, log.notes) == ("The log", ("evidence A", "speaks against it"))
    assert log.url == "https://example.org/log?a=1&b=2"


def test_backstage_says_where_and_with_what_the_work_is_done():
    assert said(SEARCH, "backstage") == [
        ("Index anew", ("behind the line of visibility", "Front office", "Solr"))
    ]


def test_stage_without_touchpoints_has_a_column_too():
    assert (NOTHING_YET.stage.name, NOTHING_YET.touchpoint) == ("Buy", None)


def test_map_and_outcomes_have_numbers_of_their_own():
    assert [line.text for line in SOURCE.of_the_whole()] == [
        "NPS 39.84",
        "Paid: ended this way 40.0%",
    ]
    assert [line.text for line in SOURCE.of_stage(SHOP.stages[0])] == ["reached by 25.0%"]


def test_only_lanes_that_show_something_are_shown_unless_lanes_are_named():
    columns = SOURCE.columns()
    assert "thinking" not in lanes_to_show(None, columns)
    assert lanes_to_show(("emotion", "touchpoint", "thinking", "emotion"), columns) == (
        "emotion",
        "thinking",
    )


def test_unknown_lane_is_refused_with_the_nearest_one():
    with pytest.raises(ParameterError, match=r"no lane `emotions`\. Did you mean `emotion`"):
        SHOP.picture(lanes=["emotions"])


def test_reference_to_nothing_is_left_out_of_the_lane_and_stays_a_problem():
    lost = Touchpoint(id="a", name="A", evidence=("gone",), emotion=0)
    known = JourneyMap(id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=(lost,)),))
    (column,) = Lanes(known, None, language("en")).columns()
    assert said(column, "evidence") == []
    assert said(column, "emotion") == [("neither good nor bad (0)", ("hypothesis", "no evidence"))]
    assert len(known.problems()) == 1
