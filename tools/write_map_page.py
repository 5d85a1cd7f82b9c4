"""Write what is generated from the model of the map: both schemas and the tables of the page.

Run it after every change to a field: `python -m tools.write_map_page`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cjm_notebooks import maps
from cjm_notebooks.maps import JourneyMap, MeasuredMap, json_schema
from cjm_notebooks.maps.document import Document
from cjm_notebooks.maps.files import read_text, write_text
from cjm_notebooks.maps.journey_map import PRESETS
from cjm_notebooks.maps.vocabulary import CHANNELS, DEPARTMENTS

CHECKOUT = Path(__file__).parent.parent
PAGE = CHECKOUT / "docs" / "map.md"
SCHEMAS: Mapping[str, type[Document]] = {
    "journey_map.schema.json": JourneyMap,
    "measured_map.schema.json": MeasuredMap,
}
TERM = re.compile(r"\s*\[([^\]]+)\]")

Schema = Mapping[str, Any]


def schema_text(document: type[Document]) -> str:
    return f"{json.dumps(json_schema(document), indent=2, ensure_ascii=False)}\n"


def page_with(page: str, generated: Mapping[str, str]) -> str:
    """`page` with new text between each `<!-- NAME -->` and `<!-- end of NAME -->`."""
    for name, text in generated.items():
        opening, closing = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = page.partition(opening)
        _, _, after = rest.partition(closing)
        page = f"{before}{opening}\n\n{text}\n{closing}{after}"
    return page


def generated() -> dict[str, str]:
    return {
        "fields of the map": "\n".join(_tables(json_schema(JourneyMap))),
        "fields of the measures": "\n".join(_tables(json_schema(MeasuredMap))),
        "common channels": ", ".join(f"`{channel}`" for channel in CHANNELS) + "\n",
        "common departments": ", ".join(f"`{name}`" for name in DEPARTMENTS) + "\n",
        "presets": "\n".join(_presets()),
    }


def _tables(schema: Schema) -> Iterator[str]:
    for name in _in_order(schema):
        part = _part(schema, name)
        yield f"### {name}\n\n{TERM.sub('', part['description'])}\n"
        yield "| field | holds | meaning | term |\n| --- | --- | --- | --- |"
        for field, holds in part["properties"].items():
            needed = " (required)" if field in part.get("required", ()) else ""
            meaning = TERM.sub("", holds["description"])
            terms = ", ".join(TERM.findall(holds["description"]))
            yield f"| `{field}`{needed} | {_in_words(holds)} | {meaning} | {terms} |"
        yield ""


def _in_order(schema: Schema) -> list[str]:
    """The names of the parts, each after the first part that holds it."""
    names = [schema["title"]]
    for name in names:
        for inner in re.findall(r"#/\$defs/(\w+)", json.dumps(_part(schema, name)["properties"])):
            if inner not in names:
                names.append(inner)
    return names


def _part(schema: Schema, name: str) -> Schema:
    part: Schema = schema if name == schema["title"] else schema["$defs"][name]
    return part


def _in_words(holds: Schema) -> str:
    if "anyOf" in holds:
        kinds = [_in_words(kind) for kind in holds["anyOf"] if kind.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in holds:
        name = holds["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in holds:
        return " · ".join(f"`{word}`" for word in holds["enum"])
    if "x-refers-to" in holds:
        return f"id: {holds['x-refers-to']}"
    if holds["type"] == "array":
        return f"list: {_in_words(holds['items'])}"
    words = {"boolean": "true or false", "integer": "whole number", "string": "text"}
    kind = str(holds.get("format") or words.get(holds["type"], holds["type"]))
    low, high = holds.get("minimum"), holds.get("maximum")
    return kind if low is None or high is None else f"{kind}, {low:g} to {high:g}"


def _presets() -> Iterator[str]:
    yield "| preset | stages | touchpoints |\n| --- | --- | --- |"
    for file in sorted(PRESETS.iterdir()):
        preset = JourneyMap.load(file)
        stages = ", ".join(stage.name for stage in preset.stages)
        touchpoints = ", ".join(touchpoint.name for touchpoint in preset.touchpoints)
        yield f"| `{preset.id}` | {stages} | {touchpoints} |"
    yield ""


if __name__ == "__main__":
    for file, document in SCHEMAS.items():
        write_text(Path(maps.__file__).with_name(file), schema_text(document))
    write_text(PAGE, page_with(read_text(PAGE), generated()))
