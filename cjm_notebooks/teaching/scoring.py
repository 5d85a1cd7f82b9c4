"""How near a learner's map is to the right one, by what its touchpoints match and never by names.

Both maps are joined to the same events. Each map puts an event on one touchpoint or on none, so
that two partitions of the events lie beside each other. Parts are paired so that their likeness is
greatest in sum; the likeness of two parts is F1, twice the events of both over the events of each,
so that a rare touchpoint counts as much as a frequent one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.errors import RuleError
from cjm_notebooks.events import Events
from cjm_notebooks.journeys.inventory.counted import Counted
from cjm_notebooks.journeys.inventory.recorded import Recorded
from cjm_notebooks.maps import JourneyMap, JourneySettings
from cjm_notebooks.maps.part import Named
from cjm_notebooks.matching.claims import claims_of
from cjm_notebooks.teaching.agreement import Agreement, placed, tau_of, without_guessing
from cjm_notebooks.teaching.generators import Generated

Ints = NDArray[np.int64]
MOST_OF_A_PART = 0.5


@dataclass(frozen=True)
class Pair:
    """A touchpoint or stage of the learner and the one of the right map that it stands for."""

    mine: str
    right: str
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class MapScore:
    """Four shares from 0 to 1, each less what guessing would reach, and what went wrong.

    Attributes
    ----------
    touchpoints, stages
        how alike the partitions are: likeness summed over pairs, over the mean number of parts.
    placement
        the touchpoints, by their likeness, whose stage is the pair of the right one's stage.
    order
        Kendall's tau of the paired stages, not below 0, as far as they are stages: times `stages`.
    pairs, stage_pairs
        what stands for what.
    missed
        right touchpoints of whose events their pair holds less than half.
    merged
        my touchpoint -> the right ones of which it holds more than half, where there are several.
    split
        right touchpoint -> mine that lie more than half inside it, where there are several.
    beside
        my touchpoints that stand for no right one.
    """

    touchpoints: float
    stages: float
    placement: float
    order: float
    pairs: tuple[Pair, ...] = ()
    stage_pairs: tuple[Pair, ...] = ()
    missed: tuple[str, ...] = ()
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Yardstick:
    """The right map on recorded events, which are read once, to hold many maps against.

    Guessing is what needs no thought: one touchpoint for all events, and one for each name or each
    name and channel. What the best of them reaches scores 0, and the right map scores 1. A
    touchpoint of a map that has no event counts as wrong, unless the right map has as many. All
    events of a customer are one journey, whatever the maps say.
    """

    right: JourneyMap
    events: Events
    channel: str | None = "channel"

    def score(self, mine: JourneyMap) -> MapScore:
        """How near `mine` is to the right map.

        Raises  RuleError when a rule cannot be asked, or asks for more than event and channel
                SourceError when the events cannot be read
        """
        seen = self.beside(mine)
        stages = seen.merged(
            _stages(mine), _stages(self.right), (len(mine.stages), len(self.right.stages))
        )
        my_ids, right_ids = _ids(mine.touchpoints), _ids(self.right.touchpoints)
        of_right, of_mine = seen.overlap / _least(seen.theirs), seen.overlap.T / _least(seen.mine)
        staged = without_guessing(stages.share, [one.share for one in self._guessed_stages])
        return MapScore(
            touchpoints=without_guessing(seen.share, [one.share for one in self._guesses]),
            stages=staged,
            placement=placed(seen, stages, _stages(mine), _stages(self.right)),
            order=tau_of(stages) * staged,
            pairs=_pairs(seen, my_ids, right_ids),
            stage_pairs=_pairs(stages, _ids(mine.stages), _ids(self.right.stages)),
            missed=_missed(seen, right_ids),
            merged=_several(of_right, my_ids, right_ids),
            split=_several(of_mine, right_ids, my_ids),
            beside=_without_pair(seen, my_ids),
        )

    def beside(self, mine: JourneyMap) -> Agreement:
        """The touchpoints of `mine` and the right ones, by the events that they match.

        Raises  as `score` does
        """
        my, right = self._counted(mine), self._right
        mine_at, right_at = my.labels.touchpoint, right.labels.touchpoint
        events = self._recorded.by_combination(None).events
        if my.claims.have_context or right.claims.have_context:
            mine_at, right_at = mine_at[my.kind], right_at[right.kind]
            events = np.ones(len(mine_at), np.int64)
        sizes = len(mine.touchpoints), len(self.right.touchpoints)
        return Agreement.of(mine_at, right_at, events, sizes)

    def _counted(self, journey_map: JourneyMap) -> Counted:
        for claim in claims_of(journey_map):
            if others := claim.rule.columns() - set(self._recorded.columns):
                allowed = " and ".join(f"`{name}`" for name in self._recorded.columns)
                msg = (
                    f"The rule of `{claim.id}` asks for `{min(others)}`. A map is compared by "
                    f"{allowed}; ask for nothing else."
                )
                raise RuleError(msg)
        uncut = journey_map.model_copy(update={"journey": JourneySettings()})
        return Counted.of(self._recorded, uncut, None)

    @cached_property
    def _recorded(self) -> Recorded:
        uncut = self.right.model_copy(update={"journey": JourneySettings()})
        return Recorded.of(self.events, uncut, [self.channel] if self.channel else [])

    @cached_property
    def _right(self) -> Counted:
        return self._counted(self.right)

    @cached_property
    def _guesses(self) -> tuple[Agreement, ...]:
        """All events on one touchpoint, each name on its own, each name and channel on its own."""
        right, recorded = self._right, self._recorded
        codes = [recorded.distinct(columns)[0] for columns in (("event",), recorded.columns)]
        return tuple(
            Agreement.of(
                code[right.combination].astype(np.int32),
                right.labels.touchpoint,
                right.tallies.events,
                (int(code.max(initial=-1)) + 1, len(self.right.touchpoints)),
            )
            for code in (np.zeros_like(codes[0]), *codes)
        )

    @cached_property
    def _guessed_stages(self) -> tuple[Agreement, ...]:
        """The same guesses, each touchpoint as a stage of its own."""
        return tuple(
            one.merged(
                np.arange(len(one.mine)),
                _stages(self.right),
                (len(one.mine), len(self.right.stages)),
            )
            for one in self._guesses
        )


@lru_cache(maxsize=2)
def yardstick_of(given: Generated) -> Yardstick:
    """The right map of a data set on its events, kept so that they are read once."""
    return Yardstick(given.right_map, given.events)


def _stages(journey_map: JourneyMap) -> Ints:
    """int64, (touchpoints,). The position of each one's stage."""
    sizes = [len(stage.touchpoints) for stage in journey_map.stages]
    return np.repeat(np.arange(len(sizes)), sizes)


