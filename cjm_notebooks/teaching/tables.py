"""What was recorded and answered as tables, ready to be joined to a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.events import Customers, Events, Feedback, Question, Table
from cjm_notebooks.teaching.asking import Answered
from cjm_notebooks.teaching.draws import Ints
from cjm_notebooks.teaching.walking import DAY, Walk

UTC_TIME = pa.timestamp("us", "UTC")
MICROSECONDS = 1_000_000
EPOCH = date(1970, 1, 1)


def events_of(walk: Walk, begins: date) -> Events:
    """Everything recorded, in the order of time."""
    who, at = _all(one.who for one in walk.recorded), _all(one.at for one in walk.recorded)
    order = np.argsort(at, kind="stable")
    event = [(one.event,) for one in walk.recorded]
    none = [np.zeros(len(one.who), np.int64) for one in walk.recorded]
    channel = [one.channels for one in walk.recorded]
    table = pa.table(
        {
            "customer": _ids(who[order], walk.customers),
            "event": _texts(event, none, order),
            "at": _times(at[order], begins),
            "channel": _texts(channel, [one.channel for one in walk.recorded], order),
        }
    )
    return events_in(table)


def events_in(table: Table) -> Events:
    return Events(table, customer="customer", at="at", event="event")


def feedback_of(
    answers: Sequence[Answered], questions: tuple[Question, ...], customers: int, begins: date
) -> Feedback:
    """Every answer, in the order of time; the journey as a whole has no touchpoint."""
    at = _all(one.at for one in answers)
    order = np.argsort(at, kind="stable")
    none = [np.zeros(len(one.who), np.int64) for one in answers]
    table = pa.table(
        {
            "customer": _ids(_all(one.who for one in answers)[order], customers),
            "at": _times(at[order], begins),
            "touchpoint": _texts([(one.ask.touchpoint,) for one in answers], none, order),
            "question": _texts([(one.ask.question,) for one in answers], none, order),
            "score": pa.array(_all(one.score for one in answers)[order]),
            "comment": _texts(
                [one.comments for one in answers], [one.comment for one in answers], order
            ),
        }
    )
    return feedback_in(table, questions)


def feedback_in(table: Table, questions: tuple[Question, ...]) -> Feedback:
    return Feedback(
        table,
        score="score",
        questions=questions,
        question="question",
        customer="customer",
        touchpoint="touchpoint",
        at="at",
        comment="comment",
    )


def customers_of(segments: Mapping[str, tuple[Sequence[str], Ints]], customers: int) -> Customers:
    """One row a customer; each segment has its values and which of them each customer has."""
    columns = {
        name: pa.array(list(values)).take(pa.array(place))
        for name, (values, place) in segments.items()
    }
    return customers_in(pa.table({"customer": _ids(np.arange(customers), customers), **columns}))


def customers_in(table: Table) -> Customers:
    return Customers(table, customer="customer")


def _all(parts: Iterable[Ints]) -> Ints:
    return np.concatenate([*parts])


def _ids(who: Ints, customers: int) -> pa.Array:
    width = len(str(customers))
    number = pc.utf8_lpad(pc.cast(pa.array(who + 1), pa.string()), width, "0")
    return pc.binary_join_element_wise("c", number, "")


def _times(seconds: Ints, begins: date) -> pa.Array:
    since = (begins - EPOCH).days * DAY
    return pa.array((seconds + since) * MICROSECONDS, UTC_TIME)


def _texts(values: Sequence[Sequence[str]], places: Sequence[Ints], order: Ints) -> pa.Array:
    """The text of each row: of its part the value at its place; an empty one is null."""
    known = sorted({text for some in values for text in some})
    number = {text: place for place, text in enumerate(known)}
    code = np.concatenate(
        [
            np.array([number[text] for text in some], np.int32)[place]
            for some, place in zip(values, places, strict=True)
        ]
    )[order]
    texts = pa.array([text or None for text in known], pa.string())
    return texts.take(pa.array(code))
