"""What comes of a table: counted by the very code that joins it to a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from cjm_notebooks.builders.mapping.call import Reads
from cjm_notebooks.events import Counted, Customers, Events, Feedback, Quality
from cjm_notebooks.events.ledger import open_table, workspace
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.journeys.joining.accounting import account
from cjm_notebooks.journeys.joining.answering import read_feedback
from cjm_notebooks.journeys.joining.columns import Columns
from cjm_notebooks.journeys.joining.segments import read_customers
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.sources import Import

NO_MAP = JourneyMap.from_fields(
    {"schema_version": "1.0", "id": "none", "name": "None", "journey": {"currency": "EUR"}},
    "No map",
)


@dataclass(frozen=True)
class Yielded:
    """What a table gives, and the account of each step on the way.

    Attributes
    ----------
    of
        `events`, `feedback` or `customers`.
    steps
        what the source did, then what the join would do with what it yields.
    customers, names
        how many different ones are kept: customers, and names of events or questions.
    """

    of: str
    steps: tuple[Quality, ...]
    customers: int
    names: int | None = None

    @property
    def read(self) -> int:
        """Rows, or cells where a row holds several events or answers."""
        return self.steps[0].read

    @property
    def kept(self) -> int:
        return self.steps[-1].kept

    @property
    def set_aside(self) -> Mapping[str, Counted]:
        """By rule, over all steps; `read` is `kept` and all of these."""
        return _together(step.set_aside for step in self.steps)

    @property
    def noticed(self) -> Mapping[str, Counted]:
        """What was counted and kept, by rule."""
        return _together(step.noticed for step in self.steps)

    @property
    def period(self) -> tuple[int, int] | None:
        """UTC microseconds of the first and the last; None without times."""
        first, last = self.steps[-1].first_at, self.steps[-1].last_at
        return None if first is None or last is None else (first, last)


def yielded(reads: Reads | Import) -> Yielded:
    """What this source or table would give to a join, or what a source has read.

    Raises  SourceError when the table cannot be read so
    """
    if isinstance(reads, Customers):
        return _of_customers(reads)
    if isinstance(reads, Feedback):
        return _of_feedback(reads)
    found = reads if isinstance(reads, Import) else reads.read()
    if found.events is not None:
        return _of_events(found.events, found.quality)
    assert found.feedback is not None
    return _of_feedback(found.feedback, found.quality)


def _of_events(events: Events, before: tuple[Quality, ...]) -> Yielded:
    with workspace() as connection:
        ledger = open_table(connection, events.table, "events")
        columns = Columns.of(ledger, NO_MAP, events, None)
        columns.view_times(ledger)
        quality = account(ledger, columns)
        who, what = ledger.id_text(events.customer, "customer"), columns.named["event"]
        customers, names = ledger.numbers(
            f"SELECT count(DISTINCT {who}), count(DISTINCT {what}) FILTER ({who} IS NOT NULL) "
            "FROM timed WHERE utc IS NOT NULL"
        )
    return Yielded("events", (*before, quality), customers, names)


def _of_feedback(feedback: Feedback, before: tuple[Quality, ...] = ()) -> Yielded:
    """No map says yet which touchpoints there are."""
    asked = tuple(replace(question, touchpoint=None) for question in feedback.questions)
    with workspace() as connection:
        read = read_feedback(
            connection, NO_MAP, replace(feedback, questions=asked, touchpoint=None)
        )
    customers, names = len(np.unique(read.code)), len(np.unique(read.question))
    noticed = dict(read.quality.noticed)
    if feedback.at is None:
        noticed.pop("no_time", None)
    quality = replace(read.quality, noticed=noticed)
    return Yielded("feedback", (*before, quality), customers, names)


def _of_customers(customers: Customers) -> Yielded:
    with workspace() as connection:
        described = read_customers(connection, customers, NO_MAP.privacy)
    quality = described.quality
    return Yielded("customers", (quality,), quality.kept)


def _together(counts: Iterable[Mapping[str, Counted]]) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    for step in counts:
        for rule, counted in step.items():
            before = found.get(rule, Counted(0))
            places = (before.places + counted.places)[:PLACES]
            found[rule] = Counted(before.rows + counted.rows, places)
    return found
