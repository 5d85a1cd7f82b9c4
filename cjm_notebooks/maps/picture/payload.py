"""What our MIME renderer and the component read: the map, its numbers, and its problems."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from pydantic import JsonValue

from cjm_notebooks.maps.document import Document
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.measured import MeasuredMap
from cjm_notebooks.maps.picture.texts import UNSHOWABLE, readable

MIME_TYPE = "application/vnd.cjm+json"
HALF = re.compile(r"[\ud800-\udfff]")
UNSAFE = re.compile(f"<|\u2028|\u2029|{UNSHOWABLE.pattern}")


def payload(journey_map: JourneyMap, measured: MeasuredMap | None) -> dict[str, JsonValue]:
    """The fields as the files have them."""
    return {
        "journey_map": _fields(journey_map),
        "measured": None if measured is None else _fields(measured),
        "problems": [asdict(problem) for problem in journey_map.problems()],
    }


def script_text(value: JsonValue) -> str:
    """`value` as JSON that cannot end or open the script element around it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _fields(document: Document) -> JsonValue:
    """Those of the canonical text; half a character, which no browser reads, is replaced."""
    fields: JsonValue = json.loads(document.canonical_text())
    return _whole(fields)


def _whole(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(entry) for entry in value]
    if isinstance(value, dict):
        return {readable(name): _whole(entry) for name, entry in value.items()}
    return value
