"""One map has one text, and the text gives the map back."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.canonical import number_text, text_of
from tests.maps.any_map import anything, maps, texts, whole_numbers

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")

slowly = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@slowly
@given(maps)
def test_map_read_from_its_text_is_the_same_map(journey_map: JourneyMap) -> None:
    assert JourneyMap.from_text(journey_map.canonical_text()) == journey_map


@slowly
@given(maps)
def test_text_of_a_map_read_from_its_text_is_the_same_text(journey_map: JourneyMap) -> None:
    text = journey_map.canonical_text()
    assert JourneyMap.from_text(text).canonical_text() == text


@given(anything)
def test_text_of_any_json_says_what_the_json_says(value: JsonValue) -> None:
    as_javascript_reads_it = json.loads(text_of(value), parse_int=float)
    assert as_javascript_reads_it == value


@given(st.recursive(st.none() | whole_numbers | texts, st.lists, max_leaves=9))
def test_layout_is_that_of_json_indented_by_two(value: JsonValue) -> None:
    assert text_of(value) == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def test_own_fields_stand_last_and_in_alphabetical_order() -> None:
    text = text_of({"x_b": 1, "id": "m", "x_a": 2, "a": 3})
    assert list(json.loads(text)) == ["id", "a", "x_a", "x_b"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-2.5e300, "-2.5e+300"),
        (7, "7"),
    ],
)
def test_numbers_are_written_as_javascript_writes_them(number: float, text: str) -> None:
    assert number_text(number) == text


def test_defaults_are_left_out() -> None:
    journey_map = JourneyMap(id="m", name="M", state="as_is", stages=(), goal="")
    assert list(json.loads(journey_map.canonical_text())) == ["schema_version", "id", "name"]


def test_half_of_a_character_stays_readable() -> None:
    text = '{"id": "m", "name": "M", "x_note": "\\ud83d"}'
    assert '"x_note": "\\ud83d"' in JourneyMap.from_text(text).canonical_text()


def test_same_map_has_the_same_hash_and_another_map_another() -> None:
    journey_map = JourneyMap.load(RAIL_TRIP)
    renamed = journey_map.model_copy(update={"name": "By rail"})
    assert journey_map.content_hash() == sha256(RAIL_TRIP.read_bytes()).hexdigest()
    assert journey_map.content_hash() != renamed.content_hash()


def test_hand_written_map_is_in_canonical_text() -> None:
    assert JourneyMap.load(RAIL_TRIP).canonical_text() == RAIL_TRIP.read_text("utf-8")
