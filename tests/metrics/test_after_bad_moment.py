"""Who came back after a bad answer or event, each counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.after_bad_moment import AfterBadMoment
from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def after(
    *customers: str,
    until: float = 100,
    on: JourneyMap = ONE_EACH,
    metric: AfterBadMoment | None = None,
) -> pd.DataFrame:
    return measure(metric or AfterBadMoment(), journeys(*customers, until=until, on=on))


def column(table: pd.DataFrame, next_: str, name: str) -> list[float]:
    found: list[float] = table.loc[table["next"] == next_, name].tolist()
    return found


FOUR = (
    "home@1 cart@2 csat:cart=1@2.5 home@5",
    "home@1 cart@2 csat:cart=2@2.5",
    "home@1 cart@2 csat:cart=3@2.5 home@3",
    "home@90 cart@94 csat:cart=5@95",
)


def test_customers_come_back_within_days_of_their_answer() -> None:
    table = after(*FOUR)
    assert set(table["curve"]) == {"csat cart return", "csat cart success"}
    assert column(table, "return", "days") == [1, 7, 30, 90]
    assert column(table, "return", "bad_n") == [2] * 4
    assert column(table, "return", "bad_reached") == [0, 1, 1, 1]
    assert column(table, "return", "good_reached") == [1, 1, 1, 1]
    assert column(table, "return", "bad_share") == [0, 0.5, 0.5, 0.5]
    assert column(table, "return", "good_share") == [0.5] * 4
    assert column(table, "return", "difference") == [-0.5, 0, 0, 0]


def test_customer_who_could_not_be_followed_so_long_is_open_and_not_silent() -> None:
    table = after(*FOUR)
    assert column(table, "return", "good_open") == [0, 1, 1, 1]
    assert column(table, "return", "bad_open") == [0, 0, 0, 0]
    # Of three, one is lost on day 5; of the two left, one comes back on day 20: 1 / 2 by then.
    three = ["csat=4@60 home@59 home@80", "csat=4@60 home@59", "csat=4@95 home@94"]
    late = after(*three)
    assert column(late, "return", "good_share") == pytest.approx([0, 0, 0.5, 0.5])
    assert column(late, "return", "good_open") == [0, 1, 1, 2]


def test_without_lost_customers_the_intervals_are_those_of_plain_shares() -> None:
    bad = ["home@1 csat=1@2 home@2.5"] * 3 + ["home@1 csat=1@2"] * 7
    table = after(*bad, *["home@1 csat=5@2"] * 5)
    first = table[table["next"] == "return"].iloc[0]
    assert (first["bad_reached"], first["bad_n"], first["bad_share"]) == (3, 10, 0.3)
    assert (first["good_low"], first["good_high"]) == wilson(0, 5)
    ends = difference_interval(0.3, (first["bad_low"], first["bad_high"]), 0, wilson(0, 5))
    assert (first["difference_low"], first["difference_high"]) == ends


def test_event_of_the_same_visit_is_no_return() -> None:
    minutes = 1 / 1440
    same = f"home@1 csat=1@{1 + minutes} cart@{1 + 20 * minutes} pay@{1 + 45 * minutes}"
    later = f"{same} help@{1 + 75 * minutes} home@50"
    table = after(same, later, metric=AfterBadMoment(days=(1 / 24, 1)))
    assert column(table, "return", "bad_reached") == [0, 1]
    eager = after(same, later, metric=AfterBadMoment(days=(1 / 24, 1), pause_minutes=0))
    assert column(eager, "return", "bad_reached") == [2, 2]


def test_first_answer_decides_the_group_whatever_comes_later() -> None:
    table = after("home@1 csat=5@2 csat=1@3", "home@1 csat=1@2 csat=5@3")
    assert column(table, "return", "bad_n") == column(table, "return", "good_n") == [1] * 4


def test_low_part_of_the_scale_is_bad() -> None:
    answers = ("nps=6@2 stars=2@2", "nps=7@2 stars=3@2", "nps=0@2 stars=1@2")
    table = after(*(f"home@1 {answer}" for answer in answers))
    groups = table[["question", "bad_n", "good_n"]].drop_duplicates().to_numpy().tolist()
    assert groups == [["nps", 2, 1], ["stars", 2, 1]]


def test_expectation_is_no_moment_unless_it_is_asked_for() -> None:
    assert after("home@1 expected:home=1@2").empty
    asked = after("home@1 expected:home=1@2", metric=AfterBadMoment(kinds=("expectation",)))
    assert set(asked["question"]) == {"expected"}


def test_answer_about_a_touchpoint_and_about_the_journey_are_two_moments() -> None:
    table = after("home@1 csat=1@2 csat:home=1@2")
    assert table["curve"].unique().tolist() == [
        "csat home return",
        "csat home success",
        "csat return",
        "csat success",
    ]
    assert table["touchpoint"].isna().tolist() == [False] * 8 + [True] * 8


def test_customer_whose_one_journey_was_decided_before_cannot_succeed_again() -> None:
    table = after("home@1 paid@2 nps=3@3 home@4", "home@1 nps=3@3 paid@5", "home@1 nps=3@3")
    assert column(table, "success", "bad_n") == [2] * 4
    assert column(table, "success", "bad_share") == [0, 0.5, 0.5, 0.5]
    assert column(table, "success", "decided") == [1] * 4
    assert column(table, "return", "decided") == [0] * 4
    assert column(table, "return", "bad_n") == [3] * 4


def test_failure_competes_with_success_and_is_not_lost_from_sight() -> None:
    failed = ["home@1 nps=3@3 cancelled@4"] * 2
    table = after(*failed, "home@1 nps=3@3 paid@8", "home@1 nps=3@3")
    assert column(table, "success", "bad_share") == [0, 0.25, 0.25, 0.25]
    assert column(table, "success", "bad_open") == [0] * 4


def test_customer_with_many_journeys_may_succeed_after_a_failure() -> None:
    table = after(
        "home@1 paid@2 nps=3@3 home@4 cancelled@5 home@6 paid@7",
        "home@1 nps=3@3 cancelled@5",
        on=UNTIL_OUTCOME,
    )
    assert column(table, "success", "bad_n") == [2] * 4
    assert column(table, "success", "bad_reached") == [0, 1, 1, 1]
    assert column(table, "success", "decided") == [0] * 4


def test_answers_that_cannot_be_followed_are_left_out_and_counted() -> None:
    table = after("home@1 csat=1", "home@1 csat=1@150", "csat=1@5", "home@1 csat=1@5")
    assert column(table, "return", "bad_n") == [1] * 4
    assert column(table, "return", "left_out") == [3] * 4


def test_question_of_which_every_answer_is_left_out_still_says_so() -> None:
    table = after("home@1 csat=4")
    assert table["left_out"].tolist() == [1] * 8
    assert table[["bad_share", "good_share", "difference"]].isna().all(axis=None)


def test_first_event_at_a_bad_touchpoint_is_compared_with_the_rest_of_its_stage() -> None:
    at_home = AfterBadMoment(touchpoints=("home",))
    table = after("home@1 product@2", "product@1 home@1.5", "product@1", "pay@1", metric=at_home)
    assert set(table["stage"]) == {"browse"}
    assert column(table, "return", "bad_n") == [1] * 4
    assert column(table, "return", "bad_reached") == [1] * 4
    assert column(table, "return", "good_n") == [2] * 4
    assert column(table, "return", "good_reached") == [1] * 4


def test_stage_with_no_other_touchpoint_has_nothing_to_compare_with() -> None:
    table = after("help@1 home@9", "home@1", metric=AfterBadMoment(touchpoints=("help",)))
    assert column(table, "return", "bad_share") == [0, 0, 1, 1]
    assert table[["good_share", "difference"]].isna().all(axis=None)


def test_parts_of_the_customers_add_up_to_the_events_of_all() -> None:
    seen = journeys("home@1 cart@2", "product@1 paid@2", "help@1 home@5", "home@1 home@9")
    metric = AfterBadMoment(touchpoints=("home", "help"))
    parts = metric.observe(seen.part(0, 1)) + metric.observe(seen.part(1, 4))
    pd.testing.assert_frame_equal(metric.report(parts, seen.map), measure(metric, seen))


def test_nobody_has_no_moments() -> None:
    table = after("home@1")
    assert table.empty
    assert {"bad_share", "difference_low", "left_out"} <= set(table.columns)


def test_touchpoint_that_the_map_does_not_have_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"names `hom`, which map `shop` does not have\. Did"):
        after("home@1", metric=AfterBadMoment(touchpoints=("hom",)))


def test_days_and_pauses_that_cannot_be_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"`days` is \(7, 1\)\. Give numbers above 0 in asc"):
        AfterBadMoment(days=(7, 1))
    with pytest.raises(ParameterError, match=r"`days` is \(\)\. Give"):
        AfterBadMoment(days=())
    with pytest.raises(ParameterError, match=r"`pause_minutes` is -1\. Give a number of minutes"):
        AfterBadMoment(pause_minutes=-1)


day = st.integers(0, 60).map(lambda half: half / 2)
person = st.tuples(st.lists(day, min_size=1, max_size=5), st.lists(day, max_size=3))


@settings(max_examples=25)
@given(st.lists(person, min_size=1, max_size=6))
def test_counts_are_those_of_looking_at_each_customer(
    people: list[tuple[list[float], list[float]]],
) -> None:
    until, limits, pause = 31, (3, 12), 1.5
    said = [
        " ".join([*(f"home@{at}" for at in events), *(f"csat=1@{at}" for at in answers)])
        for events, answers in people
    ]
    metric = AfterBadMoment(days=limits, pause_minutes=pause * 1440)
    table = after(*said, until=until, metric=metric)
    gaps = []
    for events, answers in people:
        if answers:
            start, before, back = min(answers), min(answers), None
            for at in sorted(at for at in events if at > start):
                if at - before >= pause:
                    back = at - start
                    break
                before = at
            gaps.append(back)
    reached = [sum(back is not None and back <= limit for back in gaps) for limit in limits]
    assert column(table, "return", "bad_n") == [len(gaps)] * 2 * bool(gaps)
    assert column(table, "return", "bad_reached") == reached * bool(gaps)
