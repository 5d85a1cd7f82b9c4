"""The folder that a learner is handed: what to work on and the tables, and never the truth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Table
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.handing_out import Handout, write

FILE = "assignment.json"
TEXTS_MAY_BE_EMPTY = pyarrow.csv.ConvertOptions(strings_can_be_null=True)


class Assignment(BaseModel):
    """Who is to work on what. Of a `graded` one nothing in the learner's reach knows the truth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    course: str
    exercise: str
    student: str
    graded: bool = False


def write_handout(folder: Path, given: Generated, assignment: Assignment) -> None:
    """Write the tables, the draft map and the assignment into `folder`, which is made."""
    write(given, folder, format="parquet")
    (folder / FILE).write_text(assignment.model_dump_json(indent=2) + "\n", encoding="utf-8")


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


def read_handout(folder: Path) -> Handout:
    """What `write_handout` wrote, its tables read; they may be CSV files too.

    Raises  SourceError when a table is missing or cannot be read
            MapError when the draft map cannot be read
    """
    files = Handout.read(folder)
    return replace(
        files,
        events=replace(files.events, table=_read(files.events.table)),
        feedback=replace(files.feedback, table=_read(files.feedback.table)),
        customers=replace(files.customers, table=_read(files.customers.table)),
    )


def _read(file: Table) -> pa.Table:
    path = Path(str(file))
    try:
        if path.suffix == ".csv":
            return pyarrow.csv.read_csv(path, convert_options=TEXTS_MAY_BE_EMPTY)
        return pyarrow.parquet.read_table(path)
    except (OSError, pa.ArrowInvalid) as cause:
        msg = f"`{path.name}` is missing or was changed. Copy the whole folder again."
        raise SourceError(msg) from cause
