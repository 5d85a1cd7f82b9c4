"""Credit by rule, each conversion divided by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Condition, Rule
from cjm_notebooks.metrics.attribution import MODELS, Attribution
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys

HOME_PRODUCT_CART = "home@1 product@8 cart@15 paid@20"
DAY = 86_400_000_000
few = settings(max_examples=50)


def credit(metric: Attribution, *customers: str, on: JourneyMap = ONE_EACH) -> dict[str, float]:
    """What each place has more than nothing, by the only model."""
    table = measure(metric, journeys(*customers, on=on))
    named = table[metric.by].fillna("none")
    return {k: v for k, v in zip(named, table["credit"], strict=True) if v > 0}


def by(model: str, **parameters: object) -> Attribution:
    return Attribution(models=(model,), **parameters)  # type: ignore[arg-type]


def with_channels(**channels: str) -> JourneyMap:
    """The shop, with a channel for some touchpoints."""
    stages = tuple(
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    touchpoint.model_copy(update={"channel": channels.get(touchpoint.id)})
                    for touchpoint in stage.touchpoints
                )
            }
        )
        for stage in ONE_EACH.stages
    )
    return ONE_EACH.model_copy(update={"stages": stages})


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("first", {"home": 1}),
        ("last", {"cart": 1}),
        ("linear", {"home": 1 / 3, "product": 1 / 3, "cart": 1 / 3}),
        ("position", {"home": 0.4, "product": 0.2, "cart": 0.4}),
        ("time_decay", {"home": 1 / 7, "product": 2 / 7, "cart": 4 / 7}),
    ],
)
def test_one_conversion_is_divided_by_the_rule(model: str, expected: dict[str, float]) -> None:
    assert credit(by(model), HOME_PRODUCT_CART) == pytest.approx(expected)


def test_every_event_is_a_touch_where_several_follow_each_other_too() -> None:
    said = "home@1 home@2 home@3 cart@4 paid@5"
    assert credit(by("linear"), said) == pytest.approx({"home": 0.75, "cart": 0.25})
    assert credit(by("position"), said) == pytest.approx({"home": 0.6, "cart": 0.4})


def test_two_touches_have_nothing_between_them_and_one_has_all() -> None:
    two, one = "home@1 cart@2 paid@3", "help@1 paid@3"
    assert credit(by("position"), two, one) == pytest.approx({"home": 0.5, "cart": 0.5, "help": 1})
    uneven = by("position", position=(0.6, 0.2, 0.2))
    assert credit(uneven, two) == pytest.approx({"home": 0.75, "cart": 0.25})
    middle = by("position", position=(0, 1, 0))
    assert credit(middle, two, HOME_PRODUCT_CART) == pytest.approx(
        {"home": 0.5, "cart": 0.5, "product": 1}
    )


def test_half_life_is_the_time_in_which_credit_halves() -> None:
    said = "home@1 cart@3 paid@90"
    for days, earlier in ((2, 1 / 3), (1, 1 / 5), (0.002, 0)):
        found = credit(by("time_decay", half_life_days=days), said)
        assert found.get("home", 0) == pytest.approx(earlier)


def test_touches_at_one_time_have_the_same_credit() -> None:
    assert credit(by("time_decay"), "home@1 cart@1 paid@1") == pytest.approx(
        {"home": 0.5, "cart": 0.5}
    )


def test_credit_is_that_of_all_journeys_together() -> None:
    """home has 1/2 of the first and all of the second conversion, cart the other 1/2."""
    table = measure(by("linear"), journeys("home@1 cart@2 paid@3", "home@1 paid@2", "home@1"))
    assert table["touchpoint"].tolist() == ["home", "product", "cart", "pay", "help"]
    assert table["journeys"].tolist() == [2, 0, 1, 0, 0]
    assert table["credited"].tolist() == [2] * 5
    assert table["credit"].tolist() == pytest.approx([1.5, 0, 0.5, 0, 0])
    assert table["share"].tolist() == pytest.approx([0.75, 0, 0.25, 0, 0])


def test_first_and_last_count_the_journeys_that_began_and_ended_there() -> None:
    said = ("home@1 cart@2 paid@3", "home@1 paid@2", "product@1 home@2 cart@3 paid@4")
    table = measure(Attribution(models=("first", "last", "linear")), journeys(*said))
    came = table.set_index(["model", "touchpoint"])["journeys"]
    assert came["first"].tolist() == [2, 1, 0, 0, 0]
    assert came["last"].tolist() == [1, 0, 2, 0, 0]
    assert came["linear"].tolist() == [3, 1, 2, 0, 0]


def test_events_after_the_outcome_have_no_credit() -> None:
    assert credit(by("last"), "home@1 paid@2 help@3") == {"home": 1}


def test_each_journey_of_a_customer_has_credit_of_its_own() -> None:
    said = "home@1 paid@2 cart@3 paid@4 cart@5 paid@6"
    assert credit(by("last"), said, on=UNTIL_OUTCOME) == {"home": 1, "cart": 2}


def test_conversion_before_every_event_is_counted_apart() -> None:
    table = measure(by("linear"), journeys("paid@1 home@2", "cart@1 paid@2", "home@99"))
    assert table["credited"].tolist() == [1] * 5
    assert table["uncredited"].tolist() == [1] * 5
    assert table["open"].tolist() == [1] * 5
    assert table["credit"].sum() == pytest.approx(1)


def test_failure_is_no_conversion_unless_it_is_asked_for() -> None:
    said = ("home@1 cancelled@2", "cart@1 paid@2")
    assert credit(by("last"), *said) == {"cart": 1}
    assert credit(by("last", outcome="cancelled"), *said) == {"home": 1}


def test_outcome_has_no_credit_for_itself() -> None:
    stages = tuple(
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    touchpoint.model_copy(update={"match": Rule(where=Condition(is_="paid"))})
                    if touchpoint.id == "pay"
                    else touchpoint
                    for touchpoint in stage.touchpoints
                )
            }
        )
        for stage in ONE_EACH.stages
    )
    order_is_a_touchpoint = ONE_EACH.model_copy(update={"stages": stages})
    said = ("home@1 cart@2 paid@3", "paid@1")
    assert credit(by("last"), *said, on=order_is_a_touchpoint) == {"cart": 1}
    table = measure(by("last"), journeys(*said, on=order_is_a_touchpoint))
    assert table["uncredited"].tolist() == [1] * 5


def test_stages_and_channels_have_the_credit_of_their_touchpoints() -> None:
    said = "home@1 product@2 cart@3 help@4 paid@5"
    linear = credit(by("linear", by="stage"), said)
    assert linear == pytest.approx({"browse": 0.5, "cart": 0.25, "support": 0.25})
    shop = with_channels(home="web", cart="app", product="web")
    channels = credit(by("linear", by="channel"), said, on=shop)
    assert channels == pytest.approx({"web": 0.5, "app": 0.25, "none": 0.25})
    table = measure(by("linear", by="channel"), journeys(said, on=shop))
    assert table["channel"].fillna("none").tolist() == ["web", "app", "none"]


def test_share_of_nobody_is_not_known() -> None:
    table = measure(Attribution(), journeys("home@1", "about@1"))
    assert len(table) == len(MODELS) * 5
    assert table[["share", "low", "high", "credit"]].isna().all(axis=None)
    without_outcomes = ONE_EACH.model_copy(update={"outcomes": ()})
    assert measure(Attribution(), journeys("home@1", on=without_outcomes))["share"].isna().all()


def test_interval_holds_the_share_and_narrows_with_customers() -> None:
    said = ["home@1 cart@2 paid@3", "home@1 paid@2", "cart@1 home@2 help@3 paid@4"]
    some, many = (
        measure(by("linear"), journeys(*(said * times))).set_index("touchpoint")
        for times in (4, 40)
    )
    for table in (some, many):
        assert (table["low"] <= table["share"]).all()
        assert (table["share"] <= table["high"]).all()
    width = {"some": some["high"] - some["low"], "many": many["high"] - many["low"]}
    assert (width["many"] < width["some"]).all()
    assert many.loc["pay", ["low", "share"]].tolist() == [0, 0]
    assert many.loc["pay", "high"] == pytest.approx(3.8415 / (120 + 3.8415), rel=1e-4)


def test_journeys_of_one_customer_know_less_than_those_of_many() -> None:
    strangers = ["home@1 paid@2", "cart@1 paid@2"] * 30
    regulars = [
        " ".join(f"{place}@{day} paid@{day + 1}" for day in range(1, 21, 2))
        for place in ("home", "cart") * 3
    ]
    alone, again = (
        measure(by("last"), journeys(*said, on=UNTIL_OUTCOME)).iloc[0]
        for said in (strangers, regulars)
    )
    assert alone["credited"] == again["credited"] == 60
    assert again["high"] - again["low"] > 2 * (alone["high"] - alone["low"])


def naive(seen: Journeys, model: str) -> list[float]:
    """Journey by journey and event by event."""
    places = len(seen.map.touchpoints)
    success = [n for n, outcome in enumerate(seen.map.outcomes) if outcome.kind == "success"]
    totals = [0.0] * places
    for journey in range(seen.n_journeys):
        own = range(seen.starts[journey], seen.starts[journey + 1])
        touched = [event for event in own if seen.at[event] <= seen.outcome_at[journey]]
        if seen.outcome[journey] not in success or not touched:
            continue
        n = len(touched)
        ages = [(seen.at[touched[-1]] - seen.at[event]) / DAY for event in touched]
        weights = {
            "first": [1.0] + [0.0] * (n - 1),
            "last": [0.0] * (n - 1) + [1.0],
            "linear": [1.0] * n,
            "position": [1.0] if n == 1 else [0.4, *[0.2 / max(n - 2, 1)] * (n - 2), 0.4],
            "time_decay": [2 ** (-age / 7) for age in ages],
        }[model]
        for event, weight in zip(touched, weights, strict=True):
            totals[seen.touchpoint[event]] += weight / sum(weights)
    return totals


@few
@given(seen=drawn_journeys)
def test_credit_is_what_a_count_event_by_event_gives(seen: Journeys) -> None:
    table = measure(Attribution(), seen).groupby("model")["credit"]
    for model in MODELS:
        found = [0.0 if math.isnan(one) else one for one in table.get_group(model)]
        assert found == pytest.approx(naive(seen, model), abs=1e-6)


@few
@given(seen=drawn_journeys)
def test_credit_adds_up_to_the_credited_conversions(seen: Journeys) -> None:
    table = measure(Attribution(by="stage"), seen)
    for _, model in table.groupby("model"):
        assert model["credit"].sum() == pytest.approx(model["credited"].iloc[0])


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"by": "chanel"}, r"Credit cannot go to each `chanel`\. Did you mean `channel`\?"),
        ({"models": ("lnear",)}, r"There is no model `lnear`\. Did you mean `linear`\?"),
        ({"models": ()}, r"`models` are \(\)\. Name at least one, and each once\."),
        ({"models": ("first", "first")}, "Name at least one, and each once"),
        ({"half_life_days": 0}, r"`half_life_days` is 0\. Give a number of days above 0\."),
        ({"half_life_days": math.inf}, r"`half_life_days` is inf\. Give a number of days above 0"),
        ({"position": (0.5, 0.4, 0.4)}, r"`position` is \(0\.5, 0\.4, 0\.4\)\. Give the first"),
        ({"position": (1.5, -0.5, 0)}, "a share from 0 up that add up to 1"),
        ({"position": (0.5, 0.5)}, "Give the first, all between and the last"),
    ],
)
def test_parameters_are_refused_with_what_to_do(parameters: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        Attribution(**parameters)  # type: ignore[arg-type]


def test_outcome_that_the_map_does_not_have_is_refused() -> None:
    with pytest.raises(
        ParameterError, match=r"The map `shop` has no outcome `payd`\. Did you mean `paid`\?"
    ):
        measure(Attribution(outcome="payd"), journeys("home@1 paid@2"))


def test_columns_of_the_report() -> None:
    table = measure(Attribution(), journeys("home@1 paid@2"))
    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == [
        "model",
        "touchpoint",
        "journeys",
        "credited",
        "share",
        "low",
        "high",
        "credit",
        "uncredited",
        "open",
    ]
