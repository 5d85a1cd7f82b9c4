"""Credit by what places add to each other, small games played by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Stage
from cjm_notebooks.metrics.shapley_attribution import ShapleyAttribution
from tests.journeys import ONE_EACH, journeys, touchpoint
from tests.journeys.drawn import drawn_journeys

ALONE_AND_TOGETHER = (
    *("home@1 paid@2", "home@1", "home@1", "home@1"),
    *("cart@1 paid@2", "cart@1"),
    *("home@1 cart@2 paid@3", "cart@1 home@2 paid@3"),
)
few = settings(max_examples=50, deadline=None)


def report(*customers: str, on: JourneyMap = ONE_EACH, **parameters: object) -> pd.DataFrame:
    metric = ShapleyAttribution(**parameters)  # type: ignore[arg-type]
    return measure(metric, journeys(*customers, on=on)).set_index(metric.by)


def test_conversion_is_divided_among_the_places_of_its_journey() -> None:
    table = report("home@1 cart@2 home@3 paid@4", "home@1 paid@2", "cart@1")
    assert table["credit"].tolist() == pytest.approx([1.5, 0, 0.5, 0, 0])
    assert table["share"].tolist() == pytest.approx([0.75, 0, 0.25, 0, 0])


def test_rate_looks_at_the_journeys_that_were_lost_too() -> None:
    """Home alone converts 1/4, the cart alone 1/2, and all journeys 4/8. Home adds 1/4 as the first
    and 0 as the second; the cart 1/2 and 1/4.
    """
    table = report(*ALONE_AND_TOGETHER, worth="rate")
    assert table["share"].tolist() == pytest.approx([1 / 4, 0, 3 / 4, 0, 0])
    assert table["credit"].tolist() == pytest.approx([1, 0, 3, 0, 0])
    assert table["sampling_error"].tolist() == [0] * 5


def test_place_that_brings_the_rate_down_has_less_than_nothing() -> None:
    """Home alone converts always and help never; all journeys 1/3: 2/3 to home, -1/3 to help."""
    table = report(*["home@1 paid@2"] * 2, *["help@1"] * 4, worth="rate")
    assert table["share"][["home", "help"]].tolist() == pytest.approx([2, -1])


def test_journeys_behind_the_credit_are_shown() -> None:
    table = report(*ALONE_AND_TOGETHER, "help@99", "paid@1 home@2")
    assert table["journeys"].tolist() == [6, 0, 4, 0, 0]
    assert table["converted"].tolist() == [3, 0, 3, 0, 0]
    counts = table[["credited", "lost", "uncredited", "open"]].drop_duplicates()
    assert counts.to_numpy().tolist() == [[4, 4, 1, 1]]


def test_open_journeys_bring_no_rate_down() -> None:
    said = [*ALONE_AND_TOGETHER, "cart@99", "home@98"]
    assert report(*said, worth="rate")["share"].equals(
        report(*ALONE_AND_TOGETHER, worth="rate")["share"]
    )


def long_shop(places: int) -> JourneyMap:
    more = tuple(touchpoint(f"page_{n}") for n in range(places - 5))
    return ONE_EACH.model_copy(
        update={"stages": (*ONE_EACH.stages, Stage(id="more", name="More", touchpoints=more))}
    )


def test_more_than_sixteen_places_are_sampled_with_their_error() -> None:
    long = long_shop(20)
    table = report(*ALONE_AND_TOGETHER, on=long, worth="rate", samples=400)
    off = (table["share"][["home", "cart"]] - [1 / 4, 3 / 4]).abs()
    assert len(table) == 20
    assert (off > 0).any()
    assert (off <= 3 * table["sampling_error"][["home", "cart"]]).all()
    assert table.drop(index=["home", "cart"])[["share", "sampling_error"]].eq(0).all(axis=None)
    assert table["share"].sum() == pytest.approx(1)


def test_sixteen_places_are_exact() -> None:
    table = report(*ALONE_AND_TOGETHER, on=long_shop(16), worth="rate")
    assert table["share"][["home", "cart"]].tolist() == pytest.approx([1 / 4, 3 / 4])


def test_same_seed_gives_the_same_credit() -> None:
    def share(seed: int) -> list[float]:
        table = report(*ALONE_AND_TOGETHER, on=long_shop(17), worth="rate", samples=8, seed=seed)
        return [float(one) for one in table["share"]]

    assert share(1) == share(1)
    assert share(1) != share(2)


def test_sampling_widens_the_interval() -> None:
    customers = ALONE_AND_TOGETHER * 10
    few_orders, exact = (
        report(*customers, on=long_shop(places), worth="rate", samples=8).loc["home"]
        for places in (17, 16)
    )
    assert few_orders["high"] - few_orders["low"] > exact["high"] - exact["low"]


@pytest.mark.parametrize("worth", ["conversions", "rate"])
def test_interval_holds_the_share_and_narrows_with_customers(worth: str) -> None:
    some, many = (
        report(*ALONE_AND_TOGETHER * times, worth=worth).loc[["home", "cart"]] for times in (4, 40)
    )
    for table in (some, many):
        assert (table["low"] < table["share"]).all()
        assert (table["share"] < table["high"]).all()
    assert (many["high"] - many["low"] < some["high"] - some["low"]).all()


@pytest.mark.parametrize("worth", ["conversions", "rate"])
def test_nothing_is_known_without_a_conversion(worth: str) -> None:
    for nobody in ("home@1", "about@1", "home@99"):
        table = report(nobody, worth=worth)
        assert table[["share", "low", "high", "sampling_error", "credit"]].isna().all(axis=None)


def naive(seen: Journeys, worth: str) -> list[float]:
    """Stage after stage joins, in every order, and each set is looked up among the journeys."""
    ended = []
    for journey in range(seen.n_journeys):
        own = range(seen.starts[journey], seen.starts[journey + 1])
        reached = seen.outcome[journey] >= 0
        came = {
            int(seen.stage[event])
            for event in own
            if not reached or seen.at[event] <= seen.outcome_at[journey]
        }
        if came and not seen.is_open[journey]:
            success = reached and seen.map.outcomes[seen.outcome[journey]].kind == "success"
            ended.append((came, bool(success)))

    def worth_of(members: set[int]) -> float:
        inside = [success for came, success in ended if came <= members]
        total = sum(inside)
        return total if worth == "conversions" else total / max(len(inside), 1)

    stages = range(len(seen.map.stages))
    added = [0.0] * len(stages)
    for order in permutations(stages):
        for turn, stage in enumerate(order):
            added[stage] += worth_of({*order[: turn + 1]}) - worth_of({*order[:turn]})
    total = sum(added)
    return [one / total if total else np.nan for one in added]


@few
@given(seen=drawn_journeys)
@pytest.mark.parametrize("worth", ["conversions", "rate"])
def test_share_is_what_stages_add_over_every_order(worth: str, seen: Journeys) -> None:
    metric = ShapleyAttribution(by="stage", worth=worth)  # type: ignore[arg-type]
    found = measure(metric, seen)["share"].tolist()
    assert found == pytest.approx(naive(seen, worth), abs=1e-7, nan_ok=True)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"worth": "rates"}, r"cannot be worth its `rates`\. Did you mean `rate`\?"),
        ({"by": "stages"}, r"Credit cannot go to each `stages`\. Did you mean `stage`\?"),
        ({"samples": 1}, r"`samples` is 1\. Give the number of orders to draw, 2 or more\."),
    ],
)
def test_parameters_are_refused_with_what_to_do(parameters: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        ShapleyAttribution(**parameters)  # type: ignore[arg-type]