def _ids(parts: Sequence[Named]) -> tuple[str, ...]:
    return tuple(part.id for part in parts)


def _least(events: Ints) -> Ints:
    return np.maximum(events, 1)


def _pairs(seen: Agreement, mine: Sequence[str], right: Sequence[str]) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            mine[row],
            right[column],
            precision=float(seen.overlap[row, column] / seen.mine[row]),
            recall=float(seen.overlap[row, column] / seen.theirs[column]),
            f1=float(seen.likeness[row, column]),
        )
        for row, column in seen.pairs
    )


def _missed(seen: Agreement, right: Sequence[str]) -> tuple[str, ...]:
    held = np.zeros(len(right))
    for row, column in seen.pairs:
        held[column] = seen.overlap[row, column] / seen.theirs[column]
    there = (seen.theirs > 0) & (held < MOST_OF_A_PART)
    return tuple(right[place] for place in np.flatnonzero(there).tolist())


def _several(
    share: NDArray[np.float64], holders: Sequence[str], held: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Holder -> what it has more than half of, where that is several; (holders, held)."""
    found = {
        holder: tuple(held[place] for place in np.flatnonzero(row > MOST_OF_A_PART).tolist())
        for holder, row in zip(holders, share, strict=True)
    }
    return {holder: those for holder, those in found.items() if len(those) > 1}


def _without_pair(seen: Agreement, mine: Sequence[str]) -> tuple[str, ...]:
    paired = {row for row, _ in seen.pairs}
    return tuple(id_ for place, id_ in enumerate(mine) if place not in paired)
