"""A map is held against the right one by the events that its touchpoints match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import pytest

from cjm_notebooks.errors import RuleError
from cjm_notebooks.events import Events
from cjm_notebooks.maps import Condition, JourneyMap, Rule, Stage, Touchpoint
from cjm_notebooks.teaching.scoring import MapScore, Yardstick

DAY = ("search", "ad", "product", "compare", "cart", "pay", "mail", "return", "ping")
COUNTS = dict(zip(DAY, (30, 20, 60, 10, 24, 16, 12, 4, 24), strict=True))
"""200 events. `ping` is a technical event that belongs on no map."""

RIGHT = {
    "find": {"arrive": ["search", "ad"]},
    "choose": {"product": ["product"], "compare": ["compare"]},
    "buy": {"checkout": ["cart", "pay"]},
    "after": {"mail": ["mail"], "return": ["return"]},
}


def a_map(stages: Mapping[str, Mapping[str, Iterable[str]]]) -> JourneyMap:
    return JourneyMap(
        id="map",
        name="Map",
        stages=tuple(
            Stage(
                id=stage,
                name=stage.title(),
                touchpoints=tuple(
                    Touchpoint(id=id_, name=id_.title(), match=rule(*events))
                    for id_, events in touchpoints.items()
                ),
            )
            for stage, touchpoints in stages.items()
        ),
    )


def rule(*events: str) -> Rule | None:
    return Rule(where=Condition(in_=events)) if events else None


rows = [name for name, count in COUNTS.items() for _ in range(count)]
RECORDED = Events(
    pd.DataFrame(
        {
            "customer": [f"c{place % 20}" for place in range(len(rows))],
            "event": rows,
            "at": range(len(rows)),
            "channel": ["web" if place % 2 else "app" for place in range(len(rows))],
        }
    ),
    customer="customer",
    at="at",
    unit="s",
)
YARDSTICK = Yardstick(a_map(RIGHT), RECORDED)


def score(stages: Mapping[str, Mapping[str, Iterable[str]]]) -> MapScore:
    return YARDSTICK.score(a_map(stages))


def shares(found: MapScore) -> tuple[float, float, float, float]:
    return found.touchpoints, found.stages, found.placement, found.order


def test_right_map_scores_all() -> None:
    found = score(RIGHT)
    assert shares(found) == pytest.approx((1, 1, 1, 1))
    assert (found.missed, found.merged, found.split, found.beside) == ((), {}, {}, ())


def test_names_and_ids_do_not_count() -> None:
    """Synonyms, typos and another language: what a touchpoint matches is what it is."""
    found = score(
        {
            "Discover": {"arriival": ["search", "ad"]},
            "Auswahl": {"PDP": ["product"], "Vergleich": ["compare"]},
            "convert": {"kasse": ["cart", "pay"]},
            "post-purchase": {"newsletter": ["mail"], "RMA": ["return"]},
        }
    )
    assert shares(found) == pytest.approx((1, 1, 1, 1))


def test_stages_in_reversed_order_lose_the_order_and_nothing_else() -> None:
    found = score(dict(reversed(RIGHT.items())))
    assert shares(found) == pytest.approx((1, 1, 1, 0))


def test_two_neighbouring_stages_swapped_lose_a_third_of_the_order() -> None:
    """Of six pairs of stages one stands the wrong way round: tau is 4 of 6."""
    names = ["find", "buy", "choose", "after"]
    found = score({name: RIGHT[name] for name in names})
    assert shares(found) == pytest.approx((1, 1, 1, 4 / 6))


def test_empty_map_scores_nothing() -> None:
    assert shares(score({})) == (0, 0, 0, 0)
    assert shares(score({"find": {}, "buy": {}})) == (0, 0, 0, 0)


def test_touchpoints_without_any_rule_score_nothing_however_well_they_are_named() -> None:
    unbound = {stage: dict.fromkeys(places, ()) for stage, places in RIGHT.items()}
    assert shares(score(unbound)) == (0, 0, 0, 0)


def test_one_touchpoint_for_everything_scores_nothing() -> None:
    assert shares(score({"all": {"all": DAY}})) == (0, 0, 0, 0)


def test_a_touchpoint_for_each_name_scores_nothing_where_the_right_map_groups_names() -> None:
    found = score({"all": {name: [name] for name in DAY}})
    assert shares(found) == pytest.approx((0, 0, 0, 0))
    assert found.split == {"arrive": ("search", "ad"), "checkout": ("cart", "pay")}


def test_a_touchpoint_for_each_name_in_a_stage_of_its_own_scores_nothing() -> None:
    found = score({name: {name: [name]} for name in DAY})
    assert shares(found) == pytest.approx((0, 0, 0, 0))


def test_right_map_with_a_hundred_touchpoints_beside_scores_nothing() -> None:
    """6 right pairs among 106 and 6 parts: 12 of 112, less than a guess reaches."""
    many = {**RIGHT, "more": {f"t{place}": [f"not-there-{place}"] for place in range(100)}}
    found = score(many)
    assert found.touchpoints == 0
    assert found.placement == 0
    assert len(found.beside) == 100


def test_touchpoints_that_claim_the_same_events_share_one_and_the_others_are_empty() -> None:
    """Of copies with the same rule the one with the smallest id has the events."""
    copied = {
        stage: {f"{id_}{copy}": events for id_, events in places.items() for copy in range(3)}
        for stage, places in RIGHT.items()
    }
    assert score(copied).touchpoints == pytest.approx(0, abs=0.02)


def test_a_rare_touchpoint_counts_as_much_as_a_frequent_one() -> None:
    without_rare = {**RIGHT, "after": {"mail": ["mail"]}}
    without_frequent = {**RIGHT, "choose": {"compare": ["compare"]}}
    lost = score(without_rare)
    assert lost.missed == ("return",)
    assert lost.touchpoints == pytest.approx(score(without_frequent).touchpoints)


def test_two_touchpoints_in_one_are_named_as_merged() -> None:
    found = score({**RIGHT, "choose": {"product": ["product", "compare"]}})
    assert found.merged == {"product": ("product", "compare")}
    assert found.missed == ("compare",)
    assert 0.5 < found.touchpoints < 1
    assert found.stages == pytest.approx(1)


def test_pairs_say_how_exact_and_how_complete_they_are() -> None:
    """The cart's 24 events of the 40 at the checkout, together with 24 pings."""
    found = score({"buy": {"basket": ["cart", "ping"]}})
    (pair,) = found.pairs
    assert (pair.mine, pair.right) == ("basket", "checkout")
    assert (pair.precision, pair.recall) == (0.5, 0.6)
    assert pair.f1 == pytest.approx(2 * 24 / (48 + 40))


