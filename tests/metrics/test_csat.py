"""Satisfaction counted by hand, and means against scipy, which sees every answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cjm_notebooks import Question, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import QUESTIONS, journeys

EFFORT = Question("effort", "ces", (1, 7))
SMILEYS = Question("smileys", "csat", (1, 3))
LIKERT = Question("likert", "csat", (0, 3))


def csat(
    *customers: str, questions: tuple[Question, ...] = QUESTIONS, metric: Csat | None = None
) -> pd.DataFrame:
    return measure(metric or Csat(), journeys(*customers, questions=questions))


def test_mean_has_the_interval_of_student() -> None:
    scores = [5, 4, 4, 2, 3, 4, 3]
    (row,) = csat(*[f"csat={score}" for score in scores]).itertuples()
    assert row.mean == pytest.approx(25 / 7)
    interval = stats.ttest_1samp(scores, 0).confidence_interval(0.95)
    assert (row.low, row.high) == pytest.approx(tuple(interval))
    assert (row.scale_low, row.scale_high) == (1, 5)


def test_two_best_and_two_worst_points_are_counted() -> None:
    (row,) = csat(*[f"csat={score}" for score in (1, 2, 2, 3, 4, 4.5, 5, 5)]).itertuples()
    assert (row.n, row.top2, row.bottom2) == (8, 4, 3)
    assert (row.top2_share, row.bottom2_share) == (4 / 8, 3 / 8)
    assert (row.top2_low, row.top2_high) == wilson(4, 8)
    assert (row.bottom2_low, row.bottom2_high) == wilson(3, 8)


def test_four_points_have_two_best_and_three_have_none() -> None:
    table = csat("likert=3 smileys=3", "likert=1 smileys=2", questions=(LIKERT, SMILEYS))
    assert table["top2"].tolist() == [1, pd.NA]
    assert table["bottom2"].tolist() == [1, pd.NA]
    assert table["mean"].tolist() == [2, 2.5]
    shares = ["top2_share", "top2_low", "top2_high", "bottom2_share", "bottom2_low", "bottom2_high"]
    assert table.loc[1, shares].isna().all()


def test_interval_of_a_mean_does_not_leave_the_scale() -> None:
    (row,) = csat("csat=5", "csat=4").itertuples()
    assert (row.low, row.high) == (1, 5)


def test_rows_stand_by_question_then_in_map_order_and_the_whole_journey_last() -> None:
    table = csat("stars=1 csat=2 csat:pay=3 csat:home=4", "stars:cart=5 nps=9 expected=5")
    assert table["question"].tolist() == ["csat", "csat", "csat", "stars", "stars"]
    assert table["kind"].tolist() == ["csat", "csat", "csat", "stars", "stars"]
    assert table["touchpoint"].fillna("").tolist() == ["home", "pay", "", "cart", ""]
    assert table["mean"].tolist() == [4, 3, 2, 5, 1]


def test_other_kinds_are_reported_when_named() -> None:
    table = csat("effort=7 csat=1", questions=(*QUESTIONS, EFFORT), metric=Csat(kinds=("ces",)))
    assert table[["question", "mean", "top2"]].to_numpy().tolist() == [["effort", 7, 1]]


def test_weights_move_the_weighted_mean_and_leave_the_raw_one() -> None:
    """Weights 3, 1 and 1: (15 + 1 + 3) / 5, of 25 / 11 effective answers."""
    (row,) = csat("csat=5*3", "csat=1", "csat=3").itertuples()
    assert row.mean == 3
    assert row.weighted_mean == pytest.approx(19 / 5)
    assert row.effective_n == pytest.approx(25 / 11)
    assert 1 <= row.weighted_low < 19 / 5 < row.weighted_high <= 5


def test_without_weights_there_is_no_weighted_mean() -> None:
    table = csat("csat=5", "csat=3")
    assert table[["weighted_mean", "weighted_low", "weighted_high"]].isna().all(axis=None)
    assert table["effective_n"].tolist() == [2]


def test_customers_who_answer_again_alike_know_less_than_strangers() -> None:
    strangers = csat(*["csat=4"] * 12, *["csat=2"] * 12)
    regulars = csat(*["csat=4 csat=4"] * 6, *["csat=2 csat=2"] * 6)
    for column, outside in (("low", np.less), ("high", np.greater)):
        assert outside(regulars[column], strangers[column]).all()
        assert outside(regulars[f"top2_{column}"], strangers[f"top2_{column}"]).all()


def test_answers_that_are_all_equal_have_a_mean_without_an_interval() -> None:
    (row,) = csat("csat=4", "csat=4", "csat=4").itertuples()
    assert row.mean == 4
    assert np.isnan([row.low, row.high]).all()
    assert row.top2_share == 1


def test_nobody_asked_has_no_rows() -> None:
    assert csat("home@1").empty
    assert csat("nps=9").empty


def test_kinds_of_question_have_to_be_known() -> None:
    with pytest.raises(ParameterError, match="`kinds` names `cast`, which is no kind of question"):
        Csat(kinds=("cast",))
    with pytest.raises(ParameterError, match=r"`kinds` is empty\. Name at least one kind"):
        Csat(kinds=())
