"""What was recorded, by name and count, and what any map and any change of its rules make of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.events import Events
from cjm_notebooks.journeys.choosing import period
from cjm_notebooks.journeys.inventory.counted import Counted, Covered, Target
from cjm_notebooks.journeys.inventory.overlaps import Overlap, overlaps_of
from cjm_notebooks.journeys.inventory.preview import Preview
from cjm_notebooks.journeys.inventory.recorded import Period, Recorded
from cjm_notebooks.journeys.inventory.rows import Row, rows_of, table_of
from cjm_notebooks.journeys.inventory.suggesting import suggestions_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.matching.claims import columns_of
from cjm_notebooks.matching.suggestions import Suggestion

MOST_READ = 3


@dataclass(frozen=True, eq=False)
class Inventory:
    """Recorded events, read and sorted when first asked and then kept: to make rules with.

    The events are judged once per distinct combination of the event's name, its `channel` column
    if one is named, and the columns that rules of the map name, so that a question takes
    milliseconds. Rules that look around (`after`, `before`, `within`, `nth`) are judged event by
    event. All numbers are those of `join`.

    Memory  about 30 bytes an event
    """

    events: Events
    channel: str | None = None
    counts_in: Period | None = None
    _read: dict[tuple[tuple[str, ...], str | None, Privacy], Recorded] = field(
        default_factory=dict, repr=False
    )

    def during(self, start: datetime | date, end: datetime | date) -> Self:
        """The same events, counted from `start` to before `end`; a date is its start in UTC.

        Rules with context still look at everything that a customer did.

        Raises  ParameterError when `start` is not before `end`, or a time has no zone
        """
        return replace(self, counts_in=period(start, end))

    def table(self, journey_map: JourneyMap) -> pd.DataFrame:
        """The distinct combinations with their counts and who claims them, unclaimed ones first.

        Unit    events and customers; times are UTC
        Shape   one row a combination, which is the index
        Empty   no row where no event lies in the period
        Raises  SourceError when the events cannot be read, RuleError when a rule cannot be applied
        """
        return table_of(self.rows(journey_map), self._recorded(journey_map).columns)

    def rows(self, journey_map: JourneyMap, most: int | None = None) -> tuple[Row, ...]:
        """The rows of `table`, at most so many."""
        counted = self.counted(journey_map)
        tallies = self._recorded(journey_map).by_combination(self.counts_in)
        return rows_of(counted, tallies, most)

    def n_rows(self, journey_map: JourneyMap) -> int:
        """How many rows `table` has."""
        tallies = self._recorded(journey_map).by_combination(self.counts_in)
        return int(np.count_nonzero(tallies.events))

    def counted(self, journey_map: JourneyMap) -> Counted:
        """What the rules of the map claim."""
        return Counted.of(self._recorded(journey_map), journey_map, self.counts_in)

    def covered(self, journey_map: JourneyMap) -> Covered:
        """How many events there are, and how many are on the map."""
        return self.counted(journey_map).covered

    def targets(self, journey_map: JourneyMap) -> tuple[Target, ...]:
        """Events and customers of each touchpoint, then of each outcome."""
        return self.counted(journey_map).targets

    def overlaps(self, journey_map: JourneyMap) -> tuple[Overlap, ...]:
        """Events that two rules claim, most events first."""
        return overlaps_of(self.counted(journey_map))

    def preview(self, journey_map: JourneyMap, changed: JourneyMap) -> Preview:
        """What the numbers of the map become when it is changed.

        Raises  RuleError when a rule of either map cannot be applied to the events
        """
        return Preview.of(self.counted(journey_map), self.counted(changed))

    def suggest(
        self, journey_map: JourneyMap, refused: Collection[tuple[str, str]] = ()
    ) -> tuple[Suggestion, ...]:
        """Touchpoints where unclaimed events may belong, the strongest suggestion first.

        `refused` are pairs of event and touchpoint that are not suggested again. All recorded
        events count, whatever the period.
        """
        everything = replace(self, counts_in=None)
        return suggestions_of(everything.counted(journey_map), refused)

    def _recorded(self, journey_map: JourneyMap) -> Recorded:
        """The events with the columns that the map asks for.

        What was read with more columns serves as well, but where repeated events are set aside:
        which those are hangs on the columns.
        """
        keeps_all = self.events.duplicates == "keep"
        also = [self.channel] if self.channel and keeps_all else []
        wanted = {"event", *also, *columns_of(journey_map)}
        cut = journey_map.journey.cut
        by = str(cut.column) if cut.by == "column" else None
        enough = [
            recorded
            for (columns, cut_column, privacy), recorded in self._read.items()
            if (cut_column, privacy) == (by, journey_map.privacy)
            and (wanted <= set(columns) if keeps_all else wanted == set(columns))
        ]
        if enough:
            return min(enough, key=lambda recorded: len(recorded.columns))
        recorded = Recorded.of(self.events, journey_map, also)
        while len(self._read) >= MOST_READ:
            del self._read[next(iter(self._read))]
        self._read[recorded.columns, by, journey_map.privacy] = recorded
        return recorded
