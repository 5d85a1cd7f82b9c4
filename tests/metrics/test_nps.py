"""Net Promoter Scores counted by hand, and vectors published for their interval."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import measure
from cjm_notebooks.metrics.nps import Nps
from tests.journeys import journeys


def nps(*customers: str) -> pd.DataFrame:
    return measure(Nps(), journeys(*customers))


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "score", "low", "high"),
    [
        (50, 30, 20, 30, 14.05, 44.20),
        (5, 3, 2, 30, -19.05, 65.20),
        (200, 100, 100, 25, 16.72, 32.90),
        (10, 0, 0, 100, 47.50, 100),
    ],
)
def test_score_has_the_adjusted_wald_interval(
    promoters: int, passives: int, detractors: int, score: float, low: float, high: float
) -> None:
    table = nps(*["nps=9"] * promoters, *["nps=8"] * passives, *["nps=0"] * detractors)
    (row,) = table.itertuples()
    assert (row.promoters, row.passives, row.detractors) == (promoters, passives, detractors)
    assert row.n == row.effective_n == promoters + passives + detractors
    assert row.nps == pytest.approx(score)
    assert (row.low, row.high) == pytest.approx((low, high), abs=0.005)


def test_nine_promotes_and_six_detracts() -> None:
    (row,) = nps(*[f"nps={score}" for score in range(11)]).itertuples()
    assert (row.promoters, row.passives, row.detractors) == (2, 2, 7)


def test_touchpoints_stand_in_map_order_and_the_whole_journey_last() -> None:
    table = nps("nps=9 nps:cart=3", "nps:home=10", "nps:home=8")
    assert table["touchpoint"].tolist()[:2] == ["home", "cart"]
    assert table["touchpoint"].isna().tolist() == [False, False, True]
    assert table["n"].tolist() == [2, 1, 1]
    assert table["nps"].tolist() == [50, -100, 100]


def test_other_questions_are_not_asked_whether_customers_recommend() -> None:
    assert nps("csat=5 nps=9", "stars:home=1")["n"].tolist() == [1]


def test_weights_move_the_weighted_score_and_leave_the_raw_one() -> None:
    """Weights 2, 1 and 1: promoters have 2 of 4, detractors 1; (4^2) / (4 + 1 + 1) answers."""
    (row,) = nps("nps=9*2", "nps=7", "nps=3").itertuples()
    assert row.nps == 0
    assert row.weighted_nps == pytest.approx(25)
    assert row.effective_n == pytest.approx(16 / 6)
    assert row.weighted_low < row.weighted_nps < row.weighted_high


def test_answer_of_no_weight_speaks_for_nobody() -> None:
    journey = journeys("nps=9*0", "nps=3*2")
    assert measure(Nps(), journey)["nps"].tolist() == [-100]
    (feedback,) = (quality for quality in journey.quality if quality.table == "feedback")
    assert feedback.set_aside_rows("no_weight") == 1


def test_weighted_interval_is_that_of_as_many_effective_answers() -> None:
    """Half of the 24 answers count 3 times: (12 + 36)^2 / (12 + 108) are 19.2 effective ones."""
    (row,) = nps(*["nps=9*3"] * 12, *["nps=3"] * 12).itertuples()
    n, p, d = 19.2 + 3, 0.75 * 19.2 + 0.75, 0.25 * 19.2 + 0.75
    reach = 1.959964 * (((p + d) / n - ((p - d) / n) ** 2) / n) ** 0.5
    middle = (p - d) / n
    assert row.effective_n == pytest.approx(19.2)
    assert row.weighted_nps == pytest.approx(50)
    assert row.weighted_low == pytest.approx(100 * (middle - reach))
    assert row.weighted_high == pytest.approx(100 * (middle + reach))


def test_without_weights_there_is_no_weighted_score() -> None:
    table = nps("nps=9", "nps=3")
    assert table[["weighted_nps", "weighted_low", "weighted_high"]].isna().all(axis=None)


def test_customers_who_answer_again_alike_know_less_than_strangers() -> None:
    strangers = nps(*["nps=9"] * 12, *["nps=3"] * 12)
    regulars = nps(*["nps=9 nps=10"] * 6, *["nps=3 nps=0"] * 6)
    assert strangers["n"].item() == regulars["n"].item() == 24
    assert strangers["nps"].item() == regulars["nps"].item() == 0
    assert regulars["low"].item() < strangers["low"].item()
    assert regulars["high"].item() > strangers["high"].item()


def test_same_customer_at_two_touchpoints_repeats_nothing() -> None:
    again = nps(*["nps:home=9 nps:cart=9", "nps:home=3 nps:cart=3"] * 6)
    once = nps(*["nps:home=9", "nps:home=3"] * 6)
    assert again["low"].tolist() == once["low"].tolist() * 2


def test_nobody_asked_has_no_rows() -> None:
    assert nps("home@1").empty
    assert nps("csat=5").empty
