"""Draft maps: a right map without what research found, and with faults that checks have to find.

A draft stands in a file beside the map. `changes` are the operations of the editor that make the
draft a plausible one; each of the `defects` has a check, a place in the draft, a sentence and
the operations that make the fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import JsonValue

from cjm_notebooks.checks import Finding
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.editing import Fields, Operation, edited_fields
from cjm_notebooks.maps.part import Part
from cjm_notebooks.teaching.truth import Defect

MAPS = Path(__file__).parent / "maps"
OF_A_MAP = (
    *("schema_version", "id", "name", "objective", "scope", "owner", "created", "timezone"),
    *("journey", "departments", "channels", "outcomes"),
)
OF_A_STAGE = ("id", "name", "canonical", "super_stage", "owner_department")
OF_A_TOUCHPOINT = ("id", "name", "kind", "channel", "department", "doing", "match")


@dataclass(frozen=True)
class Maps:
    """The right map, the draft with its faults, and the list of these."""

    right: JourneyMap
    draft: JourneyMap
    defects: tuple[Defect, ...]


@cache
def maps_of(generator: str) -> Maps:
    """The maps of one generator, by its id."""
    right = JourneyMap.load(MAPS / f"{generator}.cjm.json")
    text = (MAPS / f"{generator}.draft.json").read_text(encoding="utf-8")
    written = json.loads(text)
    operations: list[Operation] = written["changes"]
    for defect in written["defects"]:
        operations += defect.pop("operations")
    draft = JourneyMap.from_fields(edited_fields(unresearched(right), operations))
    return Maps(right, draft, tuple(map(Defect.model_validate, written["defects"])))


def unresearched(journey_map: JourneyMap) -> Fields:
    """The map with nothing on it that somebody had to find out: no claim, no evidence, no plan."""
    stages: list[JsonValue] = [
        _kept(stage, OF_A_STAGE)
        | {"touchpoints": [_kept(one, OF_A_TOUCHPOINT) for one in stage.touchpoints]}
        for stage in journey_map.stages
    ]
    return _kept(journey_map, OF_A_MAP) | {"stages": stages}


def _kept(part: Part, names: Iterable[str]) -> Fields:
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True, include={*names})


def is_found(defect: Defect, findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is of the defect's check and names what the defect is about."""
    return any(
        finding.id.partition("/")[0] == defect.check
        and (not defect.shows or defect.shows in _named(finding))
        for finding in findings
    )


def _named(finding: Finding) -> set[object]:
    """Its targets and every value in its rows."""
    return {*finding.targets, *(value for row in finding.rows for value in row.values())}
