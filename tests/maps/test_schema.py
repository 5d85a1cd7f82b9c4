"""The published schemas say what the model says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from cjm_notebooks import maps as package
from cjm_notebooks.maps import JourneyMap, json_schema
from tests.maps.any_map import maps
from tools.write_map_page import SCHEMAS, schema_text

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")

schema = Draft202012Validator(json_schema())


@pytest.mark.parametrize("file", SCHEMAS)
def test_committed_schema_is_up_to_date(file: str) -> None:
    committed = Path(package.__file__).with_name(file).read_text("utf-8")
    assert committed == schema_text(SCHEMAS[file]), "run python -m tools.write_map_page"


@pytest.mark.parametrize("document", SCHEMAS.values())
def test_schema_is_itself_in_order(document: type[JourneyMap]) -> None:
    Draft202012Validator.check_schema(json_schema(document))


def test_schema_accepts_the_example() -> None:
    schema.validate(json.loads(RAIL_TRIP.read_text("utf-8")))


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(maps)
def test_schema_accepts_whatever_is_saved(journey_map: JourneyMap) -> None:
    schema.validate(json.loads(journey_map.canonical_text()))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"emotion": 0.5', '"emotion": 5'),
        ('"emotion": 0.5', '"emotoin": 0.5'),
        ('"kind": "communication"', '"kind": "talk"'),
        ('"id": "search"', '"id": "search it"'),
        ('"id": "student",', ""),
        ('"severity": "high"', '"severity": null, "serious": true'),
    ],
)
def test_schema_refuses_what_the_model_refuses(written: str, instead: str) -> None:
    text = RAIL_TRIP.read_text("utf-8")
    assert written in text
    assert not schema.is_valid(json.loads(text.replace(written, instead, 1)))


def test_fields_stand_in_the_order_of_the_canonical_text() -> None:
    fields = list(json_schema()["properties"])
    assert fields[:4] == ["schema_version", "id", "name", "map_type"]


def test_reference_says_what_it_refers_to() -> None:
    touchpoint = json_schema()["$defs"]["Touchpoint"]["properties"]
    assert touchpoint["channel"]["anyOf"][0]["x-refers-to"] == "Channel"
