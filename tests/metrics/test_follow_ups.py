"""Whether somebody turned to customers after a bad answer."""

from __future__ import annotations

import pytest

from cjm_notebooks import measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.follow_ups import FollowUps
from tests.journeys import journeys

SOON = "home@1 csat=1@3 help@4"
LATE = "home@1 csat=1@3 help@8"
BEFORE = "help@2 csat=2@3"
GOOD = "home@1 csat=5@3 help@4"


def test_contact_counts_within_the_hours_after_a_bad_answer() -> None:
    table = measure(FollowUps("help"), journeys(SOON, LATE, BEFORE, GOOD))
    assert table["hours"].tolist() == [24, 48, 168]
    assert table["watched"].tolist() == [3, 3, 3]
    assert table["contacted"].tolist() == [1, 1, 2]


def test_answer_of_the_last_days_is_open() -> None:
    table = measure(FollowUps("support"), journeys("home@1 csat=1@97", until=100))
    assert table["watched"].tolist() == [1, 1, 0]
    assert table["open"].tolist() == [0, 0, 1]


def test_only_answers_since_a_day_count() -> None:
    table = measure(FollowUps("help", since="1970-02-01"), journeys(SOON, "home@1 csat=1@50"))
    assert table["watched"].tolist() == [1, 1, 1]
    assert table["contacted"].tolist() == [0, 0, 0]


def test_without_a_place_of_contact_there_are_no_rows() -> None:
    assert measure(FollowUps(), journeys(SOON)).empty


def test_place_that_the_map_does_not_have_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"no stage or touchpoint `desk`"):
        measure(FollowUps("desk"), journeys(SOON))
    with pytest.raises(ParameterError, match=r"`hours` is \(48, 24\)\. Give numbers above 0"):
        FollowUps("help", hours=(48, 24))
