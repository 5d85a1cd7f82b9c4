"""What is wrong with a map, as the editor shows it: a sentence and its cure at a place."""

from __future__ import annotations

import json
from datetime import datetime

from pydantic import JsonValue

from cjm_notebooks.checks import Finding, Reading
from cjm_notebooks.errors import MapError
from cjm_notebooks.inspection import checks_of_a_map, inspect_all
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.migration import SCHEMA_VERSION
from cjm_notebooks.maps.walking import parts_in

MARK = "\ufeff"
Answer = dict[str, JsonValue]


def inspection(text: str, as_of: datetime) -> Answer:
    """Contradictions and findings of the map in `text`, or why it is none.

    `journey_map` holds the map only where `text` is of an older version of the format, and `hash`
    tells whether the numbers beside it are still about this map.
    """
    try:
        journey_map = JourneyMap.from_text(text.removeprefix(MARK), "the file")
    except MapError as error:
        return {"problems": [], "unread": str(error), "journey_map": None, "hash": None}
    older = json.loads(text.removeprefix(MARK)).get("schema_version", SCHEMA_VERSION)
    return {
        "problems": [*_contradictions(journey_map), *_findings(journey_map, as_of)],
        "unread": None,
        "journey_map": None if older == SCHEMA_VERSION else journey_map.fields(),
        "hash": journey_map.content_hash(),
    }


def _contradictions(journey_map: JourneyMap) -> list[JsonValue]:
    return [
        _problem(one.place, one.value, one.what, one.cure, "high") for one in journey_map.problems()
    ]


def _findings(journey_map: JourneyMap, as_of: datetime) -> list[JsonValue]:
    readings: dict[Reading, object] = {"journey_map": journey_map, "as_of": as_of}
    places = {getattr(part, "id", None): place for place, part in parts_in(journey_map) if place}
    found: list[JsonValue] = []
    for checked in inspect_all(checks_of_a_map(), readings):
        for one in checked.verdict.findings:
            what, cure = f"{one.what} {one.so_what}", str(one.advice)
            severity = one.severity or "info"
            found += [_problem(place, "", what, cure, severity) for place in _where(one, places)]
    return found


def _where(finding: Finding, places: dict[str | None, str]) -> list[str]:
    return [places[target] for target in finding.targets if target in places] or [""]


def _problem(place: str, value: str, what: str, cure: str, severity: str) -> JsonValue:
    return {"place": place, "value": value, "what": what, "cure": cure, "severity": severity}
