"""Bars of bad answers, hatched where the map knows of no pain."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.negative_feedback import NegativeFeedback
from tests.journeys import journeys
from tests.views import claimed_shop, drawn, readings

SINCE = NegativeFeedback("1970-02-01")
SAID = journeys(
    "csat:pay=1@40", "csat:pay=5@40", "csat:product=2@40", "csat:pay=1@3", on=claimed_shop()
)
READ = readings(SINCE, SAID)


def test_bars_are_the_new_bad_answers_and_the_mark_the_earlier_ones() -> None:
    plot = SINCE.draw(**READ)
    unknown, known = drawn(plot, "unknown"), drawn(plot, "known")
    assert (unknown["here"], unknown["was"]) == ([0.5], [1])
    assert known["here"] == [1]


def test_table_says_whether_the_map_knows_of_the_pain() -> None:
    table = SINCE.table(**READ)
    rows = zip(
        table["touchpoint"], table["negative"], table["n"], map(str, table["pain"]), strict=True
    )
    assert list(rows) == [("Product", 1, 1, "on the map"), ("Pay", 1, 2, "not on the map")]


def test_answers_without_a_time_are_told() -> None:
    read = readings(SINCE, journeys("csat=1", "csat=2"))
    assert list(map(str, SINCE.summary(**read))) == [
        "No answer is known to be new; 2 have no time."
    ]


def test_number_of_rows_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`rows` is 0\. Give the number"):
        NegativeFeedback(rows=0)
