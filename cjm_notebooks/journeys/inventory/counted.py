"""What the rules of one map claim of the recorded events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

import numpy as np

from cjm_notebooks.journeys.inventory.recorded import Period, Recorded
from cjm_notebooks.journeys.joining.cutting import groups_before_labels
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap, Outcome, Touchpoint
from cjm_notebooks.matching.claims import Claims
from cjm_notebooks.matching.labels import Labels, fulfilled_claims, settle
from cjm_notebooks.matching.tallies import Tallies

Parts = Sequence[Touchpoint | Outcome]
TargetKind = Literal["touchpoint", "outcome"]


@dataclass(frozen=True)
class Target:
    """The events and customers of a touchpoint or an outcome, and its rule in words."""

    id: str
    kind: TargetKind
    name: str
    events: int
    customers: int
    words: str | None


@dataclass(frozen=True)
class Covered:
    """How much of what customers did is on the map.

    `claimed` counts the events of a touchpoint or an outcome, `share` is theirs, null without any
    event.
    """

    events: int
    claimed: int
    customers: int

    @property
    def unclaimed(self) -> int:
        return self.events - self.claimed

    @property
    def share(self) -> float | None:
        return self.claimed / self.events if self.events else None


@dataclass(frozen=True, eq=False)
class Counted:
    """The events by kind: events of one kind are alike to every rule of the map.

    Without rules of context a kind is a combination; with them a combination has several kinds.

    Attributes
    ----------
    combination
        int, (kinds,). Row of `recorded.combinations`.
    fulfilled
        bool, (kinds, claims). The rule claims the kind.
    tallies
        the events by kind, those of the period only.
    kind
        unsigned, (events,). The kind of each event of `recorded`.
    """

    recorded: Recorded
    journey_map: JourneyMap
    claims: Claims
    combination: np.ndarray
    fulfilled: np.ndarray
    tallies: Tallies
    kind: np.ndarray

    @classmethod
    def of(cls, recorded: Recorded, journey_map: JourneyMap, period: Period | None) -> Self:
        claims = recorded.judged(journey_map)
        if claims.have_context:
            return cls._one_by_one(recorded, journey_map, claims, period)
        return cls(
            recorded,
            journey_map,
            claims,
            combination=np.arange(len(recorded.combinations)),
            fulfilled=claims.holds,
            tallies=recorded.by_combination(period),
            kind=recorded.events.combination,
        )

    @classmethod
    def _one_by_one(
        cls, recorded: Recorded, journey_map: JourneyMap, claims: Claims, period: Period | None
    ) -> Self:
        events, groups = groups_before_labels(journey_map, recorded.events)
        found = fulfilled_claims(claims, events.combination, events.at, groups)
        if events is not recorded.events:
            recorded = Recorded(recorded.columns, recorded.combinations, events)
        code = events.combination.astype(np.int64)
        for place, claim in enumerate(claims.claims):
            if claim.has_context:
                code = _numbered(code * 2 + found[:, place])
        _, example, kind = np.unique(code, return_index=True, return_inverse=True)
        kind = kind.astype(np.min_scalar_type(len(example)))
        return cls(
            recorded,
            journey_map,
            claims,
            combination=events.combination[example],
            fulfilled=found[example],
            tallies=recorded.tallied(kind, len(example), period),
            kind=kind,
        )

    @cached_property
    def labels(self) -> Labels:
        """What each kind is."""
        return settle(self.claims, self.fulfilled)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Touchpoints in map order, then outcomes."""
        journey_map, labels = self.journey_map, self.labels
        touchpoints = self._targets("touchpoint", journey_map.touchpoints, labels.touchpoint)
        return (*touchpoints, *self._targets("outcome", journey_map.outcomes, labels.outcome))

    def _targets(self, kind: TargetKind, parts: Parts, place_of: np.ndarray) -> tuple[Target, ...]:
        seen = np.flatnonzero((place_of != NONE) & (self.tallies.events > 0))
        seen = seen[np.argsort(place_of[seen], kind="stable")]
        bounds = np.searchsorted(place_of[seen], np.arange(len(parts) + 1))
        return tuple(
            Target(
                id=part.id,
                kind=kind,
                name=part.name,
                events=int(self.tallies.events[seen[low:high]].sum()),
                customers=self.tallies.customers(seen[low:high].tolist()),
                words=part.match.in_words() if part.match else None,
            )
            for part, low, high in zip(parts, bounds[:-1], bounds[1:], strict=True)
        )

    @cached_property
    def is_claimed(self) -> np.ndarray:
        """bool, (kinds,). A touchpoint or an outcome claims the kind."""
        return np.asarray((self.labels.touchpoint != NONE) | (self.labels.outcome != NONE))

    @property
    def covered(self) -> Covered:
        return Covered(
            events=int(self.tallies.events.sum()),
            claimed=int(self.tallies.events[self.is_claimed].sum()),
            customers=self.tallies.all_customers,
        )


def _numbered(code: np.ndarray) -> np.ndarray:
    """Codes that are small again where they have grown, alike where they were alike."""
    if int(code.max(initial=0)) < 2**40:
        return code
    return np.asarray(np.unique(code, return_inverse=True)[1])
