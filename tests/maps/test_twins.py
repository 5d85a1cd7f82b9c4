"""What Python and the editor must say alike: `extension/tests/twins.test.ts` reads these files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.editing import edited, edited_fields, value_at_place
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.settings import Plan

TWINS = Path(__file__).parents[1] / "twins"


def read(name: str) -> Any:
    return json.loads((TWINS / f"{name}.json").read_text("utf-8"))


OPERATIONS = read("operations")


def seen(value: JsonValue, wanted: JsonValue) -> JsonValue:
    """A list of parts by their ids, as the fixtures write it."""
    by_id = isinstance(wanted, list) and all(isinstance(one, str) for one in wanted)
    if not (by_id and isinstance(value, list)):
        return value
    return [one["id"] if isinstance(one, dict) else one for one in value]


@pytest.mark.parametrize("example", OPERATIONS["examples"], ids=lambda example: example["why"])
def test_operations_change_a_map_as_the_editor_does(example: dict[str, Any]) -> None:
    after = edited_fields(OPERATIONS["map"], example["do"])
    for place, wanted in example["see"].items():
        expected = OPERATIONS["map"] if wanted == "unchanged" else wanted
        assert seen(value_at_place(after, place), wanted) == expected


@pytest.mark.parametrize("example", read("texts"), ids=lambda example: example["why"])
def test_map_has_the_text_that_the_editor_writes(example: dict[str, Any]) -> None:
    journey_map = JourneyMap.from_fields(example["map"])
    assert journey_map.canonical_text().split("\n") == example["text"]


@pytest.mark.parametrize(("written", "canonical"), read("durations").items())
def test_length_of_time_has_one_form(written: str, canonical: str) -> None:
    plan = Plan.model_validate({"time_budget": written})
    assert plan.model_dump(mode="json")["time_budget"] == canonical


@pytest.mark.parametrize("example", read("names"), ids=lambda example: example["id"])
def test_name_becomes_an_id(example: dict[str, Any]) -> None:
    assert new_id(example["name"], example["taken"], example["otherwise"]) == example["id"]


def test_edited_map_is_a_map_again() -> None:
    shop = JourneyMap(id="shop", name="Shop")
    stage: dict[str, JsonValue] = {"id": "buy", "name": "Buy"}
    after = edited(shop, [{"op": "insert", "into": "stages", "value": stage}])
    assert [one.name for one in after.stages] == ["Buy"]
    assert shop.stages == ()
