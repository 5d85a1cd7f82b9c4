"""From claims to one touchpoint and one outcome for each event.

Rules with context (`after`, `before`, `within`, `nth`) are resolved on the sorted events, one rule
after another, each within the events of one group: a customer, or what a cut by column or by
inactivity makes of a customer. `after: x` asks whether the rule of `x` was fulfilled earlier.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks.maps import Rule
from cjm_notebooks.matching.claims import NOBODY, Claims

MICROSECONDS_PER_SECOND = 1_000_000


@dataclass(frozen=True)
class Labels:
    """What each row is, by position in the map; -1 where no rule claims it.

    A row is an event or, where no rule has context, a distinct combination of column values.

    Attributes
    ----------
    touchpoint
        int32, (rows,). Position in `map.touchpoints`.
    outcome
        int32, (rows,). Position in `map.outcomes`.
    contested
        int32, (rows,). A second touchpoint whose rule claims the row too, else -1.
    undecided
        bool, (rows,). Both claims are equally strong, so that the smaller id decided.
    """

    touchpoint: np.ndarray
    outcome: np.ndarray
    contested: np.ndarray
    undecided: np.ndarray


def label(
    claims: Claims, combination: np.ndarray, at: np.ndarray, group_starts: np.ndarray
) -> Labels:
    """Label events that stand in order, group after group."""
    return settle(claims, fulfilled_claims(claims, combination, at, group_starts))


def fulfilled_claims(
    claims: Claims, combination: np.ndarray, at: np.ndarray, group_starts: np.ndarray
) -> np.ndarray:
    """bool, (events, claims). Which rules claim each event, context included.

    `combination` int, (events,), rows of `claims.holds`; `at` int64, (events,), UTC microseconds;
    `group_starts` int64, (groups + 1,).
    """
    found = claims.holds[combination]
    place_of = {claim.id: place for place, claim in enumerate(claims.claims)}
    for place in claims.order:
        claim = claims.claims[place]
        if claim.has_context:
            others = found[:, [place_of[name] for name in claim.rule.after]].any(axis=1)
            later = found[:, [place_of[name] for name in claim.rule.before]].any(axis=1)
            context = _Context(at, group_starts, others, later)
            found[:, place] &= context.allows(claim.rule, found[:, place])
    return np.asarray(found)


def settle(claims: Claims, fulfilled: np.ndarray) -> Labels:
    """What each row is, given which claims hold for it: bool, (rows, claims)."""
    rows = len(fulfilled)
    touchpoint, outcome, contested = (np.full(rows, NOBODY, dtype=np.int32) for _ in range(3))
    undecided = np.zeros(rows, dtype=bool)
    strength: list[tuple[int, int, int]] = [claim.strength for claim in claims.claims]
    winner = np.zeros(rows, dtype=np.int32)
    for place, claim in enumerate(claims.claims):
        mine = fulfilled[:, place]
        if claim.is_outcome:
            outcome[mine & (outcome == NOBODY)] = claim.place
            continue
        second = mine & (touchpoint != NOBODY) & (contested == NOBODY)
        contested[second] = claim.place
        equals = np.array([other == strength[place] for other in strength])
        undecided |= second & equals[winner]
        first = mine & (touchpoint == NOBODY)
        touchpoint[first] = claim.place
        winner[first] = place
    return Labels(touchpoint, outcome, contested, undecided)


@dataclass(frozen=True)
class _Context:
    """Where the rules named in `after` and `before` were fulfilled, event by event."""

    at: np.ndarray
    group_starts: np.ndarray
    earlier: np.ndarray
    later: np.ndarray

    def allows(self, rule: Rule, candidates: np.ndarray) -> np.ndarray:
        allowed = candidates.copy()
        limit = None
        if rule.within is not None:
            limit = round(rule.within.total_seconds() * MICROSECONDS_PER_SECOND)
        if rule.after:
            allowed &= self._near(self._last_before(self.earlier), limit)
        if rule.before:
            allowed &= self._near(self._first_after(self.later), limit)
        if rule.nth is not None:
            allowed &= self._count(allowed) == rule.nth
        return allowed

    def _near(self, other: np.ndarray, limit: int | None) -> np.ndarray:
        found = np.asarray(other != NOBODY)
        if limit is None:
            return found
        apart = np.abs(self.at - self.at[other])
        return np.asarray(found & (apart <= limit))

    def _first_of_group(self) -> np.ndarray:
        return np.repeat(self.group_starts[:-1], np.diff(self.group_starts))

    def _last_before(self, there: np.ndarray) -> np.ndarray:
        """int64, (events,). The nearest earlier event of the group that is `there`, or -1."""
        places = np.where(there, np.arange(len(there)), NOBODY)
        seen = np.concatenate([[NOBODY], np.maximum.accumulate(places)[:-1]])[: len(there)]
        return np.where(seen >= self._first_of_group(), seen, NOBODY)

    def _first_after(self, there: np.ndarray) -> np.ndarray:
        """int64, (events,). The nearest later event of the group that is `there`, or -1."""
        count = len(there)
        places = np.where(there, np.arange(count), count)[::-1]
        seen = np.concatenate([[count], np.minimum.accumulate(places)[:-1]])[:count][::-1]
        after_group = np.repeat(self.group_starts[1:], np.diff(self.group_starts))
        return np.where(seen < after_group, seen, NOBODY)

    def _count(self, there: np.ndarray) -> np.ndarray:
        """int64, (events,). How many of the group's events up to here are `there`."""
        running = np.cumsum(there)
        first = self._first_of_group()
        before = np.where(first > 0, running[first - 1], 0)
        return running - before
