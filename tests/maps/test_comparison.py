"""What differs between two maps."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from cjm_notebooks.maps import JourneyMap, compare
from tests.maps.any_map import maps

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")


def drawn(stages: str, **fields: object) -> JourneyMap:
    """`drawn("buy: find pay | use: try")`: two stages with their touchpoints."""
    given = []
    for stage in filter(None, stages.split(" | ")):
        name, _, touchpoints = stage.partition(":")
        inside = [
            {"id": touchpoint, "name": touchpoint.title()} for touchpoint in touchpoints.split()
        ]
        given.append({"id": name, "name": name.title(), "touchpoints": inside})
    return JourneyMap.from_text(json.dumps({"id": "m", "name": "M", "stages": given, **fields}))


def words(before: JourneyMap, after: JourneyMap) -> list[str]:
    return list(compare(before, after).in_words())


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(maps)
def test_map_does_not_differ_from_itself(journey_map: JourneyMap) -> None:
    assert words(journey_map, JourneyMap.from_text(journey_map.canonical_text())) == []


def test_touchpoint_in_another_stage_has_moved_and_is_neither_new_nor_gone() -> None:
    comparison = compare(drawn("buy: find pay | use: try"), drawn("buy: find | use: pay try"))
    assert (comparison.added, comparison.removed, comparison.changed) == ((), (), ())
    assert comparison.in_words() == (
        "The touchpoint `pay` (Pay) moved from place 2 of `buy` to place 1 of `use`.",
    )


def test_only_what_left_the_order_has_moved() -> None:
    assert words(drawn("buy: a b c d"), drawn("buy: d a b c")) == [
        "The touchpoint `d` (D) moved from place 4 of `buy` to place 1 of `buy`."
    ]


def test_stage_moves_with_its_touchpoints() -> None:
    before, after = drawn("a: x | b: y | c: z"), drawn("b: y | c: z | a: x")
    assert words(before, after) == ["The stage `a` (A) moved from place 1 to place 3."]


def test_new_touchpoint_moves_nobody() -> None:
    assert words(drawn("buy: a b"), drawn("buy: new a b")) == ["The touchpoint `new` (New) is new."]


def test_touchpoint_that_outlives_its_stage_has_moved() -> None:
    assert words(drawn("a: x | b: y"), drawn("b: y x")) == [
        "The stage `a` (A) is gone.",
        "The touchpoint `x` (X) moved from place 1 of `a` to place 2 of `b`.",
    ]


def test_renamed_touchpoint_is_the_same_touchpoint() -> None:
    before = drawn("buy: pay")
    after = JourneyMap.from_text(before.canonical_text().replace('"Pay"', '"Pay by card"'))
    assert words(before, after) == [
        "The touchpoint `pay` (Pay by card): `name` was `Pay` and is `Pay by card`."
    ]


def test_changes_of_the_map_and_of_outcomes_are_told_by_field() -> None:
    before = drawn("", goal="Fly", outcomes=[{"id": "won", "name": "Won"}])
    after = drawn(
        "",
        goal="Arrive",
        journey={"quiet_days": 14},
        x_board={"colour": "blue"},
        outcomes=[{"id": "won", "name": "Won", "kind": "failure"}, {"id": "lost", "name": "Lost"}],
    )
    assert words(before, after) == [
        "The outcome `lost` (Lost) is new.",
        "The map `m` (M): `goal` was `Fly` and is `Arrive`.",
        "The map `m` (M): `journey.quiet_days` was `30` and is `14`.",
        "The map `m` (M) has other `x_board`.",
        "The outcome `won` (Won): `kind` was `success` and is `failure`.",
    ]


def test_nested_fields_are_compared_one_by_one() -> None:
    text = RAIL_TRIP.read_text("utf-8")
    after = text.replace('"value": 6', '"value": 5')
    [change] = compare(JourneyMap.from_text(text), JourneyMap.from_text(after)).changed
    assert (change.subject.id, change.field) == ("delay", "expectation.value")
    assert (change.before, change.after) == (6, 5)
