"""A map as the bytes of each kind of file, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.errors import MapError, ParameterError
from cjm_notebooks.maps import JourneyMap, Stage, Touchpoint
from cjm_notebooks.maps.interchange import ENDINGS, read_map, written_as

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")


@pytest.mark.parametrize("ending", ENDINGS)
def test_map_comes_back_from_the_bytes_of_each_kind_of_file(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"trip{ending.upper()}"
    file.write_bytes(written_as(JourneyMap.load(RAIL_TRIP), ending))
    read = read_map(file)
    assert [stage.name for stage in read.stages] == ["Book", "Travel"]
    assert [touchpoint.id for touchpoint in read.touchpoints] == ["search", "pay", "delay"]


def test_json_is_the_canonical_text() -> None:
    journey_map = JourneyMap.load(RAIL_TRIP)
    written = written_as(journey_map, "trip.cjm.json")
    assert written.decode() == journey_map.canonical_text() == RAIL_TRIP.read_text("utf-8")


@pytest.mark.parametrize("name", ["trip.docx", "trip", "", "trip.json.bak"])
def test_ending_of_no_kind_is_refused(name: str) -> None:
    with pytest.raises(ParameterError, match=rf"`{name}` ends like no map\. "):
        written_as(JourneyMap.load(RAIL_TRIP), name)


def test_file_that_cannot_hold_a_text_is_named() -> None:
    touchpoint = Touchpoint(id="t", name="bell \x07")
    stage = Stage(id="s", name="S", touchpoints=(touchpoint,))
    journey_map = JourneyMap(id="m", name="M", stages=(stage,))
    with pytest.raises(MapError, match=r"Row 2 of `m\.xlsx` holds a text that Excel cannot hold"):
        written_as(journey_map, "m.xlsx")
