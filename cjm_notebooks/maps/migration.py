"""Files of older versions, brought to the version this package writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import JsonValue

from cjm_notebooks.errors import MapError, did_you_mean
from cjm_notebooks.maps.reading_errors import shortened, shown

SCHEMA_VERSION = "1.0"

Fields = Mapping[str, JsonValue]
Migrations = Mapping[str, tuple[str, Callable[[Fields], Fields]]]


def migrated(fields: Fields, migrations: Migrations, name: str) -> Fields:
    """`fields` as this version would have written them.

    `migrations` holds, for each older version, the version that followed and a pure function that
    leads to it; a file runs through all that follow its own.

    Raises  MapError when the file is newer than this package, or of a version never published
    """
    version = fields.get("schema_version", SCHEMA_VERSION)
    while version != SCHEMA_VERSION:
        if not isinstance(version, str) or version not in migrations:
            raise MapError(_refusal(version, migrations, name))
        following, migrate = migrations[version]
        fields = {**migrate(fields), "schema_version": following}
        version = following
    return fields


def _refusal(version: JsonValue, migrations: Migrations, name: str) -> str:
    written = f"`{name}` has the schema version {shown(version)}"
    if isinstance(version, str) and re.fullmatch(r"\d{1,9}\.\d{1,9}", version):
        numbers = [int(number) for number in version.split(".")]
        if numbers > [int(number) for number in SCHEMA_VERSION.split(".")]:
            return (
                f"{written}, which is newer than {SCHEMA_VERSION}, the one this package knows. "
                "Upgrade cjm_notebooks."
            )
    known = ", ".join(f'"{older}"' for older in [*migrations, SCHEMA_VERSION])
    return f"{written}, which was never published. Known: {known}."


def _from_0_9(fields: Fields) -> Fields:
    """Names were called titles, and the steps of all stages stood in one list beside them."""
    touchpoints: dict[str, list[JsonValue]] = {}
    stages: list[JsonValue] = []
    for stage in _objects(fields.get("stages")):
        own = touchpoints.setdefault(str(stage.get("id")), [])
        stages.append({**_renamed(stage), "touchpoints": own})
    for step in _objects(fields.get("steps")):
        name = str(step.get("stage"))
        if name not in touchpoints:
            hint = did_you_mean(shortened(name), touchpoints)
            msg = f"The step {shown(step.get('id'))} names the stage {shown(name)}. {hint}"
            raise MapError(msg)
        touchpoints[name].append(_renamed(_without(step, "stage")))
    return {**_renamed(_without(fields, "steps")), "stages": stages}


def _objects(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _renamed(fields: Fields) -> dict[str, JsonValue]:
    return {"name" if key == "title" else key: value for key, value in fields.items()}


def _without(fields: Fields, name: str) -> dict[str, JsonValue]:
    return {key: value for key, value in fields.items() if key != name}


OF_THE_MAP: Migrations = {"0.9": ("1.0", _from_0_9)}
