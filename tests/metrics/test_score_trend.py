"""Answers by the month in which they were given."""

from __future__ import annotations

import pytest

from cjm_notebooks import measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.score_trend import ScoreTrend
from tests.journeys import journeys


def test_each_month_has_the_mean_of_its_answers() -> None:
    """Day 3 lies in January, days 31 and 40 in February 1970."""
    table = measure(ScoreTrend(), journeys("csat=5@3", "csat=3@31", "csat=2@40", "csat=1"))
    assert table["period"].tolist() == ["1970-01-01", "1970-02-01"]
    assert table["mean"].tolist() == [5, 2.5]
    assert table["n"].tolist() == [1, 2]
    assert table["untimed"].tolist() == [1, 1]


def test_only_the_last_months_are_told_and_the_last_one_can_be_said() -> None:
    said = journeys("csat=5@3", "csat=3@31", "csat=2@70")
    last_two = measure(ScoreTrend(periods=2), said)
    assert last_two["period"].tolist() == ["1970-03-01"]
    until = measure(ScoreTrend(periods=2, until="1970-02-15T12:00:00Z"), said)
    assert until["period"].tolist() == ["1970-01-01", "1970-02-01"]


def test_recommendation_is_told_in_its_own_points() -> None:
    (row,) = measure(ScoreTrend(), journeys("nps=9@3", "nps=6@4", "nps=2@5")).itertuples()
    assert row.mean == pytest.approx(-100 / 3)


def test_answers_without_a_time_have_no_month() -> None:
    assert measure(ScoreTrend(until="1970-03-01"), journeys("csat=5", "csat=4")).empty


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"`periods` is 1\. Give the number of periods"):
        ScoreTrend(periods=1)
    with pytest.raises(ParameterError, match=r"`until` is `now`, which is no day"):
        ScoreTrend(until="now")
