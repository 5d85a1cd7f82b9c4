"""The map as an object and as a file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import Claim, Cut, JourneyMap, Outcome, Stage, Touchpoint

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")
SMALLEST = '{"id": "m", "name": "M"}'


@pytest.fixture
def rail_trip() -> JourneyMap:
    return JourneyMap.load(RAIL_TRIP)


def test_only_ids_and_names_are_required() -> None:
    touchpoint = Touchpoint(id="pay", name="Pay")
    stage = Stage(id="buy", name="Buy", touchpoints=(touchpoint,))
    journey_map = JourneyMap(id="shop", name="Shop", stages=(stage,))
    assert (journey_map.state, journey_map.review_interval_days) == ("as_is", 90)
    assert (journey_map.journey.quiet_days, journey_map.privacy.k_min) == (30, 5)
    assert (touchpoint.kind, touchpoint.emotion) == ("action", None)
    assert Outcome(id="bought", name="Bought").kind == "success"


def test_touchpoints_stand_in_map_order(rail_trip: JourneyMap) -> None:
    assert [touchpoint.id for touchpoint in rail_trip.touchpoints] == ["search", "pay", "delay"]


def test_touchpoint_knows_its_stage(rail_trip: JourneyMap) -> None:
    assert rail_trip.stage_of("pay").id == "book"
    with pytest.raises(MapError, match=r"no touchpoint `delais`\. Did you mean `delay`\?"):
        rail_trip.stage_of("delais")


def test_durations_and_days_are_read_as_what_they_are(rail_trip: JourneyMap) -> None:
    assert rail_trip.last_reviewed == date(2025, 4, 2)
    assert rail_trip.journey.cut == Cut(by="inactivity", inactivity=timedelta(days=45))
    rule = rail_trip.touchpoints[1].match
    assert rule is not None
    assert rule.within == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("written", "length", "canonical"),
    [
        ("P2W", timedelta(days=14), "P14D"),
        ("PT36H", timedelta(hours=36), "P1DT12H"),
        ("PT0.5S", timedelta(milliseconds=500), "PT0.5S"),
        ("PT90M", timedelta(minutes=90), "PT1H30M"),
        ("PT0S", timedelta(0), "P0D"),
    ],
)
def test_length_of_time_is_written_in_one_way(
    written: str, length: timedelta, canonical: str
) -> None:
    text = json.dumps({"id": "m", "name": "M", "plan": {"time_budget": written}})
    journey_map = JourneyMap.from_text(text)
    assert journey_map.plan is not None
    assert journey_map.plan.time_budget == length
    assert json.loads(journey_map.canonical_text())["plan"] == {"time_budget": canonical}


def test_field_of_ones_own_survives_loading_and_saving(tmp_path: Path) -> None:
    own = {"x_board": {"z": [1, None], "a": {"deep": True}}}
    fields = {"id": "m", "name": "M", "stages": [{"id": "s", "name": "S", **own}], **own}
    JourneyMap.from_text(json.dumps(fields)).save(tmp_path / "m.cjm.json")
    assert json.loads((tmp_path / "m.cjm.json").read_text()) == {"schema_version": "1.0", **fields}


def test_claims_are_listed_with_their_status_and_evidence(rail_trip: JourneyMap) -> None:
    search, pay = (f"stages[0].touchpoints[{number}]" for number in (0, 1))
    delay = "stages[1].touchpoints[0]"
    assert rail_trip.claims() == (
        Claim(f"{search}.emotion", "emotion", "validated", ("interviews",)),
        Claim(f"{pay}.emotion", "emotion", "hypothesis", ()),
        Claim(f"{pay}.pain_points[0]", "pain_point", "hypothesis", ()),
        Claim(f"{delay}.expectation", "expectation", "hypothesis", ()),
        Claim(f"{delay}.moment_of_truth", "moment_of_truth", "hypothesis", ()),
    )


def felt(*evidence: str, kind: str = "interview") -> JourneyMap:
    touchpoints = [
        {"id": f"t{number}", "name": "T", "emotion": 1, "evidence": [item] if item else []}
        for number, item in enumerate(evidence)
    ]
    fields = {
        "id": "m",
        "name": "M",
        "stages": [{"id": "s", "name": "S", "touchpoints": touchpoints}],
        "evidence": [{"id": "found", "kind": kind}],
    }
    return JourneyMap.from_text(json.dumps(fields))


def test_basis_follows_from_the_evidence_that_claims_name() -> None:
    assert felt("found", "found").derived_basis() == "research"
    assert felt("found", "").derived_basis() == "mixed"
    assert felt("", "").derived_basis() == "assumption"
    assert felt().derived_basis() == "assumption"


@pytest.mark.parametrize("opinion", ["workshop", "expert"])
def test_opinion_is_no_research(opinion: str) -> None:
    assert felt("found", kind=opinion).derived_basis() == "assumption"


def test_file_is_saved_as_its_canonical_text(rail_trip: JourneyMap, tmp_path: Path) -> None:
    rail_trip.save(tmp_path / "trip.cjm.json")
    assert (tmp_path / "trip.cjm.json").read_bytes() == RAIL_TRIP.read_bytes()
    assert JourneyMap.load(tmp_path / "trip.cjm.json") == rail_trip


def test_saving_leaves_no_draft_behind_and_keeps_the_permissions(tmp_path: Path) -> None:
    file = tmp_path / "m.cjm.json"
    file.write_text("old")
    file.chmod(0o640)
    JourneyMap.from_text(SMALLEST).save(file)
    assert list(tmp_path.iterdir()) == [tmp_path / "m.cjm.json"]
    assert file.stat().st_mode & 0o777 == 0o640


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    link = tmp_path / "latest.cjm.json"
    link.symlink_to(tmp_path / "m.cjm.json")
    JourneyMap.from_text(SMALLEST).save(link)
    assert link.is_symlink()
    assert JourneyMap.load(tmp_path / "m.cjm.json").id == "m"


def test_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"cannot be written: No such file or directory\. Check the"):
        JourneyMap.from_text(SMALLEST).save(tmp_path / "nowhere" / "m.cjm.json")


def test_map_that_cannot_be_put_in_place_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "m.cjm.json").mkdir()
    with pytest.raises(MapError, match="cannot be written: Is a directory"):
        JourneyMap.from_text(SMALLEST).save(tmp_path / "m.cjm.json")
    assert list(tmp_path.iterdir()) == [tmp_path / "m.cjm.json"]


def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "m.cjm.json").write_text(SMALLEST, "utf-8-sig")
    assert JourneyMap.load(tmp_path / "m.cjm.json").name == "M"


def test_title_of_a_million_characters_is_read() -> None:
    title = "a" * 1_000_000
    assert JourneyMap(id="m", name=title).name == title


def test_map_cannot_be_changed_in_place(rail_trip: JourneyMap) -> None:
    with pytest.raises(ValueError, match="frozen"):
        rail_trip.name = "Another"
