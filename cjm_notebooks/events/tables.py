"""The caller's tables, each with the names of its columns.

Any table that speaks the Arrow stream protocol will do (pandas, polars, pyarrow, DuckDB, Ibis), and
so will the path of a CSV, TSV, Parquet, NDJSON or JSON file, or a `Query` of a database. Columns
are named, never guessed, and no name is reserved: a column may be called `index` or `stage`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from cjm_notebooks.errors import ParameterError

TimeUnit = Literal["s", "ms", "us", "ns"]
FeedbackKind = Literal["nps", "csat", "ces", "stars", "expectation", "other"]


@runtime_checkable
class ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Table = ArrowStream | str | PathLike[str]


@dataclass(frozen=True)
class Clock:
    """How to read a column of times.

    Times that carry no offset need `zone` (an IANA name); whole numbers need `unit`; texts that
    are not written as in ISO 8601 need `time_format`, such as `%d.%m.%Y %H:%M`.
    """

    column: str
    zone: str | None = None
    unit: TimeUnit | None = None
    time_format: str | None = None


@dataclass(frozen=True)
class Events:
    """Recorded events, one a row.

    `sequence` names a column that orders events of one customer at the same time; without it the
    order of the rows decides. `value` names a column of amounts in the currency of the map; what is
    empty or unreadable there counts as nothing. `duplicates` says what becomes of a row that
    repeats an earlier one in customer, time and every column that a rule names. `time_format` says
    how times are written that do not begin with the year, in the signs of `strptime`; a time that
    does not fit is set aside as `unreadable_time`.
    """

    table: Table
    customer: str
    at: str
    event: str = "event"
    zone: str | None = None
    unit: TimeUnit | None = None
    sequence: str | None = None
    value: str | None = None
    duplicates: Literal["keep", "set_aside"] = "keep"
    time_format: str | None = None

    @property
    def clock(self) -> Clock:
        return Clock(self.at, self.zone, self.unit, self.time_format)


@dataclass(frozen=True)
class Question:
    """One question of a survey: what kind it is and which scores it can have.

    `set_aside` names scores that are no answer, such as `{0: "blank", 6: "never used"}`.
    `touchpoint` is what the question asks about; without it the touchpoint of the map whose
    `questions` list this id, and else the journey as a whole.
    """

    id: str
    kind: FeedbackKind
    scale: tuple[float, float]
    touchpoint: str | None = None
    set_aside: Mapping[float, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        low, high = self.scale
        if not low < high:
            msg = f"The scale of question `{self.id}` runs from {low} to {high}. Give low < high."
            raise ParameterError(msg)
        if self.kind == "nps" and self.scale != (0, 10):
            msg = (
                f"Question `{self.id}` is of kind `nps` with the scale {low} to {high}. "
                "NPS is asked from 0 to 10; give another kind to any other scale."
            )
            raise ParameterError(msg)


@dataclass(frozen=True)
class Feedback:
    """Answers to survey questions, one a row.

    Without `customer` each row is a respondent of its own. Without `question` all rows answer the
    only entry of `questions`. An answer that names no touchpoint, whose question names none either,
    belongs to the last touchpoint in the `attach_within_days` before it, if that is given.

    `comment` names a column of free text: what was said beside the score, empty where nothing was.
    Name it only where those who answered may be quoted. What is said beside no usable score is set
    aside with it. `time_format` is as in `Events`.
    """

    table: Table
    score: str
    questions: tuple[Question, ...]
    question: str | None = None
    customer: str | None = None
    touchpoint: str | None = None
    at: str | None = None
    zone: str | None = None
    unit: TimeUnit | None = None
    weight: str | None = None
    attach_within_days: float | None = None
    comment: str | None = None
    time_format: str | None = None

    def __post_init__(self) -> None:
        if not self.questions:
            msg = "`questions` is empty. Describe each question that the answers belong to."
            raise ParameterError(msg)
        if self.question is None and len(self.questions) > 1:
            msg = (
                f"There are {len(self.questions)} questions and no `question` column to tell their "
                "answers apart. Name that column."
            )
            raise ParameterError(msg)
        if self.attach_within_days is not None and (self.at is None or self.customer is None):
            msg = "`attach_within_days` needs the columns `at` and `customer`. Name both."
            raise ParameterError(msg)

    @property
    def clock(self) -> Clock | None:
        if self.at is None:
            return None
        return Clock(self.at, self.zone, self.unit, self.time_format)


@dataclass(frozen=True)
class Customers:
    """Attributes of customers, one customer a row; each other column becomes a segment."""

    table: Table
    customer: str
    segments: tuple[str, ...] | None = None


def name_of(table: Table) -> str:
    """How messages call this table: its file name, what it says, or the library it comes from."""
    if isinstance(table, (str, PathLike)):
        return Path(table).name
    called = getattr(table, "called", None)
    return (
        called if isinstance(called, str) else f"{type(table).__module__.partition('.')[0]} table"
    )
