"""Where unclaimed events may belong: each kind of reason alone, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import Events, JourneyMap
from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.maps import Condition, Rule, Stage, Touchpoint
from cjm_notebooks.matching.suggestions import Suggestion

FIRST = datetime(2025, 3, 1, tzinfo=UTC)


def recorded(customers: Sequence[Sequence[str]]) -> Events:
    rows = [
        (number, name, FIRST + timedelta(hours=hour))
        for number, names in enumerate(customers)
        for hour, name in enumerate(names)
    ]
    return Events(pd.DataFrame(rows, columns=["who", "event", "at"]), customer="who", at="at")


def a_map(*touchpoints: str) -> JourneyMap:
    """Touchpoints that claim the event of their id; `x?` claims nothing."""
    parts = tuple(
        Touchpoint(
            id=id_.removesuffix("?"),
            name=id_.removesuffix("?"),
            match=None if id_.endswith("?") else Rule(where=Condition(is_=id_)),
        )
        for id_ in touchpoints
    )
    return JourneyMap(id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=parts),))


def suggested(
    customers: Sequence[Sequence[str]], journey_map: JourneyMap, **options: set[tuple[str, str]]
) -> tuple[Suggestion, ...]:
    return Inventory(recorded(customers)).suggest(journey_map, **options)


def kinds(suggestion: Suggestion) -> list[str]:
    return [reason.kind for reason in suggestion.reasons]


def test_name_alone_finds_the_touchpoint() -> None:
    found = suggested([["CheckoutStarted", "zzz"]], a_map("basket?", "checkout?", "search?"))
    (one,) = found
    assert (one.event, one.touchpoint, kinds(one)) == ("CheckoutStarted", "checkout", ["name"])
    assert (one.word, one.events, one.customers) == ("strong", 1, 1)
    assert one.reasons[0].words == "`CheckoutStarted` is named like `checkout`, through `checkout`."


def test_place_in_the_course_alone_finds_the_touchpoint() -> None:
    """`zzz` comes after half of what all do; so does `middle` on the map, which has no event."""
    customers = [["one", *"aabb", "zzz", *"cddc", "last"] for _ in range(200)]
    found = suggested(customers, a_map("one", "middle?", "last"))
    best = next(one for one in found if one.event == "zzz")
    assert (best.touchpoint, kinds(best)) == ("middle", ["position"])
    assert best.strength == pytest.approx(0.4 * 200 / 210, abs=1e-6)
    assert best.reasons[0].words == (
        "Customers first have it 50% of the way through what they do; `middle` has no event yet "
        "and stands on the map at 50%."
    )


def test_company_alone_finds_the_touchpoint() -> None:
    """`zzz` always follows `deep`, wherever that is; a third of the customers have both."""
    rng = np.random.default_rng(7)
    customers = []
    for number in range(300):
        names = [str(name) for name in rng.choice(["x1", "x2", "x3"], 12)]
        if number % 3 == 0:
            names[int(rng.integers(0, 12)) : 0] = ["deep", "zzz"]
        customers.append(names)
    journey_map = a_map("x1", "deep", "x2", "x3")
    best = suggested(customers, journey_map)[0]
    assert (best.event, best.touchpoint, kinds(best)) == ("zzz", "deep", ["together"])
    assert best.customers == 100
    assert best.reasons[0].words.startswith("100% of its events stand right beside `deep`, where")
    assert best.reasons[0].words.endswith("100% of its customers come there, and 33% of all.")


def test_reasons_together_are_stronger_than_each() -> None:
    customers = [["home", "cart", "cart_v2", "end"] for _ in range(90)]
    customers += [["home", "other", "other", "end"] for _ in range(90)]
    best = suggested(customers, a_map("home", "cart", "end", "other"))[0]
    assert (best.event, best.touchpoint) == ("cart_v2", "cart")
    assert "name" in kinds(best)
    assert "together" in kinds(best)
    assert best.strength > 0.9 * best.reasons[0].strength


@pytest.mark.parametrize("seed", range(5))
def test_random_names_in_random_places_suggest_nothing_strong(seed: int) -> None:
    rng = np.random.default_rng(seed)
    letters = list("abcdefghijklmnopqrstuvwxyz")
    strange = ["".join(rng.choice(letters, 8)) for _ in range(20)]
    known = ["home", "search", "cart", "payment", "delivery"]
    customers = [
        [str(name) for name in rng.choice([*strange, *known], int(rng.integers(1, 30)))]
        for _ in range(300)
    ]
    assert all(one.word == "weak" for one in suggested(customers, a_map(*known, "help?")))


def test_refused_suggestion_stays_away_and_the_others_stay() -> None:
    customers = [["cart_help"]]
    journey_map = a_map("cart?", "help?")
    assert [one.touchpoint for one in suggested(customers, journey_map)] == ["cart", "help"]
    refused = {("cart_help", "cart")}
    assert [one.touchpoint for one in suggested(customers, journey_map, refused=refused)] == [
        "help"
    ]


def test_claimed_events_are_not_suggested_anywhere() -> None:
    assert suggested([["cart", "home"]], a_map("cart", "home", "cart2?")) == ()


def test_map_without_touchpoints_has_nowhere_to_put_them() -> None:
    assert suggested([["cart"]], JourneyMap(id="m", name="M")) == ()


def test_two_runs_suggest_the_same() -> None:
    customers = [["cart_a", "home", "cart_b"], ["home", "cart_b"]]
    journey_map = a_map("home", "cart?", "cart2?")
    assert suggested(customers, journey_map) == suggested(customers, journey_map)
