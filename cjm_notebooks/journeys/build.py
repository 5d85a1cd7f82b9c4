"""Join the designed map to recorded events, feedback and customers: once, before any question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb
import numpy as np

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Customers, Events, Feedback, Quality
from cjm_notebooks.events.ledger import arrays, open_table, workspace
from cjm_notebooks.journeys.answering import Read, read_feedback
from cjm_notebooks.journeys.cutting import Cut, cut_journeys, groups_before_labels
from cjm_notebooks.journeys.journeys import (
    MICROSECONDS_PER_DAY,
    NONE,
    UNKNOWN_TIME,
    Answers,
    Journeys,
    Segment,
    Unmatched,
)
from cjm_notebooks.journeys.sorting import Sorted, sort_events, stable_code
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.claims import judge
from cjm_notebooks.matching.labels import Labels, label


def join(
    journey_map: JourneyMap,
    events: Events | None = None,
    *,
    feedback: Feedback | None = None,
    customers: Customers | None = None,
    as_of: datetime | None = None,
) -> Journeys:
    """The journeys that customers took over the map, with their feedback.

    Events, feedback and customers are each optional, but one of events and feedback must be there.
    What was recorded after `as_of` is set aside and counted.

    Raises  SourceError when a table cannot be read as named
            RuleError when a rule of the map cannot be applied to the events
            ParameterError when there is nothing to join, or `as_of` has no time zone
    """
    if events is None and feedback is None:
        msg = "There is nothing to join: give `events`, `feedback` or both."
        raise ParameterError(msg)
    with workspace() as connection:
        limit = None if as_of is None else _microseconds(as_of)
        walked = None if events is None else _walk(connection, journey_map, events, limit)
        answers = None if feedback is None else read_feedback(connection, journey_map, feedback)
        journeys = _assemble(journey_map, walked, answers)
        if feedback is not None and feedback.attach_within_days is not None:
            journeys = _attached(journeys, feedback.attach_within_days)
        if customers is not None:
            journeys = _with_segments(connection, journeys, customers)
        return journeys


def _microseconds(as_of: datetime) -> int:
    if as_of.tzinfo is None:
        msg = f"`as_of` is {as_of.isoformat()} without a zone. Add one, such as `tzinfo=UTC`."
        raise ParameterError(msg)
    since = as_of - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@dataclass(frozen=True, eq=False)
class _Walked:
    events: Sorted
    labels: Labels
    cut: Cut
    end_of_data: int


def _walk(
    connection: duckdb.DuckDBPyConnection,
    journey_map: JourneyMap,
    events: Events,
    as_of: int | None,
) -> _Walked:
    in_order = sort_events(connection, journey_map, events, as_of)
    claims = judge(journey_map, in_order.combinations)
    in_order, groups = groups_before_labels(journey_map, in_order)
    labels = label(claims, in_order.combination, in_order.at, groups)
    end_of_data = int(in_order.at.max())
    cut = cut_journeys(journey_map, in_order, groups, labels, end_of_data)
    if cut.only_outcome:
        noticed = dict(in_order.quality.noticed)
        noticed["outcome_without_touchpoint"] = Counted(cut.only_outcome)
        in_order = replace(in_order, quality=replace(in_order.quality, noticed=noticed))
    return _Walked(in_order, labels, cut, end_of_data)


def _assemble(journey_map: JourneyMap, walked: _Walked | None, answers: Read | None) -> Journeys:
    codes = [np.zeros(0, dtype=np.uint64)]
    codes += [walked.events.customer_codes] if walked else []
    codes += [answers.code] if answers else []
    everyone = np.unique(np.concatenate(codes))
    quality = [part.quality for part in (walked and walked.events, answers) if part]
    journeys = _without_events(journey_map, everyone, answers)
    if walked is None:
        return replace(journeys, quality=tuple(quality))
    events, cut, labels = walked.events, walked.cut, walked.labels
    place = np.searchsorted(everyone, events.customer_codes)
    names, name_of = np.unique(
        [_shown(row["event"]) for row in events.combinations], return_inverse=True
    )
    name = name_of[events.combination].astype(np.int32)
    customer = np.repeat(place, np.diff(events.starts))
    stray = ~cut.matched
    return replace(
        journeys,
        end_of_data=walked.end_of_data,
        journey_customer=place[cut.journey_customer],
        starts=cut.starts,
        outcome=cut.outcome,
        outcome_at=cut.outcome_at,
        seen_until=cut.seen_until,
        is_open=cut.is_open,
        at=events.at[cut.matched],
        touchpoint=labels.touchpoint[cut.matched],
        name=name[cut.matched],
        contested=labels.contested[cut.matched],
        undecided=labels.undecided[cut.matched],
        names=tuple(str(name) for name in names),
        unmatched=Unmatched(
            customer[stray], events.at[stray], name[stray], labels.outcome[stray] != NONE
        ),
        quality=tuple(quality),
    )


def _shown(event: object) -> str:
    return "" if event is None else str(event)


def _without_events(
    journey_map: JourneyMap, everyone: np.ndarray, answers: Read | None
) -> Journeys:
    none, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
    no = np.zeros(0, dtype=bool)
    nothing = np.zeros(0, dtype=np.float64)
    return Journeys(
        map=journey_map,
        end_of_data=UNKNOWN_TIME,
        customer_codes=everyone,
        journey_customer=none,
        starts=np.zeros(1, dtype=np.int64),
        outcome=nowhere,
        outcome_at=none,
        seen_until=none,
        is_open=no,
        at=none,
        touchpoint=nowhere,
        name=nowhere,
        contested=nowhere,
        undecided=no,
        names=(),
        unmatched=Unmatched(none, none, nowhere, no),
        answers=Answers((), none, nowhere, nowhere, nothing, none, nothing)
        if answers is None
        else Answers(
            answers.questions,
            np.searchsorted(everyone, answers.code),
            answers.question,
            answers.touchpoint,
            answers.score,
            answers.at,
            answers.weight,
            answers.weighted,
        ),
    )


def _attached(journeys: Journeys, within_days: float) -> Journeys:
    """Give answers without a touchpoint to the customer's last event in the days before them."""
    answers = journeys.answers
    customer = journeys.journey_customer[journeys.journey]
    in_time = np.lexsort((journeys.at, customer))
    owner, at = customer[in_time], journeys.at[in_time]
    open_ones = np.flatnonzero((answers.touchpoint == NONE) & (answers.at != UNKNOWN_TIME))
    everything = np.concatenate([owner, answers.customer[open_ones]])
    when = np.concatenate([at, answers.at[open_ones]])
    is_answer = np.repeat([0, 1], [len(owner), len(open_ones)])
    merged = np.lexsort((is_answer, when, everything))
    place = np.where(is_answer[merged] == 0, merged, NONE)
    before = np.maximum.accumulate(np.where(place == NONE, NONE, np.arange(len(place))))
    here = np.flatnonzero(is_answer[merged] == 1)
    event = np.where(before[here] == NONE, NONE, place[before[here]])
    answer = open_ones[merged[here] - len(owner)]
    found = event != NONE
    answer, event = answer[found], event[found]
    near = (owner[event] == answers.customer[answer]) & (
        answers.at[answer] - at[event] <= within_days * MICROSECONDS_PER_DAY
    )
    touchpoint = answers.touchpoint.copy()
    touchpoint[answer[near]] = journeys.touchpoint[in_time][event[near]]
    return replace(journeys, answers=replace(answers, touchpoint=touchpoint))


