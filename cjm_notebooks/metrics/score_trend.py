"""What customers answered, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.choosing import microseconds
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import places_of, repeats, require_kinds
from cjm_notebooks.journeys.passes.calendar import Calendar, Period
from cjm_notebooks.journeys.passes.scored import scale_of, scored
from cjm_notebooks.journeys.tables import UNKNOWN_TIME
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Scores


@dataclass(frozen=True)
class _Periods(Additive):
    questions: tuple[Question, ...]
    last: tuple[int, ...]  # the number of the last period, if any
    scores: Scores  # cells: places x periods
    untimed: np.ndarray  # int64, (places,)


@dataclass(frozen=True)
class ScoreTrend(Metric[_Periods]):
    """Mean answer to each question in each of the last periods of the calendar.

    The last of the `periods` is the one that holds the day `until`, or else the end of the recorded
    events. An answer belongs to the period in which it was given; those without a time are
    `untimed`, which is the same in each row of a question and touchpoint. An NPS is told in its
    points from -100 to 100. Answers are not weighted.

    Unit    points of the scale, or of the NPS
    Shape   one row per question, touchpoint and period with answers, in the order of `csat`
    Empty   no rows without answers of a known time; answers that are all equal have no interval
    Raises  ParameterError when a kind, `period` or `zone` is unknown, `periods` below 2, or `until`
            no day
    """

    unit = "points of the scale, or of the NPS"
    reads = frozenset({"feedback"})
    published = Published(
        counts=("n", "untimed"),
        estimates=dict.fromkeys(("mean", "low", "high"), ("n",)),
        column_totals=False,
    )
    tolerance = 1e-9
    watches_the_end = True
    kinds: tuple[FeedbackKind, ...] = ("nps", "csat", "stars")
    period: Period = "month"
    periods: int = 12
    until: str = ""
    zone: str = "UTC"

    def __post_init__(self) -> None:
        require_kinds("kinds", self.kinds)
        Calendar(self.period, self.zone)
        if self.periods < 2:
            msg = f"`periods` is {self.periods}. Give the number of periods to show, 2 or more."
            raise ParameterError(msg)
        self._until()

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(period="day", periods=50, until="1970-03-20", zone="Europe/Berlin")

    def observe(self, journeys: Journeys) -> _Periods:
        answers, calendar = scored(journeys, self.kinds), Calendar(self.period, self.zone)
        end = self._until()
        end = journeys.end_of_data if end is None else end
        timed = answers.at != UNKNOWN_TIME
        last = () if end == UNKNOWN_TIME else (int(calendar.number(end)),)
        back = np.full(len(answers.at), -1, np.int64)
        if last:
            back[timed] = last[0] - calendar.number(answers.at[timed])
        chosen = (back >= 0) & (back < self.periods)
        cell = answers.place * self.periods + (self.periods - 1 - back)
        cells = answers.places * self.periods
        again = repeats(cell[chosen], answers.customer[chosen], cells)
        return _Periods(
            answers.questions,
            last,
            Scores.of(cell[chosen], answers.score[chosen], cells, repeats=again),
            np.bincount(answers.place[~timed], minlength=answers.places),
        )

    def report(self, partial: _Periods, journey_map: JourneyMap) -> pd.DataFrame:
        questions, touchpoints = places_of(partial.questions, journey_map)
        numbers = np.arange(1 - self.periods, 1) + (partial.last[0] if partial.last else 0)
        begins = Calendar(self.period, self.zone).first_day(numbers).astype("str")
        scale = np.array([scale_of(one) for one in questions], np.float64).reshape(-1, 2)
        low_end, high_end = np.repeat(scale, self.periods, axis=0).T
        low, high = np.clip(partial.scores.interval(), low_end, high_end)
        table = pd.DataFrame(
            {
                "question": _each([one.id for one in questions], self.periods),
                "touchpoint": _each(touchpoints, self.periods),
                "kind": _each([one.kind for one in questions], self.periods),
                "scale_low": low_end,
                "scale_high": high_end,
                "period": pd.Series(np.tile(begins, len(questions)), dtype="str"),
                "n": partial.scores.n,
                "mean": partial.scores.mean,
                "low": low,
                "high": high,
                "untimed": np.repeat(partial.untimed, self.periods),
            }
        )
        return table[table["n"] > 0].reset_index(drop=True)

    def _until(self) -> int | None:
        """UTC microseconds of the last day, None where it is not said."""
        if not self.until:
            return None
        try:
            return microseconds(date.fromisoformat(self.until.strip()[:10]), "until")
        except ValueError as cause:
            msg = f"`until` is `{self.until[:80]}`, which is no day. Give it as in 2025-03-31."
            raise ParameterError(msg) from cause


def _each(names: Sequence[str | None], times: int) -> pd.Series:
    return pd.Series(np.repeat(np.array(names, object), times), dtype="str")
