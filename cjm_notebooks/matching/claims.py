"""Which rules claim which events, decided once per distinct combination of column values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cjm_notebooks.errors import RuleError
from cjm_notebooks.maps import JourneyMap, Rule

NOBODY = -1


@dataclass(frozen=True)
class Claim:
    """One rule of the map and the touchpoint or outcome that it belongs to.

    `place` is the position in `map.touchpoints` or in `map.outcomes`.
    """

    id: str
    place: int
    is_outcome: bool
    rule: Rule

    @property
    def has_context(self) -> bool:
        rule = self.rule
        return bool(rule.after or rule.before or rule.nth)

    @property
    def strength(self) -> tuple[int, int, int]:
        """What decides between two rules, before their ids do: the greater one wins."""
        return (self.rule.priority, *self.rule.specificity())


@dataclass(frozen=True)
class Claims:
    """The rules of a map against the distinct combinations of the columns they name.

    Attributes
    ----------
    claims
        strongest first: by priority, then specificity, then the smaller id. The screen order of
        stages and touchpoints plays no part.
    holds
        bool, (combinations, claims). The rule's conditions hold; its context is not yet asked.
    """

    claims: tuple[Claim, ...]
    holds: np.ndarray

    @property
    def have_context(self) -> bool:
        """Whether any rule asks what else the customer did."""
        return any(claim.has_context for claim in self.claims)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Claims in the order in which their context can be resolved.

        Raises  RuleError when rules wait for each other in a circle
        """
        place_of = {claim.id: place for place, claim in enumerate(self.claims)}
        done: list[int] = []
        waiting: list[str] = []

        def resolve(place: int) -> None:
            claim = self.claims[place]
            if place in done:
                return
            if claim.id in waiting:
                circle = " -> ".join([*waiting[waiting.index(claim.id) :], claim.id])
                msg = (
                    f"The rules {circle} wait for each other through `after` and `before`. "
                    "Break the circle at one of them."
                )
                raise RuleError(msg)
            waiting.append(claim.id)
            for other in (*claim.rule.after, *claim.rule.before):
                if other not in place_of:
                    msg = (
                        f"The rule of `{claim.id}` looks for `{other}`, which has no rule of its "
                        "own. Give that touchpoint or outcome a `match`."
                    )
                    raise RuleError(msg)
                resolve(place_of[other])
            waiting.pop()
            done.append(place)

        for place in range(len(self.claims)):
            resolve(place)
        return tuple(done)


def claims_of(journey_map: JourneyMap) -> tuple[Claim, ...]:
    """Every rule of the map, strongest first."""
    touchpoints = [
        Claim(touchpoint.id, place, is_outcome=False, rule=touchpoint.match)
        for place, touchpoint in enumerate(journey_map.touchpoints)
        if touchpoint.match is not None
    ]
    outcomes = [
        Claim(outcome.id, place, is_outcome=True, rule=outcome.match)
        for place, outcome in enumerate(journey_map.outcomes)
        if outcome.match is not None
    ]
    by_id = sorted([*touchpoints, *outcomes], key=lambda claim: claim.id)
    return tuple(sorted(by_id, key=lambda claim: claim.strength, reverse=True))


def columns_of(journey_map: JourneyMap) -> tuple[str, ...]:
    """The event columns that any rule of the map names, in alphabetical order."""
    named = {name for claim in claims_of(journey_map) for name in claim.rule.columns()}
    return tuple(sorted(named))


def judge(journey_map: JourneyMap, combinations: Sequence[Mapping[str, object]]) -> Claims:
    """Ask every rule about every combination.

    Raises  RuleError when a rule cannot be asked, with the id of its touchpoint or outcome
    """
    claims = claims_of(journey_map)
    holds = np.zeros((len(combinations), len(claims)), dtype=bool)
    for column, claim in enumerate(claims):
        where = claim.rule.where
        holds[:, column] = [where.holds(row) for row in combinations]
    judged = Claims(claims, holds)
    _ = judged.order
    return judged
