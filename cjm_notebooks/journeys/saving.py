"""Journeys in a file: the arrays as they are, opened without reading them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Question
from cjm_notebooks.events.accounts import account_of
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.origin import Origin, Record
from cjm_notebooks.journeys.tables import Answers, Kinds, Segment, Unmatched, arrays_of
from cjm_notebooks.maps import JourneyMap

FORMAT = "cjm_notebooks journeys 2"
TABLES = ("kinds", "unmatched", "answers")


def save_journeys(journeys: Journeys, path: Path) -> None:
    """Write the journeys as one Arrow file with one row, each array a list.

    Raises  SourceError when the journeys were not joined from tables, or a table changed since
    """
    if journeys.origin is None:
        msg = "Only journeys as `join` returns them can be saved: save before you filter."
        raise SourceError(msg)
    draft = path.with_name(f".{path.name}.new")
    write_journeys(journeys, journeys.origin.record(), draft)
    draft.replace(path)


def write_journeys(journeys: Journeys, made_of: Record, path: Path) -> None:
    """Write journeys that were made of what is recorded, whether or not they are all of them."""
    arrays = {f"/{name}": array for name, array in arrays_of(journeys).items()}
    for table in TABLES:
        found = arrays_of(getattr(journeys, table))
        arrays |= {f"{table}/{name}": array for name, array in found.items()}
    for name, segment in journeys.segments.items():
        arrays[f"segments/{name}"] = segment.codes
    columns = {name: _column(array) for name, array in arrays.items()}
    columns["comments"] = _listed(journeys.answers.comments)
    said = {
        "format": FORMAT,
        "map": journeys.map.canonical_text(),
        "origin": made_of.model_dump(mode="json"),
        "end_of_data": journeys.end_of_data,
        "names": journeys.names,
        "questions": [_question(question) for question in journeys.answers.questions],
        "weighted": journeys.answers.weighted,
        "segments": {name: segment.values for name, segment in journeys.segments.items()},
        "quality": [asdict(account) for account in journeys.quality],
        "dtypes": {name: array.dtype.str for name, array in arrays.items()},
    }
    batch = pa.RecordBatch.from_pydict(columns).replace_schema_metadata({"cjm": json.dumps(said)})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)


def made_of(path: Path) -> Record:
    """What the journeys in the file were made of.

    Raises  SourceError when the file holds no journeys
    """
    _, said = _opened(path)
    return Record.model_validate(said["origin"])


def _column(array: np.ndarray) -> pa.LargeListArray:
    plain = np.ascontiguousarray(array).view(np.uint8) if array.dtype == bool else array
    return _listed(pa.array(np.ascontiguousarray(plain)))


def _listed(values: pa.Array) -> pa.LargeListArray:
    return pa.LargeListArray.from_arrays(pa.array([0, len(values)], pa.int64()), values)


def _question(question: Question) -> dict[str, Any]:
    return asdict(question) | {"set_aside": list(question.set_aside.items())}


def open_journeys(path: Path, origin: Origin | None) -> Journeys:
    """The journeys in the file, as views of it.

    Raises  SourceError when the file holds no journeys
            StaleError when `origin` is given and they were made of something else
    """
    batch, said = _opened(path)
    if origin is not None:
        origin.require(Record.model_validate(said["origin"]), path.name)
    arrays = {name: _array(batch, name, dtype) for name, dtype in said["dtypes"].items()}
    questions = tuple(Question(**_with_keys(question)) for question in said["questions"])
    segments = {
        name: Segment(arrays[f"segments/{name}"], tuple(values))
        for name, values in said["segments"].items()
    }
    return Journeys(
        map=JourneyMap.from_text(said["map"]),
        end_of_data=said["end_of_data"],
        names=tuple(said["names"]),
        kinds=Kinds(**_of(arrays, "kinds")),
        unmatched=Unmatched(**_of(arrays, "unmatched")),
        answers=Answers(
            questions,
            comments=batch.column("comments").values,
            weighted=said["weighted"],
            **_of(arrays, "answers"),
        ),
        segments=segments,
        quality=tuple(account_of(account) for account in said["quality"]),
        origin=origin,
        **_of(arrays, ""),
    )


def _opened(path: Path) -> tuple[pa.RecordBatch, dict[str, Any]]:
    try:
        batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
        said = json.loads((batch.schema.metadata or {})[b"cjm"])
    except (OSError, pa.ArrowInvalid, KeyError) as cause:
        msg = f"`{path.name}` holds no journeys. Save some with `journeys.save`."
        raise SourceError(msg) from cause
    if said["format"] != FORMAT:
        msg = f"`{path.name}` was saved by another version. Join anew and save the result."
        raise SourceError(msg)
    return batch, said


def _array(batch: pa.RecordBatch, name: str, dtype: str) -> np.ndarray:
    found: np.ndarray = batch.column(name).values.to_numpy(zero_copy_only=True).view(dtype)
    return found


def _of(arrays: Mapping[str, np.ndarray], table: str) -> dict[str, Any]:
    return {
        name.partition("/")[2]: array
        for name, array in arrays.items()
        if name.partition("/")[0] == table
    }


def _with_keys(question: dict[str, Any]) -> dict[str, Any]:
    low, high = question["scale"]
    set_aside = {float(score): reason for score, reason in question["set_aside"]}
    return question | {"scale": (low, high), "set_aside": set_aside}
