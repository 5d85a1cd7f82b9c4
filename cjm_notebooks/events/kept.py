"""Parquet files that say themselves how their columns are read, as `cjm import` keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.content import Recorded, read_as
from cjm_notebooks.events.tables import Customers, Events, Feedback, Question

NAME = b"cjm_read_as"
PartName = Literal["events", "feedback", "customers", "invitations"]


def said_of(part: PartName, tables: Recorded) -> dict[bytes, bytes]:
    """What the metadata of a file of these rows says: which part it is, and how it is read."""
    return {NAME: json.dumps({"part": part, "read_as": read_as(tables)}).encode()}


def part_of(metadata: Mapping[bytes, bytes] | None) -> PartName | None:
    """Which part of an import the file is, None where it says nothing."""
    said = (metadata or {}).get(NAME)
    return None if said is None else json.loads(said)["part"]


def kept(file: str | PathLike[str]) -> tuple[PartName, Recorded]:
    """Which part of an import the file is, and its rows.

    Raises  SourceError when there is no such file, or it does not say how it is read
    """
    path = Path(file)
    try:
        metadata = pq.read_metadata(path).metadata or {}
        said = json.loads(metadata[NAME])
        return said["part"], _tables(path, said["part"], said["read_as"])
    except FileNotFoundError as cause:
        msg = f"There is no file `{path.name}` in `{path.parent.name or '.'}`. Check the path."
        raise SourceError(msg) from cause
    except (KeyError, ValueError, TypeError, OSError, pa.ArrowException) as cause:
        msg = (
            f"`{path.name}` does not say how it is read, as files that `cjm import` wrote do. "
            "Name its columns with `EventTable`, or import it."
        )
        raise SourceError(msg) from cause


def _tables(path: Path, part: str, said: dict[str, Any]) -> Recorded:
    if part == "feedback":
        questions = TypeAdapter(tuple[Question, ...]).validate_python(said.pop("questions"))
        return Feedback(path, questions=questions, **said)
    if part == "customers":
        segments = said.pop("segments")
        return Customers(path, segments=None if segments is None else tuple(segments), **said)
    return Events(path, **said)
