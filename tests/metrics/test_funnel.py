"""Steps one after another, each journey counted by hand or by trying every choice of its events."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.passes.endings import endings
from cjm_notebooks.maps import Stage, Touchpoint
from cjm_notebooks.metrics.funnel import Funnel
from cjm_notebooks.privacy.small_groups import suppress
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import MICROSECONDS_PER_DAY, ONE_EACH, UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys

DAY = 86_400
BIN = 0.0055
WAYS = ["went_on", "skipped", "success", "failure", "left", "recent"]


def funnel(
    wanted: Funnel, *customers: str, until: float = 100, on: JourneyMap = ONE_EACH
) -> pd.DataFrame:
    return measure(wanted, journeys(*customers, until=until, on=on)).set_index("place")


def reached(wanted: Funnel, *customers: str) -> list[int]:
    return funnel(wanted, *customers)["reached"].tolist()


def test_whoever_came_to_the_step_before_went_on_skipped_ended_or_was_there_lately() -> None:
    table = funnel(
        Funnel(steps=("home", "cart", "pay", "paid")),
        "home@1 cart@2 pay@3 paid@4",
        "home@1 product@2 cart@3 pay@4",
        "home@1 cart@2 cancelled@3",
        "home@1 cart@95",
        "home@1 paid@2",
        "home@98",
        "help@1",
    )
    assert table["previous"].tolist() == [7, 6, 4, 2]
    assert table[WAYS].to_numpy().tolist() == [
        [6, 0, 0, 0, 1, 0],
        [4, 0, 1, 0, 0, 1],
        [2, 0, 0, 1, 0, 1],
        [1, 0, 0, 0, 1, 0],
    ]
    assert table["reached"].tolist() == [6, 4, 2, 1]
    assert table["decided"].tolist() == [7, 5, 3, 2]
    assert table["of_previous"].tolist() == [6 / 7, 4 / 5, 2 / 3, 1 / 2]
    assert table["of_all"].tolist() == [6 / 7, 4 / 7, 2 / 7, 1 / 7]


def test_who_came_lately_counts_no_more_than_who_may_still_turn_out_to_have_left() -> None:
    """Half of those at the cart pay a day later, whether one looks at all or at the old ones."""
    steadily = [f"cart@{day} pay@{day + 1}" if day % 2 else f"cart@{day}" for day in range(1, 99)]
    pay = funnel(Funnel(steps=("cart", "pay")), *steadily).loc["pay"]
    assert pay[["reached", "previous", *WAYS]].astype(int).tolist() == [49, 98, 35, 0, 0, 0, 35, 28]
    assert pay[["of_previous", "of_first", "of_all"]].tolist() == [0.5, 0.5, 0.5]


def test_outcome_reached_lately_waits_for_those_that_are_open_and_for_nobody_else() -> None:
    seen = ("home@1 paid@2", "home@90 paid@91", "home@1 paid@2 about@95")
    wanted = Funnel(steps=("home", "cart"), until_outcome=True)
    cart = funnel(wanted, *seen, "home@95").loc["cart"]
    assert cart[WAYS].astype(int).tolist() == [0, 0, 2, 0, 0, 2]
    nobody_open = funnel(wanted, *seen).loc["cart"]
    assert nobody_open[WAYS].astype(int).tolist() == [0, 0, 3, 0, 0, 0]


def test_share_of_the_first_step_is_the_product_of_the_shares_between() -> None:
    table = funnel(
        Funnel(steps=("home", "cart", "pay")),
        *["home@1 cart@2 pay@3"] * 6,
        *["home@1 cart@2"] * 2,
        *["home@1 cart@95"] * 4,
        *["home@1"] * 12,
    )
    assert table["of_previous"].tolist() == [1, 12 / 24, 6 / 8]
    assert table["of_first"].tolist() == pytest.approx([1, 1 / 2, 3 / 8])
    n = (1 - 3 / 8) / (3 / 8 * ((1 - 1 / 2) / 12 + (1 - 3 / 4) / 6))
    assert 18 < n < 24
    low, high = map(float, wilson(3 / 8 * n, n))
    assert table.loc["pay", ["of_first_low", "of_first_high"]].tolist() == pytest.approx(
        [low, high]
    )


def test_without_open_journeys_the_first_share_has_the_interval_of_the_textbook() -> None:
    table = funnel(
        Funnel(steps=("home", "cart", "pay")),
        *["home@1 cart@2 pay@3"] * 10,
        *["home@1 cart@2"] * 5,
        *["home@1"] * 5,
    ).loc["pay"]
    assert (table["of_first"], table["of_first_low"], table["of_first_high"]) == pytest.approx(
        (0.5, 0.2993, 0.7007), abs=5e-5
    )


def test_step_that_only_open_journeys_could_take_is_unknown_and_so_are_those_after() -> None:
    table = funnel(Funnel(steps=("home", "cart", "pay")), "home@95", "home@96")
    assert table["of_first"].isna().tolist() == [False, True, True]
    nobody = funnel(Funnel(steps=("home", "cart", "pay")), "home@1", "home@2")
    assert nobody["of_first"].tolist() == [1, 0, 0]
    assert nobody["of_first_high"].iloc[1:].tolist() == pytest.approx([float(wilson(0, 2)[1])] * 2)


def test_other_touchpoints_may_come_between_unless_the_order_is_strict() -> None:
    seen = ("home@1 help@2 cart@3", "home@1 cart@2", "home@1 help@2 home@3 cart@4", "cart@1 home@2")
    assert reached(Funnel(steps=("home", "cart")), *seen) == [4, 3]
    assert reached(Funnel(steps=("home", "cart"), order="strict"), *seen) == [4, 2]
    assert reached(Funnel(steps=("home", "cart"), order="any"), *seen) == [4, 4]


def test_same_step_twice_needs_two_events() -> None:
    steps = ("home", "product", "home")
    assert reached(Funnel(steps=steps), "home@1 product@2", "home@1 product@2 home@3") == [2, 2, 1]


def test_either_of_two_touchpoints_will_do() -> None:
    seen = ("home@1 pay@2", "product@1 cart@2", "help@1 cart@2")
    assert reached(Funnel(steps=("home|product", "cart | pay")), *seen) == [2, 2]


def test_journey_whose_first_attempt_took_too_long_can_try_again() -> None:
    table = funnel(
        Funnel(steps=("home", "cart", "pay"), within_days=3),
        "home@1 home@5 cart@6 pay@8",
        "home@1 cart@2 pay@4.5",
        "home@1 cart@5",
    )
    assert table["reached"].tolist() == [3, 2, 1]
    assert table["too_late"].tolist() == [0, 1, 1]
    assert table["left"].tolist() == [0, 1, 1]
    assert table["since_first_p50_seconds"]["pay"] == pytest.approx(3 * DAY, rel=BIN)


def test_last_moment_of_the_time_allowed_still_counts() -> None:
    in_time = Funnel(steps=("home", "cart"), within_days=2)
    assert reached(in_time, "home@1 cart@3", "home@1 cart@3.00001") == [2, 1]


def test_excluded_touchpoint_ends_the_attempt_but_not_the_next_one() -> None:
    table = funnel(
        Funnel(steps=("home", "cart", "pay"), excluded=("help",)),
        "home@1 help@2 cart@3",
        "home@1 cart@2 help@3 pay@4",
        "home@1 help@2 home@3 cart@4 pay@5 help@6",
        "help@1 home@2 cart@3 pay@4",
        "home@1 help@2",
    )
    assert table["reached"].tolist() == [5, 3, 2]
    assert table["excluded"].tolist() == [0, 1, 1]


def test_too_late_is_who_came_without_the_excluded_but_not_in_time() -> None:
    wanted = Funnel(steps=("home", "cart"), excluded=("help",), within_days=2)
    table = funnel(wanted, "home@1 help@2 cart@3", "home@1 help@2 cart@9", "home@1 cart@9")
    assert (table["excluded"]["cart"], table["too_late"]["cart"]) == (1, 2)


def test_optional_step_counts_before_the_next_required_one_and_is_not_needed_for_it() -> None:
    table = funnel(
        Funnel(steps=("home", "product", "cart", "pay"), optional=("product",)),
        "home@1 product@2 cart@3 pay@4",
        "home@1 cart@2 product@3 pay@4",
        "home@1 product@2",
        "home@1",
        "home@99",
        "home@1 cart@99",
    )
    assert table["reached"].tolist() == [6, 2, 3, 2]
    assert table["previous"].tolist() == [6, 6, 6, 3]
    assert table[WAYS].to_numpy().tolist() == [
        [6, 0, 0, 0, 0, 0],
        [2, 2, 0, 0, 1, 1],
        [3, 0, 0, 0, 2, 1],
        [2, 0, 0, 0, 0, 1],
    ]
    assert table["of_previous"].tolist() == [1, 2 / 5, 3 / 5, 1]
    assert table["of_first"].tolist() == pytest.approx([1, 2 / 5, 3 / 5, 3 / 5])


def test_outcome_ends_only_the_journeys_that_came_to_the_steps_on_the_way() -> None:
    seen = ("home@1 cart@2 paid@2", "home@1 paid@2 cart@3", "paid@1 home@2 cart@3", "home@1 cart@2")
    table = funnel(Funnel(steps=("home", "cart", "paid")), *seen)
    assert table["reached"].tolist() == [4, 4, 1]
    assert table["success"].tolist() == [0, 0, 2]
    on_way = funnel(Funnel(steps=("home", "cart", "paid"), until_outcome=True), *seen)
    assert on_way["reached"].tolist() == [3, 2, 1]
    assert on_way["success"].tolist() == [1, 1, 0]


def test_strict_step_to_an_outcome_is_the_last_event_before_it() -> None:
    wanted = Funnel(steps=("cart", "paid|cancelled"), order="strict")
    assert reached(wanted, "cart@1 paid@2", "cart@1 help@2 paid@3", "cart@1 cancelled@2") == [3, 2]


def test_times_are_those_of_the_first_attempt_that_came_furthest() -> None:
    row = funnel(Funnel(steps=("home", "cart", "pay")), "home@1 home@4 cart@6 cart@7 pay@10")
    assert row["since_first_p50_seconds"].iloc[1:].tolist() == pytest.approx(
        [5 * DAY, 9 * DAY], rel=BIN
    )
    assert row["since_previous_p50_seconds"].iloc[1:].tolist() == pytest.approx(
        [5 * DAY, 4 * DAY], rel=BIN
    )
    assert row.loc["home", ["since_first_p50_seconds", "since_previous_p90_seconds"]].isna().all()


def test_time_to_an_outcome_runs_until_the_outcome_and_not_its_last_event() -> None:
    row = funnel(Funnel(steps=("home", "paid")), "home@1 cart@2 paid@4").loc["paid"]
    assert row["since_first_p90_seconds"] == pytest.approx(3 * DAY, rel=BIN)


def test_in_any_order_time_runs_until_all_steps_so_far_are_reached() -> None:
    table = funnel(Funnel(steps=("home", "cart", "pay"), order="any"), "pay@1 home@3 cart@8")
    assert table["since_first_p50_seconds"].iloc[1:].tolist() == pytest.approx(
        [5 * DAY, 7 * DAY], rel=BIN
    )
    assert table["since_previous_p50_seconds"].iloc[1:].tolist() == pytest.approx(
        [5 * DAY, 0], rel=BIN
    )


def test_without_steps_the_stages_of_the_map_are_the_funnel() -> None:
    table = funnel(Funnel(), "home@1 cart@2 pay@3 paid@4 help@5", "product@1 cart@2")
    assert table["reached"].to_dict() == {"browse": 2, "cart": 2, "pay": 1, "support": 1}


def test_stage_that_no_rule_matches_events_to_bars_nobody_from_the_funnel() -> None:
    dream = Stage(id="dream", name="Dream", touchpoints=(Touchpoint(id="tv", name="TV"),))
    dreamt = ONE_EACH.model_copy(update={"stages": (dream, *ONE_EACH.stages)})
    table = funnel(Funnel(), "home@1 cart@2", on=dreamt)
    assert table["reached"].to_dict() == {"browse": 1, "cart": 1, "pay": 0, "support": 0}


def test_customers_with_several_alike_journeys_tell_less_than_as_many_customers() -> None:
    loyal = "home@1 cart@2 paid@3 home@4 cart@5 paid@6 home@7 cart@8 paid@9"
    shy = "home@1 cancelled@2 home@3 cancelled@4 home@5 cancelled@6"
    wanted = Funnel(steps=("home", "cart"))
    row = funnel(wanted, *[loyal] * 10, *[shy] * 10, on=UNTIL_OUTCOME).loc["cart"]
    assert (row["reached"], row["decided"]) == (30, 60)
    low, high = wilson(30, 60)
    for share in ("of_previous", "of_first", "of_all"):
        assert row[f"{share}_low"] < low < high < row[f"{share}_high"]


def test_small_groups_cannot_be_worked_out_from_the_row_before() -> None:
    table = measure(
        Funnel(steps=("home", "cart")),
        journeys(*["home@1 cart@2"] * 30, *["home@1"] * 12, *["home@1 cancelled@2"] * 2),
    )
    shown = suppress(table, Funnel.published, 5).table
    cart = shown.set_index("place").loc["cart"]
    assert (cart["reached"], cart["previous"]) == (30, 44)
    assert pd.isna(cart["failure"])
    assert cart[["success", "left", "decided", "recent", "skipped"]].isna().any()


def test_nobody_went_through() -> None:
    table = funnel(Funnel())
    assert not table[["reached", "previous", "decided", "all_journeys"]].any(axis=None)
    assert (
        table[["of_previous", "of_first", "of_all", "since_first_p50_seconds"]]
        .isna()
        .all(axis=None)
    )


choices = st.sampled_from(["home", "product", "cart", "home|product", "browse", "help"])
funnels = st.fixed_dictionaries(
    {
        "steps": st.lists(choices, min_size=1, max_size=3),
        "outcome": st.sampled_from([(), ("paid",), ("paid|cancelled",)]),
        "order": st.sampled_from(["ordered", "any", "strict"]),
        "within_days": st.sampled_from([None, 1, 2.5, 30]),
        "excluded": st.sampled_from([(), ("product",), ("home",)]),
        "until_outcome": st.booleans(),
    }
)


def holds(wanted: Funnel, seen: Journeys, journey: int, upto: int) -> bool:
    """Whether some choice of the journey's events is all the steps up to this one."""
    meaning = {"browse": {"home", "product"}}
    ids = [touchpoint.id for touchpoint in seen.map.touchpoints]
    outcomes = {outcome.id: place for place, outcome in enumerate(seen.map.outcomes)}
    names = [
        {name for one in step.split("|") for name in meaning.get(one, {one})}
        for step in wanted.steps
    ]
    events = list(range(seen.starts[journey], seen.starts[journey + 1]))
    at_outcome = bool(names[upto] & set(outcomes))
    on_way = [event for event in events if endings(seen).on_way[event]]
    if wanted.until_outcome or at_outcome:
        events = on_way
    if at_outcome and seen.outcome[journey] not in [outcomes.get(name) for name in names[upto]]:
        return False
    places = names[:upto] if at_outcome else names[: upto + 1]
    for chosen in combinations(events, len(places)):
        inside = range(chosen[0], events[-1] + 1 if at_outcome else chosen[-1])
        if any(ids[seen.touchpoint[event]] in wanted.excluded for event in inside):
            continue
        if wanted.order == "strict" and any(b - a > 1 for a, b in pairwise(chosen)):
            continue
        if wanted.order == "strict" and at_outcome and chosen[-1] != events[-1]:
            continue
        end = seen.outcome_at[journey] if at_outcome else seen.at[chosen[-1]]
        if (
            wanted.within_days
            and end - seen.at[chosen[0]] > wanted.within_days * MICROSECONDS_PER_DAY
        ):
            continue
        orders = permutations(chosen) if wanted.order == "any" else [chosen]
        if any(
            all(ids[seen.touchpoint[e]] in place for e, place in zip(order, places, strict=True))
            for order in orders
        ):
            return True
    return False