def test_touchpoint_in_another_stage_loses_placement_but_no_touchpoint() -> None:
    moved = {
        "find": RIGHT["find"],
        "choose": RIGHT["choose"],
        "buy": {"checkout": ["cart", "pay"], "mail": ["mail"]},
        "after": {"return": ["return"]},
    }
    found = score(moved)
    assert found.touchpoints == pytest.approx(1)
    assert found.placement == pytest.approx((5 / 6 - 4 / 6) / (1 - 4 / 6))
    assert found.stages < 1


def test_rules_that_look_around_are_followed_event_by_event() -> None:
    """`nth: 1` takes one event of each of the customers who searched."""
    first = a_map({"find": {"arrive": ["search", "ad"]}})
    (stage,) = first.stages
    (touchpoint,) = stage.touchpoints
    assert touchpoint.match is not None
    only_first = touchpoint.model_copy(
        update={"match": touchpoint.match.model_copy(update={"nth": 1})}
    )
    found = YARDSTICK.score(
        first.model_copy(
            update={"stages": (stage.model_copy(update={"touchpoints": (only_first,)}),)}
        )
    )
    (pair,) = found.pairs
    assert (pair.precision, pair.recall) == (1, 20 / 50)


def test_rule_that_asks_for_another_column_is_refused_by_its_name() -> None:
    by_customer = Touchpoint(
        id="vip", name="VIP", match=Rule(where=Condition(column="customer", is_="c1"))
    )
    journey_map = JourneyMap(
        id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=(by_customer,)),)
    )
    with pytest.raises(RuleError, match=r"The rule of `vip` asks for `customer`"):
        YARDSTICK.score(journey_map)
