"""Whether customers come back after a bad moment."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import places_of, require_kinds
from cjm_notebooks.journeys.passes.moments import (
    NEVER,
    Moments,
    answered,
    is_decided,
    return_after,
    success_after,
    visited,
)
from cjm_notebooks.journeys.passes.scored import DETRACTOR, LOWEST_PART
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, NONE
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published, Running
from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.incidence import aalen_johansen
from cjm_notebooks.statistics.partials import Additive, Tally

BINS_PER_STRETCH = 24
MICROSECONDS_PER_MINUTE = 60_000_000
GROUPS = ("bad", "good")
RETURNED, SILENT, SUCCEEDED, FAILED, UNDECIDED, FOLLOWS = range(6)
NEXT = {"return": ([RETURNED], SILENT), "success": ([SUCCEEDED, FAILED], UNDECIDED)}
ENDS = ("share", "low", "high")
_Name = tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class _Followed(Additive):
    questions: tuple[Question, ...]
    counts: Tally  # cells: places x groups; columns: what follows x bins, decided, left out


@dataclass(frozen=True)
class AfterBadMoment(Metric[_Followed]):
    """Share of the customers who come back, or succeed, within days of a bad moment.

    A moment is a customer's first answer to a question about a touchpoint. It is bad with an NPS of
    6 or less, or else in the lowest quarter of the scale, such as 1 or 2 of 5, and good otherwise.
    With `touchpoints` a moment is a customer's first event in one of their stages: bad at one of
    them, good at another touchpoint of the stage. Later moments move no customer to the other
    group, since that would favour those who stay. The groups chose themselves: a difference is no
    effect.

    `return` is the first later event that is `pause_minutes` after both the moment and the event
    before it; `success` the first later outcome of that kind. Shares are cumulative incidence
    (Aalen and Johansen): customers whom the data follow for fewer days count for as long as they
    were seen, and are `open` where neither had come by then. Where a customer is one journey, an
    earlier failure competes with success, and who was `decided` before the moment is left out of
    it. `left_out` are answers without a time, after the end of the data, or of somebody without
    events. Times lie in bins of 1/24 of the stretch between two of the `days`.

    Unit    share of customers, 0 to 1; `difference` is bad less good
    Shape   per question and touchpoint (or stage) one row for each `next` and number of days
    Empty   no rows without moments; a group without customers has null shares
    Raises  ParameterError when `days` do not ascend, or a kind or touchpoint is unknown
    Source  Aalen and Johansen 1978, An empirical transition matrix for non-homogeneous Markov
            chains based on censored observations
            Newcombe 1998, Interval estimation for the difference between independent proportions
    """

    unit = "share of customers, 0 to 1"
    watches_the_end = True
    reads = frozenset({"events", "feedback"})
    published = Published(
        counts=(
            *(f"{group}_{count}" for group in GROUPS for count in ("n", "reached", "open")),
            "decided",
            "left_out",
        ),
        estimates={
            **{f"bad_{end}": ("bad_reached", "bad_n") for end in ENDS},
            **{f"good_{end}": ("good_reached", "good_n") for end in ENDS},
            **dict.fromkeys(
                ("difference", "difference_low", "difference_high"),
                ("bad_reached", "bad_n", "good_reached", "good_n"),
            ),
        },
        column_totals=False,
        running=Running(
            ("bad_reached", "bad_open", "good_reached", "good_open"), along="days", by="curve"
        ),
    )
    kinds: tuple[FeedbackKind, ...] = ("nps", "csat", "stars")
    touchpoints: tuple[str, ...] = ()
    days: tuple[float, ...] = (1, 7, 30, 90)
    pause_minutes: float = 30

    def __post_init__(self) -> None:
        require_kinds("kinds", self.kinds)
        if not self.days or not all(a < b for a, b in pairwise((0, *self.days))):
            msg = f"`days` is {self.days}. Give numbers above 0 in ascending order: (1, 7, 30)."
            raise ParameterError(msg)
        if not self.pause_minutes >= 0:
            msg = f"`pause_minutes` is {self.pause_minutes}. Give a number of minutes from 0 up."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(kinds=("csat",), days=(10, 20.5), pause_minutes=0)

    def observe(self, journeys: Journeys) -> _Followed:
        questions = self._questions(journeys)
        moments = self._moments(journeys, questions)
        decided = is_decided(journeys, moments)
        free = moments.where(~decided)
        returned = return_after(
            journeys, moments, round(self.pause_minutes * MICROSECONDS_PER_MINUTE)
        )
        success, failure = success_after(journeys, free)
        ended_at = np.minimum(success, failure)
        ended = np.where(success <= failure, SUCCEEDED, FAILED)
        ended[ended_at == NEVER] = UNDECIDED
        seen = [
            (moments, np.where(returned == NEVER, SILENT, RETURNED), returned),
            (free, ended, ended_at),
        ]
        bins = len(self._ends) + 1
        cell = [_cell(of) for of, _, _ in seen]
        column = [
            what * bins + np.searchsorted(self._ends, np.minimum(at, journeys.end_of_data) - of.at)
            for of, what, at in seen
        ]
        cell += [_cell(moments.where(decided)), moments.left_out * len(GROUPS)]
        column += [np.full(len(rest), FOLLOWS * bins + i) for i, rest in enumerate(cell[2:])]
        counts = _counted(np.concatenate(cell), np.concatenate(column), FOLLOWS * bins + 2)
        return _Followed(questions, counts)

    def report(self, partial: _Followed, journey_map: JourneyMap) -> pd.DataFrame:
        moment, side = partial.counts.cell // len(GROUPS), partial.counts.cell % len(GROUPS)
        place, row = np.unique(moment, return_inverse=True)
        counts = np.zeros((len(place), len(GROUPS), partial.counts.counts.shape[1]), np.int64)
        counts[row, side] = partial.counts.counts
        followed = counts[:, :, :-2].reshape(len(place), len(GROUPS), FOLLOWS, len(self._ends) + 1)
        decided, left_out = counts[:, :, -2:].sum(axis=1).T
        names = self._names(partial.questions, place, journey_map)
        rows = [
            self._rows(name, next_, seen, gone if next_ == "success" else 0, out)
            for name, seen, gone, out in zip(names, followed, decided, left_out, strict=True)
            for next_ in NEXT
        ]
        nothing = np.zeros((len(GROUPS), FOLLOWS, len(self._ends) + 1), np.int64)
        nobody = self._rows((None, None, None), "return", nothing, 0, 0)
        return pd.concat(rows or [nobody[:0]], ignore_index=True)

    def _rows(
        self, name: _Name, next_: str, followed: np.ndarray, decided: int, left_out: int
    ) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "curve": " ".join([*filter(None, name), next_]),
                "question": pd.Series([name[0]] * len(self.days), dtype="str"),
                "touchpoint": pd.Series([name[1]] * len(self.days), dtype="str"),
                "stage": pd.Series([name[2]] * len(self.days), dtype="str"),
                "next": next_,
                "days": np.array(self.days, np.float64),
                **_compared(followed, *NEXT[next_]),
                "decided": decided,
                "left_out": left_out,
            }
        )

    @property
    def _ends(self) -> np.ndarray:
        """int64, (bins,). The last microsecond of each bin but the one beyond the last day."""
        days = np.array([0.0, *self.days])
        parts = np.arange(1, BINS_PER_STRETCH + 1) / BINS_PER_STRETCH
        ends = days[:-1, None] + np.diff(days)[:, None] * parts
        return np.rint(ends.ravel() * MICROSECONDS_PER_DAY).astype(np.int64)

    def _questions(self, journeys: Journeys) -> tuple[Question, ...]:
        if self.touchpoints:
            return ()
        return tuple(asked for asked in journeys.answers.questions if asked.kind in self.kinds)

    def _moments(self, journeys: Journeys, questions: tuple[Question, ...]) -> Moments:
        if self.touchpoints:
            return visited(journeys, self.touchpoints)
        everything = journeys.answers.questions
        number = [questions.index(one) if one in questions else NONE for one in everything]
        worst = [
            DETRACTOR if one.kind == "nps" else np.dot(one.scale, (1 - LOWEST_PART, LOWEST_PART))
            for one in everything
        ]
        return answered(journeys, np.array(number, np.int64), np.array(worst, np.float64))

    def _names(
        self, questions: tuple[Question, ...], place: np.ndarray, journey_map: JourneyMap
    ) -> list[_Name]:
        """The ids of the question, the touchpoint and the stage of each place."""
        if self.touchpoints:
            return [(None, None, journey_map.stages[i].id) for i in place]
        asked, about = places_of(questions, journey_map)
        return [(asked[i].id, about[i], None) for i in place]


def _cell(moments: Moments) -> np.ndarray:
    return np.asarray(moments.place * len(GROUPS) + moments.is_good)


def _counted(cell: np.ndarray, column: np.ndarray, columns: int) -> Tally:
    seen, row = np.unique(cell, return_inverse=True)
    counts = np.bincount(row * columns + column, minlength=len(seen) * columns)
    return Tally(seen, counts.reshape(len(seen), columns))


def _compared(followed: np.ndarray, ended: list[int], lost: int) -> dict[str, np.ndarray]:
    """The columns of both groups, and their difference, given (groups, what follows, bins)."""
    days = np.arange(BINS_PER_STRETCH - 1, followed.shape[2] - 1, BINS_PER_STRETCH)
    columns: dict[str, np.ndarray] = {}
    for group, counts in zip(GROUPS, followed, strict=True):
        curve = aalen_johansen(counts[ended], counts[lost])
        low, high = curve.interval()
        mine = {
            "n": counts[[*ended, lost]].sum(),
            "reached": counts[ended[0]].cumsum()[days],
            "open": counts[lost].cumsum()[days],
            "share": curve.cumulative[0, days],
            "low": low[0, days],
            "high": high[0, days],
        }
        columns |= {f"{group}_{name}": values for name, values in mine.items()}
    bad, good = ([columns[f"{group}_{end}"] for end in ENDS] for group in GROUPS)
    low, high = difference_interval(bad[0], (bad[1], bad[2]), good[0], (good[1], good[2]))
    return columns | {
        "difference": bad[0] - good[0],
        "difference_low": low,
        "difference_high": high,
    }
