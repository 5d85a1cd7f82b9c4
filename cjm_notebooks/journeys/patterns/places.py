"""The touchpoints and outcomes of a map that the names in a pattern stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.patterns.pattern import At, Pattern
from cjm_notebooks.journeys.patterns.tokens import reject, tokens
from cjm_notebooks.maps import JourneyMap

Flags = NDArray[np.bool_]
KINDS = ("touchpoint", "stage", "outcome")


@dataclass(frozen=True)
class Places:
    """The ids of a map in its order: each stage with its touchpoints, and the outcomes.

    A place is a touchpoint or, after all of these, an outcome.
    """

    stages: tuple[tuple[str, tuple[str, ...]], ...]
    outcomes: tuple[str, ...]

    @classmethod
    def on(cls, journey_map: JourneyMap) -> Self:
        return cls(
            tuple(
                (stage.id, tuple(one.id for one in stage.touchpoints))
                for stage in journey_map.stages
            ),
            tuple(outcome.id for outcome in journey_map.outcomes),
        )

    @cached_property
    def touchpoints(self) -> tuple[str, ...]:
        return tuple(touchpoint for _, touchpoints in self.stages for touchpoint in touchpoints)

    @cached_property
    def meanings(self) -> dict[str, dict[str, Flags]]:
        """The places of each id, by the kind of thing that has it; bool, (places,)."""
        one = np.eye(len(self.touchpoints) + len(self.outcomes), dtype=np.bool_)
        found: dict[str, dict[str, Flags]] = {}
        for id_, place in zip((*self.touchpoints, *self.outcomes), one, strict=True):
            kind = "touchpoint" if place[: len(self.touchpoints)].any() else "outcome"
            found.setdefault(id_, {})[kind] = place
        begin = 0
        for id_, touchpoints in self.stages:
            end = begin + len(touchpoints)
            found.setdefault(id_, {})["stage"] = np.asarray(one[begin:end].any(axis=0))
            begin = end
        return found

    def of(self, element: At, pattern: Pattern) -> Flags:
        """bool, (places,). Where the element can be.

        Raises  ParameterError, with the column, when a name is unknown or means several things
        """
        named = [self._named(name, pattern) for name in element.names]
        places = np.arange(len(self.touchpoints) + len(self.outcomes))
        found = np.zeros(len(places), np.bool_)
        for flags in named:
            found |= flags
        return ~found & (places < len(self.touchpoints)) if element.excluded else found

    def _named(self, name: str, pattern: Pattern) -> Flags:
        kind, _, id_ = name.rpartition(":")
        meanings = self.meanings.get(id_, {})
        if kind and kind in KINDS:
            meanings = {kind: meanings[kind]} if kind in meanings else {}
        if not meanings:
            known = [known for known, means in self.meanings.items() if not kind or kind in means]
            near = did_you_mean(id_, known)
            what = kind or "touchpoint, stage or outcome"
            _reject_name(name, pattern, f"The map has no {what} `{id_}`. {near}")
        first, *others = (meanings[kind] for kind in KINDS if kind in meanings)
        if any(not np.array_equal(first, other) for other in others):
            kinds = " or ".join(f"`{kind}:{id_}`" for kind in KINDS if kind in meanings)
            _reject_name(name, pattern, f"The map has several `{id_}`. Write {kinds}.")
        return first


def _reject_name(name: str, pattern: Pattern, why: str) -> None:
    text = str(pattern)
    for token in tokens(text):
        if token.kind in ("name", "quoted") and token.name == name:
            reject(text, token.column, why)
    raise ParameterError(why)
