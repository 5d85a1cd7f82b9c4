"""What learners are handed: tables and a draft map in a folder, and nothing of the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Literal, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Customers, Events, Feedback, Question
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.files import write_text
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.tables import customers_in, events_in, feedback_in

Format = Literal["csv", "parquet"]
TABLES = ("events", "feedback", "customers")
DRAFT_MAP, RIGHT_MAP = "draft.cjm.json", "right.cjm.json"
DESCRIBED, TRUTH = "tables.json", "truth.json"
MOST_IN_CSV = 2_000_000


@dataclass(frozen=True)
class Handout:
    """The part of a generated data set that is for learners; its tables are files or Arrow."""

    events: Events
    feedback: Feedback
    customers: Customers
    draft_map: JourneyMap
    as_of: date

    @classmethod
    def of(cls, generated: Generated) -> Self:
        return cls(
            generated.events,
            generated.feedback,
            generated.customers,
            generated.draft_map,
            generated.as_of,
        )

    @classmethod
    def read(cls, folder: str | PathLike[str]) -> Self:
        """What `write` has put into `folder`.

        Raises  SourceError when a file is missing or is none of these
        """
        home = Path(folder)
        try:
            said = json.loads((home / DESCRIBED).read_text(encoding="utf-8"))
            events, feedback, customers = (str(home / f"{one}.{said['format']}") for one in TABLES)
            questions = tuple(_question(**one) for one in said["questions"])
            as_of = date.fromisoformat(said["as_of"])
        except (OSError, ValueError, KeyError, TypeError) as cause:
            msg = f"`{home / DESCRIBED}` does not describe tables of an exercise. Hand it out anew."
            raise SourceError(msg) from cause
        return cls(
            events_in(events),
            feedback_in(feedback, questions),
            customers_in(customers),
            JourneyMap.load(home / DRAFT_MAP),
            as_of,
        )


def write(
    generated: Generated,
    folder: str | PathLike[str],
    *,
    format: Format | None = None,
    with_truth: bool = False,
) -> Handout:
    """Write events, feedback, customers and the draft map, and say where they are.

    Without a `format` large tables become Parquet and others CSV. Only `with_truth` are the right
    map and the truth written beside them: that is for teachers.
    """
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    tables = {name: pa.table(getattr(generated, name).table) for name in TABLES}
    ending = format or ("parquet" if tables["events"].num_rows > MOST_IN_CSV else "csv")
    for name, table in tables.items():
        _write_table(table, home / f"{name}.{ending}")
    generated.draft_map.save(home / DRAFT_MAP)
    questions = [
        {"id": one.id, "kind": one.kind, "scale": one.scale} for one in generated.feedback.questions
    ]
    said = {"format": ending, "as_of": generated.as_of.isoformat(), "questions": questions}
    write_text(home / DESCRIBED, json.dumps(said, indent=2) + "\n")
    if with_truth:
        generated.right_map.save(home / RIGHT_MAP)
        generated.truth.write(home / TRUTH)
    return Handout.read(home)


def _question(id: str, kind: str, scale: list[float]) -> Question:
    low, high = scale
    return Question(id, kind, (low, high))  # type: ignore[arg-type]


def _write_table(table: pa.Table, path: Path) -> None:
    if path.suffix == ".parquet":
        pq.write_table(table, path)
        return
    for place, name in enumerate(table.column_names):
        if pa.types.is_timestamp(table.field(name).type):
            text = pc.strftime(table[name].cast(pa.timestamp("s", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
            table = table.set_column(place, name, text)
    pyarrow.csv.write_csv(table, path)
