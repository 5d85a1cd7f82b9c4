"""What journeys did just before and just after they came somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import ENDINGS, OPEN, endings
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.patterns import ANY, At, Pattern, parse
from cjm_notebooks.journeys.patterns.compiling import compiled
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate

Which = Literal["first", "last"]
START = "start"


@dataclass(frozen=True)
class _Around(Additive):
    rate: Rate  # cells (steps, touchpoints + start + endings)


@dataclass(frozen=True)
class AnchoredSteps(Metric[_Around]):
    """Which touchpoints journeys were at just before and just after they came to the anchor.

    The `anchor` is a touchpoint or a stage, or several as `[cart pay]`; without one it is the first
    touchpoint of the map's last stage. Step 0 is a journey's first (or `which="last"`) event there,
    step -1 the event before it and step 1 the one after it. A journey that had not begun by a step,
    or was over, is `outside` then: at its `start`, or at how it ended, so that every step adds up
    to all journeys that came to the anchor. Events after an outcome are no steps. `open` journeys
    are over only for the time being, and may still come to the anchor once more.

    Unit    share of the journeys that came to the anchor, 0 to 1
    Shape   one row per step and touchpoint, start or end seen there: in map order, start and ends
            last
    Empty   no rows where no journey came to the anchor
    Raises  ParameterError when `before` or `after` is below 0, `which` is unknown, or the anchor is
            not written as one event, and on journeys whose map does not have it
    """

    unit = "share of the journeys that came to the anchor, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "anchored", "open"),
        estimates=dict.fromkeys(("share", "low", "high"), ("journeys", "anchored")),
        within=("step",),
    )
    anchor: str = ""
    before: int = 3
    after: int = 5
    which: Which = "first"

    def __post_init__(self) -> None:
        for name, steps in (("before", self.before), ("after", self.after)):
            if steps < 0:
                msg = f"`{name}` is {steps}. Give the number of steps to show, 0 or more."
                raise ParameterError(msg)
        if self.which not in get_args(Which):
            near = did_you_mean(self.which, get_args(Which))
            msg = f"`which` is `{self.which}`, and an anchor is the first or the last. {near}"
            raise ParameterError(msg)
        anchor = parse(self.anchor) if self.anchor else Pattern(ANY)
        if anchor != Pattern(anchor.element) or not isinstance(anchor.element, At):
            msg = (
                f"`anchor` is `{self.anchor}`. Name one touchpoint or stage, or several as "
                "`[cart pay]`."
            )
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(".", before=1, after=2, which="last")

    def observe(self, journeys: Journeys) -> _Around:
        end, touchpoints = endings(journeys), len(journeys.map.touchpoints)
        anchor, journey = self._anchors(journeys)
        step = np.arange(-self.before, self.after + 1)
        position = anchor + step[:, None]
        place = journeys.touchpoint.take(position, mode="clip").astype(np.int64)
        place = np.where(position < journeys.first[journey], touchpoints, place)
        ended = touchpoints + 1 + end.how[journey]
        place = np.where(position > end.last[journey], ended, place)
        width = touchpoints + 1 + len(ENDINGS)
        cell = place + width * np.arange(len(step))[:, None]
        cells = np.bincount(cell.ravel(), minlength=len(step) * width).reshape(len(step), width)
        everyone = np.full(cells.shape, len(anchor))
        repeats = np.count_nonzero(~changes(journeys.journey_customer[journey]))
        return _Around(Rate.of(cells, everyone, repeats))

    def report(self, partial: _Around, journey_map: JourneyMap) -> pd.DataFrame:
        ids = [touchpoint.id for touchpoint in journey_map.touchpoints]
        outside = [START, *ENDINGS]
        touchpoint = np.array([*ids, *[None] * len(outside)], object)
        step, place = np.nonzero(partial.rate.hits)
        columns = partial.rate.columns("journeys", "anchored")
        return pd.DataFrame(
            {
                "step": step - self.before,
                "touchpoint": pd.Series(touchpoint[place], dtype="str"),
                "outside": pd.Series(
                    np.array([*[None] * len(ids), *outside], object)[place], dtype="str"
                ),
                **{name: cells[step, place] for name, cells in columns.items()},
                "open": partial.rate.hits[step, len(ids) + 1 + OPEN],
            }
        )

    def _anchors(self, journeys: Journeys) -> tuple[np.ndarray, np.ndarray]:
        """The event each journey is looked at around, and the journey."""
        there = self._is_anchor(journeys.map)[journeys.touchpoint] & endings(journeys).on_way
        position = np.flatnonzero(there)
        journey = journeys.journey[position]
        new = changes(journey)
        chosen = new if self.which == "first" else np.roll(new, -1)
        return position[chosen], journey[chosen]

    def _is_anchor(self, journey_map: JourneyMap) -> np.ndarray:
        """bool, (touchpoints,)."""
        touchpoints = len(journey_map.touchpoints)
        if not self.anchor:
            sizes = [len(stage.touchpoints) for stage in journey_map.stages]
            last = next((size for size in reversed(sizes) if size), 0)
            return np.asarray(np.arange(touchpoints) == touchpoints - last)
        takes = compiled(parse(self.anchor), journey_map).takes[0]
        if takes[touchpoints:].any():
            msg = (
                f"`anchor` is `{self.anchor}`, which is an outcome. Name a touchpoint or a stage; "
                "how journeys ended is part of each step."
            )
            raise ParameterError(msg)
        return np.asarray(takes[:touchpoints] > 0)
