"""Nothing is anywhere in the tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from cjm_notebooks.teaching.generators.null import SLOTS, Null
from tests.teaching.generators.counting import (
    ERRORS,
    Counted,
    difference,
    is_planted,
    large,
    ratings,
)

RARE = 1e-4


def test_every_event_loses_the_same_share() -> None:
    counted = Counted.of("null")
    came = [np.any([counted.who(event) for event in ways], axis=0) for ways in SLOTS]
    for here, there in zip(came, [*came[1:], counted.who("enrolled_again")], strict=True):
        assert is_planted(~there, here, Null().drop)


def test_which_of_two_ways_is_taken_decides_nothing() -> None:
    counted, again = Counted.of("null"), Counted.of("null").who("enrolled_again")
    for one, other in (tuple(ways) for ways in SLOTS if len(ways) == 2):
        found, error = difference(again, counted.who(one), counted.who(other))
        assert abs(found) < ERRORS * error


def test_no_group_ends_otherwise_or_answers_otherwise() -> None:
    counted, answers = Counted.of("null"), ratings("null").query("question == 'rating'")
    for segment in ("age", "district", "card"):
        ended = pd.crosstab(counted.known[segment], counted.who("enrolled_again"))
        assert chi2_contingency(ended).pvalue > RARE
        assert chi2_contingency(pd.crosstab(answers[segment], answers["score"])).pvalue > RARE


def test_ratings_are_the_same_everywhere_and_always() -> None:
    answers = ratings("null").query("question == 'rating'")
    week = answers["at"].dt.isocalendar().week
    for groups in (answers["touchpoint"], week):
        table = pd.crosstab(groups, answers["score"])
        assert chi2_contingency(table[table.sum(axis=1) > 100]).pvalue > RARE


def test_truth_of_nothing_names_no_fact() -> None:
    assert large("null").truth.facts == ()
