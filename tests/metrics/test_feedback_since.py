"""Answers since a day, and how many of them are bad."""

from __future__ import annotations

from datetime import date

from cjm_notebooks import measure
from cjm_notebooks.metrics.feedback_since import FeedbackSince
from tests.journeys import ONE_EACH, journeys

SAID = ("csat:pay=1@3 csat:pay=5@40", "csat:pay=2@41", "nps=6@50", "nps=7@50", "csat:pay=3")
REVIEWED = ONE_EACH.model_copy(update={"last_reviewed": date(1970, 2, 1)})
COUNTS = ["question", "negative", "n", "earlier_negative", "earlier_n", "untimed"]


def test_bad_answers_are_counted_on_both_sides_of_the_day() -> None:
    table = measure(FeedbackSince(since="1970-02-01"), journeys(*SAID))
    assert table[COUNTS].to_numpy().tolist() == [
        ["nps", 1, 2, 0, 0, 0],
        ["csat", 1, 2, 1, 1, 1],
    ]


def test_unless_said_the_day_is_that_of_the_last_review() -> None:
    reviewed = measure(FeedbackSince(), journeys(*SAID, on=REVIEWED))
    said = measure(FeedbackSince(since="1970-02-01"), journeys(*SAID))
    assert reviewed[COUNTS].equals(said[COUNTS])


def test_all_is_new_to_a_map_that_was_never_reviewed() -> None:
    table = measure(FeedbackSince(), journeys(*SAID))
    assert table["n"].tolist() == [2, 3]
    assert table["earlier_n"].tolist() == [0, 0]
