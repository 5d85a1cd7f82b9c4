"""Whether anybody turns to customers who were dissatisfied, and how soon."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.choosing import touchpoints_of
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import repeats, require_kinds
from cjm_notebooks.journeys.passes.moments import NEVER
from cjm_notebooks.journeys.passes.scored import scored
from cjm_notebooks.journeys.passes.sides import bounds
from cjm_notebooks.journeys.passes.timeline import Timeline, in_time
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, UNKNOWN_TIME
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published, Running
from cjm_notebooks.statistics.partials import Additive, Rate

MICROSECONDS_PER_HOUR = MICROSECONDS_PER_DAY // 24


@dataclass(frozen=True)
class _Followed(Additive):
    questions: tuple[Question, ...]
    contacted: Rate  # cells: questions x hours
    open: np.ndarray  # int64, (questions, hours)


@dataclass(frozen=True)
class FollowUps(Metric[_Followed]):
    """Share of the bad answers after which the customer came to a place of contact within hours.

    `contact` is a touchpoint or a stage of the map where customers are called back. An answer is
    bad with an NPS of 6 or less, or else in the lowest quarter of the scale. Of those given from
    the day `since` on, `watched` are the ones that the data follow for so many hours, and
    `contacted` those with an event there by then; later ones are `open`. Answers without a time
    count nowhere. An event there is taken for an answer to the complaint, whoever began it.

    Unit    share of the bad answers, 0 to 1
    Shape   one row per question with a bad answer and number of hours
    Empty   no rows without a place of contact; a null share where no answer was watched so long
    Raises  ParameterError when a kind or the place is unknown, `since` is no day, or `hours` do not
            ascend
    """

    unit = "share of the bad answers, 0 to 1"
    reads = frozenset({"events", "feedback"})
    watches_the_end = True
    published = Published(
        counts=("contacted", "watched", "open"),
        estimates=dict.fromkeys(("share", "low", "high"), ("contacted", "watched")),
        column_totals=False,
        running=Running(("contacted", "open"), along="hours", by="question"),
    )
    contact: str = ""
    hours: tuple[int, ...] = (24, 48, 168)
    since: str = ""
    kinds: tuple[FeedbackKind, ...] = ("nps", "csat", "stars")

    def __post_init__(self) -> None:
        require_kinds("kinds", self.kinds)
        bounds((self.since, ""))
        if not self.hours or not all(a < b for a, b in pairwise((0, *self.hours))):
            msg = f"`hours` is {self.hours}. Give numbers above 0 in ascending order: (48, 168)."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(hours=(12, 100), since="1970-03-02")

    def observe(self, journeys: Journeys) -> _Followed:
        answers, touchpoints = scored(journeys, self.kinds), len(journeys.map.touchpoints)
        questions, hours = len(answers.questions), len(self.hours)
        bad = answers.is_bad & (answers.at != UNKNOWN_TIME)
        bad &= (answers.at >= bounds((self.since, ""))[0]) & (answers.at <= journeys.end_of_data)
        bad &= bool(self.contact)
        customer, at = answers.customer[bad], answers.at[bad]
        question = answers.place[bad] // (touchpoints + 1)
        waited = self._contacted_at(journeys, customer, at) - at
        limits = np.array(self.hours, np.int64) * MICROSECONDS_PER_HOUR
        cell = question[:, None] * hours + np.arange(hours)
        watched = at[:, None] + limits <= journeys.end_of_data
        counts = [
            np.bincount(cell[chosen], minlength=questions * hours)
            for chosen in (watched & (waited[:, None] <= limits), watched, ~watched)
        ]
        who = np.broadcast_to(customer[:, None], cell.shape)
        again = [
            repeats(cell[:, i][watched[:, i]], who[:, i][watched[:, i]], questions * hours)
            for i in range(hours)
        ]
        rate = Rate.of(counts[0], counts[1], np.sum(again, axis=0))
        return _Followed(answers.questions, rate, counts[2])

    def report(self, partial: _Followed, journey_map: JourneyMap) -> pd.DataFrame:
        hours, questions = len(self.hours), [one.id for one in partial.questions]
        table: pd.DataFrame = pd.DataFrame(
            {
                "question": pd.Series(np.repeat(np.array(questions, object), hours), dtype="str"),
                "hours": np.tile(np.array(self.hours, np.int64), len(questions)),
                **partial.contacted.columns("contacted", "watched"),
                "open": partial.open,
            }
        )
        asked: np.ndarray = (partial.contacted.trials + partial.open) > 0
        return table.loc[asked].reset_index(drop=True)

    def _contacted_at(self, journeys: Journeys, customer: np.ndarray, at: np.ndarray) -> np.ndarray:
        """int64, (answers,). The first event at the place of contact from then on, or `NEVER`."""
        if not len(at):
            return at
        there = touchpoints_of(journeys.map, self.contact)[journeys.touchpoint]
        order = np.arange(journeys.n_events)[in_time(journeys)]
        order = order[there[order]]
        who = journeys.journey_customer[journeys.journey[order]]
        owned = np.bincount(who, minlength=journeys.n_customers)
        contacts = Timeline(journeys.at[order], np.append(0, np.cumsum(owned)))
        place, found = contacts.after(customer, at - 1)
        return np.where(found, np.append(contacts.at, NEVER)[place], NEVER)
