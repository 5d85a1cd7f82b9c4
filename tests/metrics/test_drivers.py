"""What goes with success, beside counts by hand and least squares on the journeys themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from scipy.stats import t

from cjm_notebooks import Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, Segment
from cjm_notebooks.metrics.drivers import Drivers
from tests.journeys import UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys

SOME = (
    "home@1 product@2 paid@3",
    "home@1 product@2 cart@3 paid@4",
    "home@1 cart@2 paid@3",
    "product@1 cart@2",
    "home@1 product@2",
    "home@1",
    "product@1 cart@2 paid@3",
    "home@1 cart@2 cancelled@3",
    "cart@1",
    "home@1 product@2 cart@3 paid@4",
    "product@1",
    "home@1 paid@2",
)


def driven(*customers: str, metric: Drivers | None = None, until: float = 100) -> pd.DataFrame:
    table = measure(metric or Drivers(), journeys(*customers, until=until))
    return table.set_index("touchpoint")


def rows(joined: Journeys) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the decided journeys came to before their outcome, their success and their bucket."""
    came, success, bucket = [], [], []
    many_open = 16 * joined.is_open.sum() ** 2 > joined.n_journeys
    until_early = joined.settled_until - joined.map.journey.quiet_days * MICROSECONDS_PER_DAY
    over = ~joined.is_open
    early = over & (joined.at[joined.starts[:-1]] <= until_early)
    compared = early if many_open and 2 * early.sum() >= over.sum() else over
    for journey in np.flatnonzero(compared):
        reached = joined.outcome[journey] >= 0
        until = joined.outcome_at[journey] if reached else np.inf
        events = range(joined.starts[journey], joined.starts[journey + 1])
        places = {int(joined.touchpoint[event]) for event in events if joined.at[event] < until}
        came.append([place in places for place in range(len(joined.map.touchpoints))])
        success.append(reached and joined.map.outcomes[joined.outcome[journey]].kind == "success")
        code = int(joined.customer_codes[joined.journey_customer[journey]])
        bucket.append(code >> 56)
    shape = -1, len(joined.map.touchpoints)
    return np.array(came, float).reshape(shape), np.array(success, float), np.array(bucket, int)


def fitted(came: np.ndarray, success: np.ndarray) -> np.ndarray:
    """Coefficients by least squares, null where another one would fit as well."""
    model = np.column_stack([np.ones(len(came)), came])
    found = np.linalg.lstsq(model, success, rcond=None)[0][1:]
    rank = np.linalg.matrix_rank(model)
    told = [np.linalg.matrix_rank(np.delete(model, 1 + k, 1)) < rank for k in range(came.shape[1])]
    return np.where(told, found, np.nan)


def test_raw_difference_is_that_of_two_shares() -> None:
    table = driven("home@1 cart@2 paid@3", "home@1 cart@2", "home@1", "product@1", "product@1")
    cart = table.loc["cart"]
    assert (cart["journeys"], cart["success"], cart["share"]) == (2, 1, 0.5)
    assert (cart["other_journeys"], cart["other_success"], cart["other_share"]) == (3, 0, 0)
    assert cart["raw_difference"] == 0.5
    assert (cart["decided"], cart["succeeded"]) == (5, 1)


def test_adjusted_difference_is_within_those_who_came_to_the_other_touchpoint_or_not() -> None:
    table = driven(
        *["home@1 cart@2 paid@3"] * 9,
        "home@1 cart@2",
        *["cart@1 paid@3"] * 9,
        "cart@1",
        *["product@1"] * 10,
    )
    assert table.loc["home", "raw_difference"] == pytest.approx(9 / 10 - 9 / 20)
    assert table.loc["home", "difference"] == pytest.approx(0)


@settings(max_examples=60)
@given(joined=drawn_journeys)
def test_adjusted_difference_is_the_coefficient_of_least_squares(joined: Journeys) -> None:
    came, success, _ = rows(joined)
    found = measure(Drivers(), joined)
    if 0 < success.sum() < len(success):
        assert found["difference"].to_numpy() == pytest.approx(
            fitted(came, success), abs=1e-8, nan_ok=True
        )
    else:
        assert found["difference"].isna().all()


