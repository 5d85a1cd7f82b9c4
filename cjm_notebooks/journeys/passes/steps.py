"""The places of a map that journeys are followed to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.maps import JourneyMap

KINDS = ("touchpoint", "stage", "outcome")


@dataclass(frozen=True, eq=False)
class Step:
    """Some touchpoints or some outcomes, any of which will do.

    Attributes
    ----------
    touchpoints
        bool, (touchpoints,).
    outcomes
        bool, (outcomes,). None of them where the step is at touchpoints.
    """

    name: str
    touchpoints: np.ndarray
    outcomes: np.ndarray
    optional: bool = False

    @property
    def is_outcome(self) -> bool:
        return bool(self.outcomes.any())

    def meets(self, other: Step) -> bool:
        """Whether one event can be at both."""
        return bool((self.touchpoints & other.touchpoints).any())


@dataclass(frozen=True, eq=False)
class Places:
    """The ids of a map, and what each means: positions among its touchpoints, then outcomes."""

    known: dict[str, tuple[int, ...]]
    touchpoints: int
    places: int

    @classmethod
    def on(cls, journey_map: JourneyMap) -> Places:
        known, end = {}, 0
        for stage in journey_map.stages:
            begin, end = end, end + len(stage.touchpoints)
            known[f"stage:{stage.id}"] = tuple(range(begin, end))
            for place, touchpoint in enumerate(stage.touchpoints, begin):
                known[f"touchpoint:{touchpoint.id}"] = (place,)
        for place, outcome in enumerate(journey_map.outcomes, end):
            known[f"outcome:{outcome.id}"] = (place,)
        return cls(known, end, end + len(journey_map.outcomes))

    def step(self, name: str, meaning: str | None = None, *, optional: bool = False) -> Step:
        """The step of that name: an id of the map, or several with `|` between them.

        An id is that of a touchpoint, a stage or an outcome, and has to say which, as `stage:pay`,
        where these differ. `meaning` is the id where the name says it less fully.

        Raises  ParameterError when the map has no such id, or it has two meanings
        """
        places = np.zeros(self.places, dtype=bool)
        for id_ in (meaning or name).split("|"):
            places[list(self._meant(id_.strip()))] = True
        return Step(name, places[: self.touchpoints], places[self.touchpoints :], optional)

    def _meant(self, id_: str) -> tuple[int, ...]:
        full = [id_] if ":" in id_ else [f"{kind}:{id_}" for kind in KINDS]
        found = {self.known[one]: one for one in full if one in self.known}
        if not found:
            hint = did_you_mean(id_, dict.fromkeys(one.partition(":")[2] for one in self.known))
            msg = f"The map has no touchpoint, stage or outcome `{id_}`. {hint}"
            raise ParameterError(msg)
        if len(found) > 1:
            either = " or ".join(f"`{one}`" for one in found.values())
            msg = f"`{id_}` is the id of two different places of the map. Say {either}."
            raise ParameterError(msg)
        return next(iter(found))