@settings(max_examples=300)
@given(seen=drawn_journeys, drawn=funnels)
def test_no_choice_of_events_does_better_than_the_best_attempt(
    seen: Journeys, drawn: dict[str, object]
) -> None:
    drawn["steps"] = (*drawn["steps"], *drawn.pop("outcome"))
    if drawn["order"] == "strict":
        drawn["excluded"] = ()
    wanted = Funnel(**drawn)
    try:
        table = measure(wanted, seen)
    except ParameterError:
        assume(False)
    counted = [
        sum(holds(wanted, seen, journey, upto) for journey in range(seen.n_journeys))
        for upto in range(len(wanted.steps))
    ]
    assert table["reached"].tolist() == counted


@settings(max_examples=100)
@given(
    seen=drawn_journeys,
    cut=st.integers(0, 8),
    wanted=st.sampled_from(
        [
            Funnel(steps=("home", "product", "cart", "paid"), optional=("product",), within_days=2),
            Funnel(steps=("home", "cart"), excluded=("product",), within_days=40),
            Funnel(steps=("cart", "browse", "paid|cancelled"), order="any", within_days=3),
            Funnel(steps=("home", "paid"), order="strict", until_outcome=True),
        ]
    ),
)
def test_customers_in_two_parts_go_through_as_all_do(
    seen: Journeys, cut: int, wanted: Funnel
) -> None:
    cut = min(cut, seen.n_customers)
    parts = wanted.observe(seen.part(0, cut)) + wanted.observe(seen.part(cut, seen.n_customers))
    whole = wanted.observe(seen)
    pd.testing.assert_frame_equal(wanted.report(parts, seen.map), wanted.report(whole, seen.map))
    table = measure(wanted, seen)
    assert table[WAYS].sum(axis=1).tolist() == table["previous"].tolist()
    assert np.all(table["excluded"] + table["too_late"] <= table["previous"] - table["reached"])


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"order": "orderd"}, r"no order `orderd` of a funnel\. Did you mean `ordered`"),
        ({"within_days": 0}, r"`within_days` is 0\. Give a number of days above 0, or None"),
        ({"within_days": float("nan")}, r"`within_days` is nan\. Give a number of days above 0"),
        ({"steps": "home"}, r"`steps` is one text\. Give a tuple, such as `\(\"home\",\)`"),
        (
            {"order": "strict", "excluded": ("help",)},
            r"each step is the very next event.*`ordered`",
        ),
    ],
)
def test_parameters_that_make_no_funnel_are_refused(
    parameters: dict[str, object], words: str
) -> None:
    with pytest.raises(ParameterError, match=words):
        Funnel(**parameters)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Funnel(steps=("hom",)), r"no touchpoint, stage or outcome `hom`\. Did you mean `home`"),
        (Funnel(steps=("home", "paid", "cart")), r"`paid` is an outcome\. Put it last, after"),
        (Funnel(steps=("paid",)), r"`paid` is an outcome\. Put it last, after a step at touch"),
        (Funnel(steps=("home", "cart|paid")), r"`cart\|paid` mixes touchpoints and outcomes\. Let"),
        (Funnel(optional=("help",)), r"No step is `help`, so it is not optional\. Known: `browse`"),
        (Funnel(optional=("browse",)), r"The first step `browse` is optional\. Begin with a requi"),
        (
            Funnel(excluded=("home",)),
            r"`home` is excluded and part of the step `browse`\. Drop one",
        ),
        (Funnel(excluded=("paid",)), r"`paid` is an outcome and ends the journey\. Exclude touch"),
        (Funnel(steps=("home", "browse"), order="any"), r"`home` and `browse` share a touchpoint"),
    ],
)
def test_steps_that_do_not_fit_the_map_are_refused(wanted: Funnel, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        measure(wanted, journeys("home@1"))


def test_id_of_a_stage_and_of_another_touchpoint_has_to_say_which() -> None:
    stages = list(ONE_EACH.stages)
    stages[3] = stages[3].model_copy(update={"id": "home"})
    twice = ONE_EACH.model_copy(update={"stages": tuple(stages)})
    seen = journeys("home@1 help@2", on=twice)
    with pytest.raises(
        ParameterError, match=r"two different places.*`touchpoint:home` or `stage:h"
    ):
        measure(Funnel(steps=("home",)), seen)
    named = Funnel(steps=("touchpoint:home", "stage:home"))
    assert measure(named, seen)["reached"].tolist() == [1, 1]