def test_interval_leaves_out_the_customers_of_one_bucket_after_the_other() -> None:
    joined = journeys(*SOME * 3)
    came, success, bucket = rows(joined)
    groups = np.unique(bucket)
    without = np.array([fitted(came[bucket != g], success[bucket != g]) for g in groups])
    n = len(groups)
    error = np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    table = measure(Drivers(), joined)
    cart = table.iloc[2]
    there = np.array([came[bucket == g, 2].sum() for g in groups])
    elsewhere = np.array([(1 - came[bucket == g, 2]).sum() for g in groups])
    sides = [side.sum() ** 2 / (side**2).sum() for side in (there, elsewhere)]
    reach = t.ppf(0.975, min(sides) - 1) * error[2]
    assert cart["high"] - cart["difference"] == pytest.approx(reach)
    assert cart["difference"] - cart["low"] == pytest.approx(reach)
    wanted = 2 * t.sf(abs(cart["difference"]) / error[2], min(sides) - 1)
    assert cart["p"] == pytest.approx(wanted)


def test_p_values_are_corrected_for_all_rows_that_were_tested() -> None:
    table = driven(*SOME * 3)
    tested = table.dropna(subset="p").sort_values("p", ascending=False)
    ranks = range(len(tested), 0, -1)
    steps = [p * len(tested) / rank for p, rank in zip(tested["p"], ranks, strict=True)]
    assert len(tested) == 3
    assert tested["q"].to_numpy() == pytest.approx(np.minimum.accumulate(steps))


def test_event_at_the_time_of_the_outcome_may_be_the_outcome_and_does_not_count() -> None:
    table = driven("home@1 pay@2 paid@2", "home@1 cart@2")
    assert table.loc["pay", "journeys"] == 0
    assert table.loc["pay", "reason"] == "No journey came here."


def test_events_after_the_outcome_do_not_count() -> None:
    assert driven("home@1 paid@2 help@3", "home@1")["journeys"]["help"] == 0


def test_where_one_is_open_who_began_lately_is_not_compared_either() -> None:
    """With 30 days of quiet, day 40 is the last on which one that is compared began."""
    quick = "home@41 paid@42"
    table = driven("home@40 paid@95", "home@1", quick, "home@90 cart@91")
    assert table["decided"]["home"] == 2
    assert table["recent"].tolist() == [2, 0, 1, 0, 0]
    table = driven("home@40 paid@95", "home@1", quick)
    assert table["decided"]["home"] == 3
    assert table["recent"].tolist() == [0, 0, 0, 0, 0]


def test_each_null_difference_has_its_reason() -> None:
    table = driven("home@1 product@2 cart@3 paid@4", "home@1 product@2 cart@3", "home@1")
    assert table["reason"].to_dict() == {
        "home": "Every journey came here.",
        "product": "The rest of the model tells who came here.",
        "cart": "The rest of the model tells who came here.",
        "pay": "No journey came here.",
        "help": "No journey came here.",
    }
    assert table["difference"].isna().all()
    assert table["raw_difference"]["cart"] == 0.5
    assert driven(*SOME).loc["home":"cart", "reason"].isna().all()


def test_journeys_that_all_end_alike_tell_no_difference() -> None:
    table = driven("home@1 paid@2", "cart@1 paid@2")
    assert set(table["reason"]) == {"All journeys ended alike."}
    assert table[["difference", "low", "raw_difference", "raw_low", "p"]].isna().all(axis=None)


def test_one_journey_alone_at_a_touchpoint_has_no_interval() -> None:
    help_ = driven(*SOME, "home@1 help@2 paid@3").loc["help"]
    assert not np.isnan(help_["difference"])
    assert help_[["low", "high", "p", "q", "raw_low"]].isna().all()


def test_landmark_compares_only_journeys_undecided_then_by_what_they_did_until_then() -> None:
    metric = Drivers(landmark_days=3)
    table = driven(
        "home@1 cart@2 paid@3",
        "home@1 cart@4 paid@5",
        "home@1 cart@4.1 paid@5",
        "home@1 product@2",
        "home@1 paid@4",
        metric=metric,
    )
    assert table["decided"]["cart"] == 3
    assert table["left_out"]["cart"] == 2
    assert (table["journeys"]["cart"], table["success"]["cart"]) == (1, 1)
    assert (table["other_journeys"]["cart"], table["other_success"]["cart"]) == (2, 1)


def test_landmark_takes_away_the_advantage_of_those_who_lasted() -> None:
    lasting = ["home@1 help@20 paid@30"] * 4 + ["home@1 cart@2 help@20"] * 4
    early = ["home@1 cart@2"] * 8
    assert driven(*lasting, *early)["raw_difference"]["help"] == 0.5
    by_then = driven(*lasting, *early, metric=Drivers(landmark_days=10))
    assert by_then["journeys"]["help"] == 0
    assert by_then["decided"]["help"] == 16


