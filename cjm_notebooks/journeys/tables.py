"""The small tables around the events: what events are, what matched nothing, what was answered."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from cjm_notebooks.events import Question

BUCKETS = 256
GROUPS = 64
NONE = -1
UNKNOWN_TIME = np.iinfo(np.int64).min
NO_COMMENTS = pa.array([], pa.large_string())
MICROSECONDS_PER_DAY = 86_400_000_000


def bucket_of(code: np.ndarray) -> np.ndarray:
    """int64, (customers,). The bucket of each stable code, 0 to 255."""
    return (code >> np.uint64(56)).astype(np.int64)


def group_of(code: np.ndarray) -> np.ndarray:
    """int64, (customers,). The group of each stable code, 0 to 63: four buckets make a group."""
    return (code >> np.uint64(58)).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Segment:
    """One attribute of the customers: `codes` int32, (customers,), -1 where it is not known."""

    codes: np.ndarray
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Kinds:
    """What an event can be: there are few kinds, and each event names one.

    Attributes
    ----------
    touchpoint
        int32, (kinds,). Position in `map.touchpoints`, -1 for what belongs to none.
    name
        int32, (kinds,). Position in `Journeys.names`.
    contested
        int32, (kinds,). A second touchpoint whose rule claims the event too, else -1.
    undecided
        bool, (kinds,). That second rule is as strong, and only the smaller id decided.
    """

    touchpoint: np.ndarray
    name: np.ndarray
    contested: np.ndarray
    undecided: np.ndarray


@dataclass(frozen=True, eq=False)
class Unmatched:
    """Events that belong to no touchpoint, in the order of their customers.

    Attributes
    ----------
    customer
        int64, (unmatched,). Position of the customer.
    at
        int64, (unmatched,). UTC microseconds.
    name
        int32, (unmatched,). Position in `Journeys.names`.
    is_outcome
        bool, (unmatched,). The event is an outcome all the same.
    """

    customer: np.ndarray
    at: np.ndarray
    name: np.ndarray
    is_outcome: np.ndarray


@dataclass(frozen=True, eq=False)
class Answers:
    """Feedback, in the order of its customers.

    Parts and choices share the texts of all `comments`; only the positions in them are chosen. No
    metric reads them.

    Memory  44 bytes an answer; of a comment its UTF-8 bytes and 8 more, once

    Attributes
    ----------
    customer
        int64, (answers,). Position of the customer.
    question
        int32, (answers,). Position in `questions`.
    touchpoint
        int32, (answers,). Position in `map.touchpoints`, -1 for the journey as a whole.
    score
        float64, (answers,). On the scale of the question.
    at
        int64, (answers,). UTC microseconds, `UNKNOWN_TIME` where the time is not known.
    weight
        float64, (answers,). 1 throughout when `weighted` is False.
    comment
        int32, (answers,). Position in `comments`, -1 where nothing was said beside the score.
    comments
        Arrow texts, word for word: they may hold personal data, `verbatims` masks it.
    """

    questions: tuple[Question, ...]
    customer: np.ndarray
    question: np.ndarray
    touchpoint: np.ndarray
    score: np.ndarray
    at: np.ndarray
    weight: np.ndarray
    comment: np.ndarray
    comments: pa.LargeStringArray
    weighted: bool = False

    def said(self, rows: np.ndarray) -> list[str]:
        """What was said beside the scores of these answers, each of which has a comment."""
        texts: list[str] = self.comments.take(pa.array(self.comment[rows])).to_pylist()
        return texts

    def of_kind(self, kind: str) -> np.ndarray:
        """bool, (answers,). The answers whose question is of `kind`."""
        places = [place for place, asked in enumerate(self.questions) if asked.kind == kind]
        return np.isin(self.question, places)


T = TypeVar("T", Unmatched, Answers)


def arrays_of(table: object) -> dict[str, np.ndarray]:
    """The arrays of a table, by name."""
    found = ((f.name, getattr(table, f.name)) for f in fields(table))  # type: ignore[arg-type]
    return {name: array for name, array in found if isinstance(array, np.ndarray)}


def rows_of(table: T, rows: slice, first_customer: int) -> T:
    """Some rows as views, their customers numbered from `first_customer`."""
    cut: dict[str, Any] = {name: array[rows] for name, array in arrays_of(table).items()}
    cut["customer"] = cut["customer"] - first_customer
    return replace(table, **cut)


def chosen_rows(table: T, rows: np.ndarray, places: np.ndarray) -> T:
    """The rows where bool `rows` is True, customer `i` being `places[i]` from now on."""
    cut: dict[str, Any] = {name: array[rows] for name, array in arrays_of(table).items()}
    cut["customer"] = places[cut["customer"]]
    return replace(table, **cut)
