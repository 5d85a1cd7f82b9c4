"""Journeys that are more than memory holds: read and sorted on disk, met in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

import numpy as np

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Customers, Events, Feedback, Quality
from cjm_notebooks.events.ledger import private_workspace
from cjm_notebooks.journeys.joining.build import Tables
from cjm_notebooks.journeys.joining.walking import Found
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.maps import JourneyMap

UNITS = {"MB": 10**6, "GB": 10**9, "TB": 10**12}
SHARE_OF_SORTING = 0.6
BYTES_PER_EVENT = 400
LEAST_MEMORY = 500 * 10**6


def join_in_parts(
    journey_map: JourneyMap,
    events: Events,
    *,
    feedback: Feedback | None = None,
    customers: Customers | None = None,
    as_of: datetime | None = None,
    memory: str = "4 GB",
) -> JourneyParts:
    """What `join` returns, in parts of whole customers that never need more than `memory`.

    Nothing is read yet: each time the parts are gone through, the events are read, sorted on disk
    where they do not fit, and joined part by part. Feedback and customers are kept in memory.

    Memory  `memory`, shared between sorting and the part at hand; no less than 500 MB
    Raises  ParameterError when `memory` is no amount such as "4 GB", or below 500 MB; later, while
            the parts are gone through, what `join` raises
    """
    tables = Tables(journey_map, events, feedback, customers, as_of)
    limit = _bytes(memory)
    return JourneyParts(tables, limit, int(limit * (1 - SHARE_OF_SORTING) / BYTES_PER_EVENT))


def _bytes(memory: str) -> int:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(MB|GB|TB)\s*", memory, re.IGNORECASE)
    if found is None:
        msg = f'`memory` is "{memory}". Give a number with MB, GB or TB, such as "4 GB".'
        raise ParameterError(msg)
    amount = int(float(found[1]) * UNITS[found[2].upper()])
    if amount < LEAST_MEMORY:
        msg = f'`memory` is "{memory}". Less than 500 MB is not enough to sort with.'
        raise ParameterError(msg)
    return amount


@dataclass(frozen=True, eq=False)
class Unread:
    """Journeys that are not in memory, and whose account is known once they were gone through."""

    tables: Tables
    _accounts: list[tuple[Quality, ...]] = field(default_factory=list, kw_only=True)

    @property
    def map(self) -> JourneyMap:
        return self.tables.journey_map

    @property
    def quality(self) -> tuple[Quality, ...]:
        """The account of each table; rows that have no place in any file have counts only.

        Raises  ParameterError while nothing was measured
        """
        if not self._accounts:
            msg = "The account is known once all events were gone through. Measure something first."
            raise ParameterError(msg)
        return self._accounts[-1]

    def split_by(self, segment: str) -> Split[Self]:
        """The same journeys, to be measured for each value of a segment apart."""
        return Split(self, segment)


@dataclass(frozen=True, eq=False)
class JourneyParts(Unread):
    """Journeys of whole groups of customers, one part after the other.

    Attributes
    ----------
    memory
        in bytes: how much sorting and the part at hand may take together.
    rows
        how many events each part has at the least, but the last.
    """

    memory: int
    rows: int

    def __iter__(self) -> Iterator[Journeys]:
        return (part for part, _ in self.with_share())

    def with_share(self) -> Iterator[tuple[Journeys, float]]:
        """Each part, and which share of the events has been read by then, 0 to 1."""
        with private_workspace(int(self.memory * SHARE_OF_SORTING)) as connection:
            joining = self.tables.opened(connection)
            everything = joining.opened.quality.kept if joining.opened else 1
            found, seen, read = Found(), [np.zeros(0, np.uint64)], 0
            for part, found_here in joining.parts(self.rows):
                found += found_here
                seen.append(part.customer_codes)
                read += part.n_events + len(part.unmatched.at)
                yield part, min(read / everything, 1.0)
            self._accounts.append(joining.account(found, np.concatenate(seen)))