def test_journey_not_seen_until_the_landmark_is_left_out() -> None:
    metric = Drivers(landmark_days=50)
    table = driven("home@1 paid@60", "home@60", "cart@1", metric=metric)
    assert (table["decided"]["home"], table["left_out"]["home"]) == (2, 1)


def test_outcome_of_its_own_can_be_driven_too() -> None:
    table = driven(*SOME, metric=Drivers(outcome="cancelled"))
    assert (table["succeeded"]["cart"], table["success"]["cart"]) == (1, 1)


def test_stages_are_asked_as_touchpoints_are() -> None:
    table = measure(Drivers(level="stage"), journeys(*SOME)).set_index("stage")
    assert table["touchpoint"].isna().all()
    assert table["journeys"].to_dict() == {"browse": 11, "cart": 7, "pay": 0, "support": 0}
    assert table["success"].to_dict() == {"browse": 6, "cart": 4, "pay": 0, "support": 0}


def test_segment_that_explains_both_takes_the_difference_away() -> None:
    german = ["home@1 cart@2 paid@3"] * 6 + ["home@1 cart@2"] * 2 + ["home@1 paid@2"] * 3
    french = ["home@51 cart@52"] + ["home@51"] * 11
    joined = journeys(*german, "home@1", *french)
    late = joined.at[joined.first] > 50 * MICROSECONDS_PER_DAY
    country = Segment(late.astype(np.int32), ("DE", "FR"))
    joined = replace(joined, segments={"country": country})
    alone, adjusted, by_all = (
        measure(Drivers(adjust_for=names), joined).set_index("touchpoint").loc["cart"]
        for names in ((), ("country",), "all")
    )
    assert alone["difference"] == pytest.approx(6 / 9 - 3 / 15)
    assert adjusted["raw_difference"] == pytest.approx(6 / 9 - 3 / 15)
    assert adjusted["difference"] == pytest.approx(0)
    assert by_all.equals(adjusted)


def test_segment_of_many_values_is_not_among_all_that_are_adjusted_for() -> None:
    joined = journeys(*SOME)
    city = Segment(np.arange(len(SOME), dtype=np.int32), tuple(f"city {i}" for i in range(11)))
    plain, by_all = (
        measure(Drivers(adjust_for=names), replace(joined, segments={"city": city}))
        for names in ((), "all")
    )
    assert by_all.equals(plain)


def test_journeys_of_one_customer_tell_less_than_those_of_strangers() -> None:
    once = ["cart@1 paid@2"] * 9 + ["cart@1 cancelled@2"] * 3
    once += ["home@1 paid@2"] * 3 + ["home@1 cancelled@2"] * 9
    again = [f"{one} {one.replace('@1', '@3').replace('@2', '@4')}" for one in once]
    regulars, strangers = (
        measure(Drivers(), journeys(*some, on=UNTIL_OUTCOME)).set_index("touchpoint").loc["cart"]
        for some in (again, once * 2)
    )
    assert regulars["decided"] == strangers["decided"] == 48
    assert regulars["raw_difference"] == strangers["raw_difference"] == 0.5
    assert regulars["raw_low"] < strangers["raw_low"]


def test_nobody_is_driven_by_nothing() -> None:
    table = driven("about@1")
    assert set(table["reason"]) == {"No journey is decided."}
    assert table["decided"].tolist() == [0] * 5


def test_outcome_must_be_on_the_map() -> None:
    with pytest.raises(ParameterError, match=r"no outcome `payed`\. Did you mean `paid`"):
        driven("home@1", metric=Drivers(outcome="payed"))


def test_segment_to_adjust_for_must_be_known_and_small() -> None:
    joined = journeys("home@1", "cart@1")
    city = Segment(np.zeros(2, np.int32), tuple(f"city {i}" for i in range(51)))
    known = replace(joined, segments={"city": city})
    with pytest.raises(ParameterError, match=r"no segment `town` to adjust for\."):
        measure(Drivers(adjust_for=("town",)), known)
    with pytest.raises(ParameterError, match=r"segment `city` has 51 values\. Adjust for one of"):
        measure(Drivers(adjust_for=("city",)), known)


@pytest.mark.parametrize("days", [0, -1, float("nan"), float("inf")])
def test_landmark_lies_after_the_first_event(days: float) -> None:
    with pytest.raises(
        ParameterError, match=r"`landmark_days` is .*\. Give a number of days above"
    ):
        Drivers(landmark_days=days)


def test_level_is_one_of_two() -> None:
    with pytest.raises(ParameterError, match=r"`level` is `channel`\. Set journeys beside each"):
        Drivers(level="channel")  # type: ignore[arg-type]
