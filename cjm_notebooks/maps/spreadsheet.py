"""Spreadsheets with one row for each touchpoint, as every drawing tool can make them.

Columns are found by their headers, in any order, in capital or small letters and by the words other
tools use; several entries in one cell stand on lines of their own. A column that is not known
becomes a field of the touchpoint that begins with `x_`. Rules, statuses of claims and whatever else
has no column stay behind: to keep a map, save it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from pydantic import JsonValue, ValidationError

from cjm_notebooks.errors import MapError, did_you_mean
from cjm_notebooks.maps.cells import Cell, read_rows, table_of
from cjm_notebooks.maps.files import write_bytes
from cjm_notebooks.maps.improvement import Opportunity
from cjm_notebooks.maps.journey_map import FILE_ENDING, JourneyMap
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.part import OWN_FIELD
from cjm_notebooks.maps.people import Department
from cjm_notebooks.maps.reading_errors import explained, shown
from cjm_notebooks.maps.route import Channel
from cjm_notebooks.maps.stage import Stage
from cjm_notebooks.maps.touchpoint import Touchpoint
from cjm_notebooks.maps.vocabulary import CHANNELS, DEPARTMENTS

HEADERS: Mapping[str, tuple[str, ...]] = {
    "stage": ("phase", "milestone", "section", "lane"),
    "stage_id": (),
    "touchpoint": ("step", "activity", "task", "scene", "interaction", "communication point"),
    "touchpoint_id": ("id", "tp id"),
    "kind": ("type",),
    "channel": (),
    "department": ("owner department", "team"),
    "doing": ("action", "customer action"),
    "thinking": ("thought", "mindset"),
    "feeling": (),
    "emotion": ("experience", "sentiment", "mood"),
    "expectation": (),
    "pain_points": ("pain", "friction", "frustration", "barrier"),
    "moment_of_truth": ("mot",),
    "backstage": ("support", "internal"),
    "opportunities": ("opportunity", "hmw", "how might we", "idea"),
    "questions": ("survey question",),
    "notes": ("comment", "insight", "observation", "finding"),
}
TEXTS = ("doing", "thinking", "feeling", "notes")
YES, NO = {"yes", "x", "true", "1"}, {"no", "false", "0"}


def read_spreadsheet(path: str | PathLike[str], name: str | None = None) -> JourneyMap:
    """The map that the first sheet of an `.xlsx` file, or a `.csv` file, describes.

    An empty stage means the stage of the row above. Without `name` the map is called like the file.

    Raises  MapError when a column or a value is missing or cannot be read, with its row
    """
    file = Path(path).name
    rows = [(number, row) for number, row in enumerate(read_rows(path), 1) if any(row)]
    if not rows:
        msg = f"`{file}` is empty. Name the columns in its first row: `stage`, `touchpoint`, ..."
        raise MapError(msg)
    if len(rows) == 1:
        msg = f"`{file}` has headers and nothing below them. Add one row for each touchpoint."
        raise MapError(msg)
    fields = _fields_of(rows[0][1], file)
    sheet = _Sheet(file)
    for number, row in rows[1:]:
        sheet.take(dict(_cells_of(row, fields)), f"Row {number} of `{file}`")
    return sheet.journey_map(name or file.removesuffix(FILE_ENDING).rpartition(".")[0])


def _fields_of(headers: list[str], file: str) -> list[str]:
    """The field that each column fills.

    Raises  MapError when two columns fill one field, or none fills `stage` or `touchpoint`
    """
    fields: list[str] = []
    for header in headers:
        name = _field_of(header) or f"x_column_{len(fields) + 1}"
        if name in fields:
            twin = headers[fields.index(name)]
            msg = f"`{file}` has two columns for `{name}`: `{twin}` and `{header}`. Rename one."
            raise MapError(msg)
        fields.append(name)
    for needed in ("stage", "touchpoint"):
        if needed not in fields:
            others = " or ".join(f"`{word}`" for word in HEADERS[needed])
            hint = did_you_mean(needed, filter(None, headers))
            msg = f"`{file}` has no column `{needed}`, which may also be called {others}. {hint}"
            raise MapError(msg)
    return fields


def _field_of(header: str) -> str:
    if not header or header.startswith(OWN_FIELD):
        return header
    for name, words in HEADERS.items():
        if _plain(header) in map(_plain, (name, *words)):
            return name
    return f"{OWN_FIELD}{re.sub(r'[^0-9a-zA-Z]+', '_', header).strip('_').lower()}"


def _plain(header: str) -> str:
    return re.sub(r"[\s_-]+", " ", header).casefold().removesuffix("s")


def _cells_of(row: list[str], fields: list[str]) -> Iterator[tuple[str, str]]:
    for position, cell in enumerate(row):
        if cell:
            yield fields[position] if position < len(fields) else f"x_column_{position + 1}", cell


@dataclass
class _Sheet:
    """What has been read so far."""

    file: str
    stages: dict[str, tuple[str, list[Touchpoint]]] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    opportunities: dict[str, list[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    stage: str | None = None

    def take(self, cells: Mapping[str, str], row: str) -> None:
        self.stage = cells.get("stage", self.stage)
        if self.stage is None:
            msg = f"{row} names no stage, and no row above it does. Name it."
            raise MapError(msg)
        if self.stage not in self.stages:
            self.stages[self.stage] = self._id(cells.get("stage_id"), self.stage, "stage"), []
        touchpoints = self.stages[self.stage][1]
        if "touchpoint" in cells:
            touchpoints.append(self._touchpoint(cells, row))
        elif without := cells.keys() - {"stage", "stage_id"}:
            msg = f"{row} names no touchpoint and has a `{min(without)}`. Name the touchpoint."
            raise MapError(msg)

    def _id(self, given: str | None, name: str, otherwise: str) -> str:
        id_ = given or new_id(name, self.taken, otherwise)
        self.taken.add(id_)
        return id_

    def _touchpoint(self, cells: Mapping[str, str], row: str) -> Touchpoint:
        id_ = self._id(cells.get("touchpoint_id"), cells["touchpoint"], "touchpoint")
        for opportunity in _lines(cells.get("opportunities")):
            self.opportunities.setdefault(opportunity, []).append(id_)
        fields: dict[str, JsonValue] = {
            "id": id_,
            "name": cells["touchpoint"],
            "channel": _word(cells.get("channel"), CHANNELS, self.channels),
            "department": _word(cells.get("department"), DEPARTMENTS, self.departments),
            "emotion": _number(cells.get("emotion"), row),
            "pain_points": [{"text": line} for line in _lines(cells.get("pain_points"))],
            "backstage": [{"action": line} for line in _lines(cells.get("backstage"))],
            "questions": list(_lines(cells.get("questions"))),
            "moment_of_truth": _moment_of_truth(cells.get("moment_of_truth", "no")),
        }
        if "expectation" in cells:
            fields["expectation"] = {"text": cells["expectation"]}
        if "kind" in cells:
            fields["kind"] = cells["kind"].lower()
        for name, cell in cells.items():
            if name in TEXTS or name.startswith(OWN_FIELD):
                fields[name] = cell
        try:
            return Touchpoint.model_validate(fields)
        except ValidationError as error:
            msg = explained(error, f"{row} cannot be read as a touchpoint")
            raise MapError(msg) from None

    def journey_map(self, name: str) -> JourneyMap:
        return JourneyMap(
            id=new_id(name),
            name=name,
            channels=tuple(Channel(id=id_, name=word) for word, id_ in self.channels.items()),
            departments=tuple(
                Department(id=id_, name=word) for word, id_ in self.departments.items()
            ),
            stages=tuple(
                Stage(id=id_, name=stage, touchpoints=tuple(touchpoints))
                for stage, (id_, touchpoints) in self.stages.items()
            ),
            opportunities=tuple(self._opportunities()),
        )

    def _opportunities(self) -> Iterator[Opportunity]:
        taken: set[str] = set()
        for name, touchpoints in self.opportunities.items():
            id_ = new_id(name, taken, "opportunity")
            taken.add(id_)
            yield Opportunity(id=id_, name=name, touchpoints=tuple(touchpoints))


def _lines(cell: str | None) -> Iterator[str]:
    return filter(None, map(str.strip, (cell or "").splitlines()))


def _word(cell: str | None, common: tuple[str, ...], own: dict[str, str]) -> str | None:
    """The id of a channel or department; one that is not common gets an entry in `own`."""
    if cell is None:
        return None
    plain = re.sub(r"[\s-]+", "_", cell).lower()
    if plain in common:
        return plain
    if cell not in own:
        own[cell] = new_id(cell, {*common, *own.values()}, "other")
    return own[cell]


def _number(cell: str | None, row: str) -> float | None:
    if cell is None:
        return None
    try:
        return float(cell.replace(",", ".").replace("\u2212", "-"))
    except ValueError as cause:
        msg = f"{row} has the emotion {shown(cell)}. Give a number from -2 to 2."
        raise MapError(msg) from cause


def _moment_of_truth(cell: str) -> dict[str, JsonValue] | None:
    if cell.lower() in NO:
        return None
    return {} if cell.lower() in YES else {"rationale": cell}


def write_spreadsheet(journey_map: JourneyMap, path: str | PathLike[str]) -> None:
    """Write the columns that a spreadsheet can hold to an `.xlsx` or `.csv` file."""
    write_bytes(path, spreadsheet_of(journey_map, Path(path).name))


def spreadsheet_of(journey_map: JourneyMap, name: str) -> bytes:
    """What `write_spreadsheet` would write to a file called `name`."""
    own = sorted({name for touchpoint in journey_map.touchpoints for name in _own(touchpoint)})
    headers = [*HEADERS, *own]
    rows: list[list[Cell]] = []
    for stage in journey_map.stages:
        for touchpoint in stage.touchpoints or (None,):
            cells: dict[str, Cell] = {"stage": stage.name, "stage_id": stage.id}
            if touchpoint is not None:
                cells |= _cells(journey_map, touchpoint) | _own(touchpoint)
            rows.append([cells.get(header) for header in headers])
    return table_of([headers, *rows], name)


def _own(touchpoint: Touchpoint) -> dict[str, Cell]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in (touchpoint.model_extra or {}).items()
    }


def _cells(journey_map: JourneyMap, touchpoint: Touchpoint) -> dict[str, Cell]:
    names = {part.id: part.name for part in (*journey_map.channels, *journey_map.departments)}
    moment, expectation = touchpoint.moment_of_truth, touchpoint.expectation
    return {
        "touchpoint": touchpoint.name,
        "touchpoint_id": touchpoint.id,
        "kind": touchpoint.kind,
        "channel": names.get(touchpoint.channel or "", touchpoint.channel),
        "department": names.get(touchpoint.department or "", touchpoint.department),
        "emotion": touchpoint.emotion,
        "expectation": expectation.text if expectation else None,
        "pain_points": _joined(pain_point.text for pain_point in touchpoint.pain_points),
        "moment_of_truth": (moment.rationale or "yes") if moment else None,
        "backstage": _joined(work.action for work in touchpoint.backstage),
        "opportunities": _joined(
            opportunity.name
            for opportunity in journey_map.opportunities
            if touchpoint.id in opportunity.touchpoints
        ),
        "questions": _joined(touchpoint.questions),
        **{name: getattr(touchpoint, name) for name in TEXTS},
    }


def _joined(entries: Iterable[str]) -> str:
    return "\n".join(" ".join(entry.split()) for entry in entries)
