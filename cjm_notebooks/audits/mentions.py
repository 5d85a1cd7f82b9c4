"""Rows that are a customer's, and texts of other rows that only name the customer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Counted, Quality
from cjm_notebooks.events.accounts import NAME, Made, made
from cjm_notebooks.events.kept import kept
from cjm_notebooks.journeys.forgetting import ERASED
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.privacy.columns import SHORTEST_ID, Coded, has_words

MARK = "[erased]"
Column: TypeAlias = pa.Array


@dataclass(frozen=True)
class Traces:
    """How many rows of a table are the customer's, and how many others name them in a text."""

    rows: int = 0
    mentions: int = 0

    def __add__(self, more: Traces) -> Traces:
        return Traces(self.rows + more.rows, self.mentions + more.mentions)

    def __bool__(self) -> bool:
        return bool(self.rows or self.mentions)


def traces(file: Path, ids: Sequence[str]) -> Traces:
    """What a Parquet file holds of the customer, who is called by any of these ids."""
    owner, found = _owner(file), Traces()
    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches():
            found += _without(batch, ids, owner)[1]
    return found


def write_without(file: Path, ids: Sequence[str], found: Traces, draft: Path) -> None:
    """The same table without what was found of the customer: packed and described as before."""
    owner = _owner(file)
    with pq.ParquetFile(file) as opened:
        told = _told(made(file), file, opened.metadata.num_rows, found)
        said = {**(opened.metadata.metadata or {}), NAME: told.text()}
        said.pop(b"ARROW:schema", None)
        schema = opened.schema_arrow.remove_metadata()
        packed = opened.metadata.row_group(0).column(0).compression.lower()
        packed = "none" if packed == "uncompressed" else packed
        with pq.ParquetWriter(draft, schema, compression=packed) as written:
            for batch in opened.iter_batches():
                left, _ = _without(batch, ids, owner)
                written.write_table(pa.table(_compact(left), schema=schema))
            written.add_key_value_metadata(said)


def unmentioned(journeys: Journeys, ids: Sequence[str]) -> tuple[Journeys, int]:
    """The same journeys with a mark where a comment, name or value names the customer.

    The number is that of the texts with a mark.
    """
    texts = journeys.answers.comments.to_pylist()
    comments = [None if text is None else _marked(text, ids) for text in texts]
    names = tuple(_marked(name, ids) for name in journeys.names)
    segments = {
        name: replace(one, values=tuple(_marked(value, ids) for value in one.values))
        for name, one in journeys.segments.items()
    }
    count = sum(now != was for now, was in zip(comments, texts, strict=True))
    count += sum(now != was for now, was in zip(names, journeys.names, strict=True))
    for name, one in segments.items():
        was = journeys.segments[name].values
        count += sum(now != before for now, before in zip(one.values, was, strict=True))
    answers = replace(journeys.answers, comments=pa.array(comments, journeys.answers.comments.type))
    return replace(journeys, answers=answers, names=names, segments=segments), count


def as_word(id_: str) -> re.Pattern[str]:
    """The id where no letter, figure or `_` is beside it."""
    return re.compile(rf"(?<!\w){re.escape(id_)}(?!\w)")


def _owner(file: Path) -> str | None:
    """The column that says whose a row is, where the file tells: its ids are compared whole."""
    try:
        return kept(file)[1].customer
    except SourceError:
        return None


def _told(before: Made, file: Path, read: int, found: Traces) -> Made:
    gone = {ERASED: Counted(found.rows)} if found.rows else {}
    marked = {"mention_erased": Counted(found.mentions)} if found.mentions else {}
    account = Quality(f"erasure from {file.name}", read, read - found.rows, gone, marked)
    return Made((*before.quality, account), before.key)


def _without(
    batch: pa.RecordBatch, ids: Sequence[str], owner: str | None
) -> tuple[pa.RecordBatch, Traces]:
    """The rows of others, each text that names the customer with a mark."""
    theirs, named = np.zeros(len(batch), np.bool_), np.zeros(len(batch), np.bool_)
    columns = list(batch.columns)
    for place, (name, column) in enumerate(zip(batch.schema.names, columns, strict=True)):
        if not has_words(column.type):
            theirs |= _equal(column, ids)
            continue
        coded = Coded.of(column)
        marked = [_marked(text, ids) for text in coded.texts]
        is_marked = coded.of_rows(now != was for now, was in zip(marked, coded.texts, strict=True))
        if pa.types.is_nested(column.type):
            theirs |= is_marked
            continue
        theirs |= coded.of_rows(text.strip() in ids for text in coded.texts)
        if name != owner and is_marked.any():
            named |= is_marked
            columns[place] = _of_type(Coded(marked, coded.places), column.type)
    left = pa.RecordBatch.from_arrays(columns, names=batch.schema.names).filter(pa.array(~theirs))
    found = Traces(int(np.count_nonzero(theirs)), int(np.count_nonzero(named & ~theirs)))
    return left, found


def _equal(column: Column, ids: Sequence[str]) -> np.ndarray:
    """bool, (rows,). Whether the number is one of the ids."""
    same = np.zeros(len(column), np.bool_)
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        numbers = pc.cast(column, pa.float64(), safe=False)
        for id_ in ids:
            if re.fullmatch(r"-?\d{1,15}", id_):
                equal = pc.fill_null(pc.equal(numbers, float(id_)), False)
                same |= equal.to_numpy(zero_copy_only=False)
    return same


def _of_type(coded: Coded, kind: pa.DataType) -> Column:
    column = coded.column()
    return column if pa.types.is_dictionary(kind) else column.dictionary_decode().cast(kind)


def _marked(text: str, ids: Collection[str]) -> str:
    for id_ in ids:
        if text.strip() == id_:
            return MARK
        if len(id_) >= SHORTEST_ID and id_ in text:
            text = as_word(id_).sub(MARK, text)
    return text


def _compact(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    """The columns, without texts in a dictionary that no row has any more."""
    return {
        name: Coded.of(column).column() if pa.types.is_dictionary(column.type) else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }
