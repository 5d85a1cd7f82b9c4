"""Join the designed map to recorded events, feedback and customers: once, before any question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import duckdb
import numpy as np

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Customers, Events, Feedback, Quality
from cjm_notebooks.events.content import held
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.journeys.choosing import microseconds
from cjm_notebooks.journeys.joining.answering import Read, read_feedback
from cjm_notebooks.journeys.joining.attaching import attached
from cjm_notebooks.journeys.joining.opening import Opened, open_events
from cjm_notebooks.journeys.joining.segments import Described, read_customers
from cjm_notebooks.journeys.joining.sorting import Sorted, sort_events, sort_in_parts
from cjm_notebooks.journeys.joining.walking import Found, Walk, Walked, assemble
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.origin import Origin
from cjm_notebooks.journeys.tables import GROUPS, group_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.permission import Consents


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
    What was recorded after `as_of` is set aside and counted, and so is what the privacy section of
    the map does not allow: where it requires consent, what others left (`consent_denied`,
    `consent_unknown`), and what at `as_of` is older than it may be (`past_retention`). Consent
    stands in the table itself or in that of the customers; an answer without any is kept.

    Raises  SourceError when a table cannot be read as named, or nobody knows who gave consent
            RuleError when a rule of the map cannot be applied to the events
            ParameterError when there is nothing to join, or `as_of` has no time zone, or events
            have amounts and the map no currency
    """
    tables = Tables(journey_map, events, feedback, customers, as_of)
    with workspace() as connection:
        return tables.opened(connection).whole()


@dataclass(frozen=True, eq=False)
class Tables:
    """What is to be joined, not yet read."""

    journey_map: JourneyMap
    events: Events | None
    feedback: Feedback | None
    customers: Customers | None
    as_of: datetime | None

    def __post_init__(self) -> None:
        if self.events is None and self.feedback is None:
            msg = "There is nothing to join: give `events`, `feedback` or both."
            raise ParameterError(msg)
        if self.as_of is not None:
            microseconds(self.as_of, "as_of")

    @property
    def limit(self) -> int | None:
        """`as_of` in UTC microseconds."""
        return None if self.as_of is None else microseconds(self.as_of, "as_of")

    @cached_property
    def origin(self) -> Origin:
        """What is joined, as it is now."""
        tables = {"events": self.events, "feedback": self.feedback, "customers": self.customers}
        return Origin.of(self.journey_map, self.as_of, **tables)

    def opened(self, connection: duckdb.DuckDBPyConnection) -> Joining:
        """Everything read but the sorted events, which are too many to have at once."""
        _ = self.origin
        privacy = self.journey_map.privacy
        customers = self.customers if privacy.consent_field is None else held(self.customers)
        consents = Consents.of(connection, customers, privacy)
        opened = walk = answers = described = None
        if self.events is not None:
            opened = open_events(
                connection, self.journey_map, self.events, self.limit, consents=consents
            )
            walk = Walk.over(self.journey_map, opened)
        if self.feedback is not None:
            answers = read_feedback(
                connection, self.journey_map, self.feedback, self.limit, consents
            )
        if customers is not None:
            described = read_customers(connection, customers, privacy)
        return Joining(self, opened, walk, answers, described)


@dataclass(frozen=True, eq=False)
class Joining:
    """All tables opened: the next step is to sort the events, at once or in parts."""

    tables: Tables
    opened: Opened | None
    walk: Walk | None
    answers: Read | None
    described: Described | None

    def whole(self) -> Journeys:
        """All journeys at once."""
        if self.opened is None or self.walk is None or self.tables.events is None:
            journeys, found = self._journeys(None, self.answers), Found()
        else:
            walked = self.walk(sort_events(self.opened, self.tables.events))
            journeys, found = self._journeys(walked, self.answers), walked.found
        return replace(
            journeys,
            quality=self.account(found, journeys.customer_codes),
            origin=self.tables.origin,
        )

    def parts(self, rows: int) -> Iterator[tuple[Journeys, Found]]:
        """The journeys of whole groups, each part of at least `rows` events but the last."""
        if self.opened is None or self.walk is None or self.tables.events is None:
            yield self._journeys(None, self.answers), Found()
            return
        low = 0
        for events, is_last in _with_end(sort_in_parts(self.opened, self.tables.events, rows)):
            high = GROUPS if is_last else int(group_of(events.customer_codes[-1:])[0]) + 1
            answers = None if self.answers is None else self.answers.between(low, high)
            walked = self.walk(events)
            yield self._journeys(walked, answers), walked.found
            low = high

    def _journeys(self, walked: Walked | None, answers: Read | None) -> Journeys:
        journeys = assemble(self.tables.journey_map, self.walk, walked, answers)
        feedback = self.tables.feedback
        if feedback is not None and feedback.attach_within_days is not None:
            journeys = attached(journeys, feedback.attach_within_days)
        return journeys if self.described is None else self.described.of(journeys)

    def account(self, found: Found, seen_codes: np.ndarray) -> tuple[Quality, ...]:
        """The account of each table, given what was found and who was seen in all events."""
        accounts = []
        if self.opened is not None and self.tables.events is not None:
            accounts.append(found.told(self.opened.quality, self.tables.events))
        accounts += [] if self.answers is None else [self.answers.quality]
        accounts += [] if self.described is None else [self.described.account(seen_codes)]
        return tuple(accounts)


def _with_end(parts: Iterator[Sorted]) -> Iterator[tuple[Sorted, bool]]:
    """Each part, and whether it is the last one."""
    before = None
    for part in parts:
        if before is not None:
            yield before, False
        before = part
    if before is not None:
        yield before, True
