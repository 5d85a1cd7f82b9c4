"""Gaps between what is met and what is expected, against scipy's tests of every answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cjm_notebooks import JourneyMap, Question, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Expectation
from cjm_notebooks.metrics.expectation_gap import ExpectationGap
from tests.journeys import ONE_EACH, QUESTIONS, journeys

MET = [3, 2, 4, 5, 1, 3, 3]
EXPECTED = [5, 4, 4, 5, 3, 5, 4]


def gaps(
    *customers: str, on: JourneyMap = ONE_EACH, questions: tuple[Question, ...] = QUESTIONS
) -> pd.DataFrame:
    return measure(ExpectationGap(), journeys(*customers, on=on, questions=questions))


def expecting(
    value: float | None, scale: tuple[float, float] | None = (1, 5), department: str | None = None
) -> JourneyMap:
    """The shop whose map claims what customers expect of `home`."""
    low, high = scale or (None, None)
    claim = Expectation(text="Quick to find", value=value, scale_min=low, scale_max=high)
    browse, *others = ONE_EACH.stages
    home, *rest = browse.touchpoints
    changed = home.model_copy(update={"expectation": claim, "department": department})
    stage = browse.model_copy(update={"touchpoints": (changed, *rest)})
    return ONE_EACH.model_copy(update={"stages": (stage, *others)})


def met(scores: list[int]) -> list[str]:
    return [f"csat:home={score}" for score in scores]


def test_gap_to_a_claim_is_the_one_sample_test_of_scipy() -> None:
    (row,) = gaps(*met(MET), on=expecting(4.5, department="marketing")).itertuples()
    scipy = stats.ttest_1samp(MET, 4.5)
    assert (row.expected, row.expected_source, row.expected_n) == (4.5, "claim", 0)
    assert (row.perceived, row.perceived_n) == (3, 7)
    assert row.gap == -1.5
    assert row.p == pytest.approx(scipy.pvalue)
    low, high = scipy.confidence_interval(0.95)
    assert (row.low, row.high) == pytest.approx((low - 4.5, high - 4.5))
    assert row.standardised == pytest.approx(-1.5 / np.std(MET, ddof=1))
    assert (row.touchpoint, row.department, row.paired) == ("home", "marketing", False)


def test_gap_of_the_same_respondents_is_the_paired_test_of_scipy() -> None:
    both = zip(MET, EXPECTED, strict=True)
    (row,) = gaps(*[f"csat:home={m} expected:home={e}" for m, e in both]).itertuples()
    scipy = stats.ttest_rel(MET, EXPECTED)
    assert (row.expected_source, row.expected_n, row.perceived_n) == ("answers", 7, 7)
    assert row.paired
    assert row.gap == pytest.approx(21 / 7 - 30 / 7)
    assert row.p == pytest.approx(scipy.pvalue)
    assert (row.low, row.high) == pytest.approx(tuple(scipy.confidence_interval(0.95)))
    differences = np.subtract(MET, EXPECTED)
    assert row.standardised == pytest.approx(differences.mean() / differences.std(ddof=1))


def test_gap_of_other_respondents_is_the_welch_test_of_scipy() -> None:
    (row,) = gaps(*met(MET), *[f"expected:home={score}" for score in EXPECTED[:5]]).itertuples()
    scipy = stats.ttest_ind(MET, EXPECTED[:5], equal_var=False)
    assert not row.paired
    assert row.gap == pytest.approx(3 - 21 / 5)
    assert row.p == pytest.approx(scipy.pvalue)
    assert (row.low, row.high) == pytest.approx(tuple(scipy.confidence_interval(0.95)))
    assert row.standardised == pytest.approx((3 - 21 / 5) / np.std(MET, ddof=1))


def test_one_respondent_who_left_a_question_out_unpairs_the_rest() -> None:
    table = gaps("csat:home=3 expected:home=5", "csat:home=4 expected:home=4", "csat:home=2")
    assert table["paired"].tolist() == [False]


def test_respondent_who_answered_twice_is_no_pair() -> None:
    pairs = ["csat:home=3 expected:home=5", "csat:home=4 expected:home=4"]
    assert gaps(*pairs, "csat:home=2 csat:home=3 expected:home=5 expected:home=4")[
        "paired"
    ].tolist() == [False]
    assert gaps(*pairs, "csat:home=2 csat:home=3")["paired"].tolist() == [False]


def test_customers_who_answer_again_alike_know_less_than_strangers() -> None:
    on = expecting(4)
    strangers = gaps(*met([5, 3, 2, 1] * 6), on=on).iloc[0]
    regulars = gaps(*[f"csat:home={s} csat:home={s}" for s in [5, 3, 2, 1] * 3], on=on).iloc[0]
    assert strangers["perceived_n"] == regulars["perceived_n"] == 24
    assert regulars["low"] < strangers["low"] < strangers["high"] < regulars["high"]
    assert regulars["p"] > strangers["p"]


def test_answers_about_the_expectation_outrank_the_claim_of_the_map() -> None:
    table = gaps("csat:home=3 expected:home=2", "csat:home=4 expected:home=2", on=expecting(5))
    assert table[["expected", "expected_source", "gap"]].to_numpy().tolist() == [
        [2, "answers", 1.5]
    ]


def test_claim_on_another_scale_is_not_compared() -> None:
    assert gaps(*met(MET), on=expecting(4, scale=(1, 7))).empty


def test_claim_without_a_scale_is_on_any_that_holds_its_value() -> None:
    ten = Question("ten", "csat", (1, 10))
    questions = (*QUESTIONS, ten)
    answers = ["csat:home=4 ten:home=7", "csat:home=2 ten:home=8"]
    four, seven = (
        gaps(*answers, on=expecting(value, scale=None), questions=questions) for value in (4, 7)
    )
    assert four[["scale_high", "gap"]].to_numpy().tolist() == [[5, -1], [10, 3.5]]
    assert seven[["scale_high", "gap"]].to_numpy().tolist() == [[10, 0.5]]


def test_questions_on_one_scale_are_taken_together() -> None:
    (row,) = gaps("csat:home=3", "stars:home=4", on=expecting(4)).itertuples()
    assert (row.perceived, row.perceived_n) == (3.5, 2)


def test_touchpoint_with_one_side_only_has_no_gap() -> None:
    assert gaps("csat:home=3", "expected:cart=5 csat=3 expected=5").empty
    assert gaps(*met(MET), on=expecting(None)).empty
    assert gaps("home@1", on=expecting(4)).empty
    assert gaps("home@1").empty


def test_rows_stand_in_map_order() -> None:
    table = gaps("csat:pay=3 expected:pay=5 csat:product=4 expected:product=1", "csat:home=1")
    assert table["touchpoint"].tolist() == ["product", "pay"]
    assert table["gap"].tolist() == [3, -2]
    assert table[["low", "high", "p", "standardised"]].isna().all(axis=None)


def test_perceived_names_kinds_of_question_about_what_was_met() -> None:
    with pytest.raises(ParameterError, match="`perceived` names `expectation`, which is what"):
        ExpectationGap(perceived=("expectation",))
    with pytest.raises(ParameterError, match="`perceived` names `star`, which is no kind"):
        ExpectationGap(perceived=("star",))
