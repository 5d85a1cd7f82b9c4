"""Journeys of events that lie on Spark: joined and measured there, whole buckets at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from math import isqrt
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from cjm_notebooks.engine.saved import SavedPartials
from cjm_notebooks.engine.spark_frames import Sending, collected, is_spark, sum_of
from cjm_notebooks.engine.spark_groups import (
    BUCKETS_A_GROUP,
    LUGGAGE,
    Observed,
    Observing,
    Said,
    Ties,
)
from cjm_notebooks.engine.spark_rows import BUCKET, Survey, Surveying
from cjm_notebooks.engine.totals import Totals, nobody, together
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Customers, Events, Feedback, Quality
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.events.tables import name_of
from cjm_notebooks.journeys.joining.accounting import refuse_nothing
from cjm_notebooks.journeys.joining.answering import read_feedback
from cjm_notebooks.journeys.joining.build import Tables
from cjm_notebooks.journeys.joining.opening import number_combinations
from cjm_notebooks.journeys.joining.parts import Unread
from cjm_notebooks.journeys.joining.segments import read_customers
from cjm_notebooks.journeys.joining.walking import Walk
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.journeys.tables import BUCKETS, GROUPS
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import AnyMetric
from cjm_notebooks.privacy.permission import Consents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ROWS_PER_TASK = 200_000
ROWS_AT_ONCE = 1_000_000
SUMS_AT_ONCE = 8

T = TypeVar("T", Feedback, Customers)


def join_on_spark(
    journey_map: JourneyMap,
    events: Events,
    *,
    feedback: Feedback | None = None,
    customers: Customers | None = None,
    as_of: datetime | None = None,
) -> SparkJourneys:
    """What `join` returns, of events in a Spark DataFrame, to be measured where they lie.

    Feedback and customers may be any table; they are read here, and so are those on Spark. Rows of
    a Spark DataFrame have no order, so that `events.sequence` must say what came first wherever a
    customer did two things at the same time. The events are read twice before the first answer and
    once for each further one: cache the DataFrame where reading it is dear. Consent that the map
    requires must stand in a column of the events.

    Memory  on each worker a 64th of the events, or a 256th of many; here the feedback and customers
    Raises  SourceError when the events are not on Spark, or a column is missing
            RuleError when a rule of the map names a column that the events do not have
            ParameterError when `as_of` has no time zone
            later, when something is first measured, what `join` raises, and SourceError when
            nothing says which of two events came first
    """
    tables = Tables(journey_map, events, _here(feedback), _here(customers), as_of)
    if not is_spark(events.table):
        msg = (
            f"The events are a {name_of(events.table)}. Give a Spark DataFrame, or use `join`, "
            "which reads any other table."
        )
        raise SourceError(msg)
    return SparkJourneys(tables, Sending.of(tables))


def _here(table: T | None) -> T | None:
    if table is None or not is_spark(table.table):
        return table
    return replace(table, table=collected(table.table))


@dataclass(frozen=True, eq=False)
class SparkJourneys(Unread):
    """Journeys that are never all in one place: ask metrics with `measure` and `measure_all`."""

    sending: Sending

    def totals(
        self, metrics: Sequence[AnyMetric], split: Split[Any] | None, saved: SavedPartials | None
    ) -> Totals:
        """The sum of each metric's partials, for each group.

        Raises  SourceError when the order of events is not known, or they change meanwhile
                ParameterError when there is a folder of saved partials
        """
        if saved is not None:
            msg = "`saved` keeps partials of journeys on this machine. Leave it out on Spark."
            raise ParameterError(msg)
        by = None if split is None else Split(None, split.by)
        observing = replace(self._observing, metrics=tuple(metrics), split=by)
        none = nobody(metrics, observing.nobody(), by)
        rows = self.by_group().sortWithinPartitions(BUCKET)
        observed: Observed = sum_of(rows, observing, self._called, isqrt(self._tasks))
        self._refuse(observed)
        self._accounts.append(self._account(observed))
        return together(none, observed.totals)

    def by_group(self) -> DataFrame:
        """The events as numbers, each group in one partition, with what its customers said."""
        from pyspark.sql.functions import expr

        rows, each = self.sending.numbered(self._survey.values), self._buckets_at_once
        packed = {low: self._said.within(low, low + each).pack() for low in range(0, BUCKETS, each)}
        luggage = {low: content for low, content in packed.items() if content is not None}
        if luggage:
            columns = {
                BUCKET: pa.array(luggage.keys(), pa.int32()),
                LUGGAGE: pa.array(luggage.values(), pa.binary()),
            }
            more = rows.sparkSession.createDataFrame(pa.table(columns))
            rows = rows.unionByName(more, allowMissingColumns=True)
        return rows.repartition(self._tasks, expr(f"{BUCKET} div {BUCKETS_A_GROUP}"))

    @property
    def _tasks(self) -> int:
        """At most four a group: Spark deals groups out at random, and few tasks should get two."""
        return min(self._survey.quality.kept // ROWS_PER_TASK + 1, 4 * GROUPS)

    @property
    def _buckets_at_once(self) -> int:
        """A group of customers is joined at once, or bucket by bucket where it is large."""
        return BUCKETS_A_GROUP if self._survey.quality.kept // GROUPS <= ROWS_AT_ONCE else 1

    @property
    def _called(self) -> str:
        return self.sending.called

    @cached_property
    def _survey(self) -> Survey:
        surveying = Surveying(self.sending.sent, self.sending.columns)
        survey: Survey | None = sum_of(self.sending.frame, surveying, self._called, SUMS_AT_ONCE)
        if survey is None:
            msg = f"`{self._called}` has a header and no rows. There is nothing to join."
            raise SourceError(msg)
        refuse_nothing(self._called, survey.quality)
        return survey

    @cached_property
    def _said(self) -> Said:
        """Without comments: no metric reads them, and every worker would get them."""
        feedback, customers, limit = self.tables.feedback, self.tables.customers, self.tables.limit
        with workspace() as connection:
            answers = None
            if feedback is not None:
                consents = Consents.of(connection, customers, self.map.privacy)
                answers = read_feedback(connection, self.map, feedback, limit, consents)
            return Said(
                None if answers is None else answers.without_comments(),
                None
                if customers is None
                else read_customers(connection, customers, self.map.privacy),
            )

    @cached_property
    def _observing(self) -> Observing:
        survey, feedback = self._survey, self.tables.feedback
        with workspace() as connection:
            connection.register("all_values", survey.values)
            names = self.sending.columns.named
            combinations = number_combinations(connection, "FROM all_values", names)
        return Observing(
            journey_map=self.map,
            events=self.sending.columns.events,
            attach_within_days=None if feedback is None else feedback.attach_within_days,
            quality=survey.quality,
            walk=Walk.of(self.map, combinations, survey.quality),
            said=self._said.within(0, 0),
            metrics=(),
            split=None,
            buckets=self._buckets_at_once,
        )

    def _refuse(self, observed: Observed) -> None:
        kept = self._survey.quality.kept
        if observed.rows != kept:
            msg = (
                f"`{self._called}` had {kept} events that can be read when it was looked at first, "
                f"and now {observed.rows}. Write it to a table, so that it stays the same."
            )
            raise SourceError(msg)
        if observed.ties.rows:
            raise SourceError(self._no_order(observed.ties))

    def _no_order(self, ties: Ties) -> str:
        since = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=ties.first_at)
        named = self.sending.columns.events.sequence
        as_well = "" if named is None else f" and of the same `{named}`"
        return (
            f"In `{self._called}` {ties.rows} events of one customer at the same time{as_well} "
            f"differ, first at {since.isoformat()}. Rows on Spark have no order: name a column "
            "that says which came first, as `sequence`."
        )

    def _account(self, observed: Observed) -> tuple[Quality, ...]:
        said = self._said
        accounts = [observed.found.told(self._survey.quality, self.sending.columns.events)]
        accounts += [] if said.answers is None else [said.answers.quality]
        if said.described is not None:
            never = {"never_seen": Counted(observed.never_seen)} if observed.never_seen else {}
            accounts.append(replace(said.described.quality, noticed=never))
        return tuple(accounts)