def _with_segments(
    connection: duckdb.DuckDBPyConnection, journeys: Journeys, customers: Customers
) -> Journeys:
    ledger = open_table(connection, customers.table, "customers")
    customer = ledger.id_text(customers.customer, "customer")
    names = customers.segments
    if names is None:
        names = tuple(name for name in ledger.types if name != customers.customer)
    texts = [
        f"trim(CAST({ledger.column(name, 'segments')} AS VARCHAR)) AS v{i}"
        for i, name in enumerate(names)
    ]
    rows = arrays(
        connection,
        f"SELECT {', '.join([stable_code(customer) + ' AS code', 'row', *texts])} "
        f"FROM {ledger.view} WHERE {customer} IS NOT NULL ORDER BY code, row",
    )
    code = rows["code"].astype(np.uint64)
    repeated = np.concatenate([[False], code[1:] == code[:-1]])
    if repeated.any():
        msg = (
            f"`{ledger.called}` names {int(repeated.sum())} customers more than once, first in row "
            f"{int(rows['row'][repeated].min())} counted from 0. Keep one row a customer."
        )
        raise SourceError(msg)
    seen = np.isin(code, journeys.customer_codes, assume_unique=True)
    place = np.searchsorted(journeys.customer_codes, code[seen])
    segments = {}
    for i, name in enumerate(names):
        segments[name] = _segment(rows[f"v{i}"][seen], place, journeys.n_customers)
    noticed = {"never_seen": Counted(int((~seen).sum()))} if not seen.all() else {}
    missing = ledger.rows - len(code)
    set_aside = {"no_customer": Counted(missing)} if missing else {}
    quality = Quality("customers", ledger.rows, len(code), set_aside, noticed)
    return replace(journeys, segments=segments, quality=(*journeys.quality, quality))


def _segment(texts: np.ndarray, place: np.ndarray, customers: int) -> Segment:
    known = np.array([text is not None for text in texts], dtype=bool)
    values, found = np.unique(texts[known].astype(str), return_inverse=True)
    codes = np.full(customers, NONE, dtype=np.int32)
    codes[place[known]] = found
    return Segment(codes, tuple(str(value) for value in values))
