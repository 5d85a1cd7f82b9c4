"""The folder that a learner is handed: tables and the draft map, and never the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Customers, Events, Feedback, Question
from cjm_notebooks.events.content import Recorded, read_as
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.generators import Generated

FILE = "assignment.json"
DRAFT = "draft.cjm.json"
TABLES = ("events", "feedback", "customers")


class Assignment(BaseModel):
    """Who is to work on what. Of a `graded` one nothing in the learner's reach knows the truth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    course: str
    exercise: str
    student: str
    graded: bool = False
    read_as: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True)
class Handout:
    """What a learner works with."""

    events: Events
    feedback: Feedback
    customers: Customers
    draft_map: JourneyMap

    @classmethod
    def of(cls, given: Generated) -> Handout:
        return cls(given.events, given.feedback, given.customers, given.draft_map)


def write_handout(folder: Path, given: Generated, assignment: Assignment) -> None:
    """Write the tables, the draft map and the assignment into `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, Recorded] = {name: getattr(given, name) for name in TABLES}
    for name, recorded in tables.items():
        table = pa.table(recorded.table)
        pyarrow.parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
    given.draft_map.save(folder / DRAFT)
    described = {name: read_as(recorded) for name, recorded in tables.items()}
    complete = assignment.model_copy(update={"read_as": described})
    (folder / FILE).write_text(complete.model_dump_json(indent=2) + "\n", encoding="utf-8")


def assignment_in(folder: Path) -> Assignment | None:
    """The assignment of a folder; None where nobody assigned anything.

    Raises  ParameterError when the file is not an assignment
    """
    file = folder / FILE
    if not file.exists():
        return None
    try:
        return Assignment.model_validate_json(file.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as cause:
        msg = f"`{FILE}` was changed and cannot be read. Copy it again from what you were handed."
        raise ParameterError(msg) from cause


def read_handout(folder: Path, assignment: Assignment) -> Handout:
    """What `write_handout` wrote; tables may be CSV files instead.

    Raises  SourceError when a table is missing or cannot be read
            MapError when the draft map cannot be read
    """
    events, feedback, customers = (dict(assignment.read_as.get(name, {})) for name in TABLES)
    questions = tuple(_question(one) for one in feedback.pop("questions", ()))
    try:
        return Handout(
            Events(_table(folder, "events"), **events),
            Feedback(_table(folder, "feedback"), questions=questions, **feedback),
            Customers(_table(folder, "customers"), **_with_tuple(customers, "segments")),
            JourneyMap.load(folder / DRAFT),
        )
    except (TypeError, pa.ArrowInvalid) as cause:
        msg = "The tables cannot be read as handed out. Copy the whole folder again."
        raise SourceError(msg) from cause


def _table(folder: Path, name: str) -> pa.Table:
    if (csv := folder / f"{name}.csv").exists():
        return pyarrow.csv.read_csv(csv)
    if (parquet := folder / f"{name}.parquet").exists():
        return pyarrow.parquet.read_table(parquet)
    msg = f"There is no `{name}.parquet` beside the notebook. Copy the whole folder again."
    raise SourceError(msg)


def _question(said: Mapping[str, Any]) -> Question:
    aside = {float(score): why for score, why in dict(said.get("set_aside", {})).items()}
    return Question(**{**_with_tuple(said, "scale"), "set_aside": aside})


def _with_tuple(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = fields.get(name)
    return {**fields, **({name: tuple(value)} if isinstance(value, list) else {})}
