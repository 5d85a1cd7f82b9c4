"""What customers have answered since somebody last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.choosing import microseconds
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import places_of, repeats, require_kinds
from cjm_notebooks.journeys.passes.scored import Scored, scored
from cjm_notebooks.journeys.passes.sides import bounds
from cjm_notebooks.journeys.tables import UNKNOWN_TIME
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.comparisons import two_proportions_p
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Answered(Additive):
    questions: tuple[Question, ...]
    new: Rate  # cells: places; the bad ones of the new answers
    earlier: Rate  # cells: places
    commented: np.ndarray  # int64, (places,)
    untimed: np.ndarray  # int64, (places,)


@dataclass(frozen=True)
class FeedbackSince(Metric[_Answered]):
    """Answers given since a day, and the share of bad ones among them and among earlier answers.

    `since` is a day, unless said that of the map's last review; without either all answers are new.
    An answer is bad with an NPS of 6 or less, or else in the lowest quarter of the scale, such as 1
    or 2 of 5. `commented` are the new bad answers with a comment. Of `untimed` answers nobody can
    tell whether they are new, and they count nowhere else.

    Unit    share of the answers, 0 to 1
    Shape   one row per question and touchpoint with answers, in the order of `csat`
    Empty   no rows without answers; a side without answers has a null share
    Raises  ParameterError when a kind is unknown or `since` is no day
    """

    unit = "share of the answers, 0 to 1"
    reads = frozenset({"feedback"})
    published = Published(
        counts=("negative", "n", "earlier_negative", "earlier_n", "commented", "untimed"),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("negative", "n")),
            **dict.fromkeys(
                ("earlier_share", "earlier_low", "earlier_high"), ("earlier_negative", "earlier_n")
            ),
            "p": ("negative", "n", "earlier_negative", "earlier_n"),
        },
        column_totals=False,
    )
    since: str = ""
    kinds: tuple[FeedbackKind, ...] = ("nps", "csat", "stars")

    def __post_init__(self) -> None:
        require_kinds("kinds", self.kinds)
        bounds((self.since, ""))

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(since="1970-03-02")

    def observe(self, journeys: Journeys) -> _Answered:
        answers = scored(journeys, self.kinds)
        timed = answers.at != UNKNOWN_TIME
        is_new = timed & (answers.at >= _since(self.since, journeys.map.last_reviewed))
        said = is_new & answers.is_bad & answers.has_comment
        return _Answered(
            answers.questions,
            _bad(answers, is_new),
            _bad(answers, timed & ~is_new),
            np.bincount(answers.place[said], minlength=answers.places),
            np.bincount(answers.place[~timed], minlength=answers.places),
        )

    def report(self, partial: _Answered, journey_map: JourneyMap) -> pd.DataFrame:
        questions, touchpoints = places_of(partial.questions, journey_map)
        new, earlier = partial.new, partial.earlier
        n, before = (one.trials / one.interval_effect() for one in (new, earlier))
        earlier_low, earlier_high = earlier.interval()
        table = pd.DataFrame(
            {
                "question": pd.Series([one.id for one in questions], dtype="str"),
                "touchpoint": pd.Series(touchpoints, dtype="str"),
                **new.columns("negative", "n"),
                "earlier_negative": earlier.hits,
                "earlier_n": earlier.trials,
                "earlier_share": earlier.share,
                "earlier_low": earlier_low,
                "earlier_high": earlier_high,
                "p": two_proportions_p(new.share * n, n, earlier.share * before, before),
                "commented": partial.commented,
                "untimed": partial.untimed,
            }
        )
        anyone = table[["n", "earlier_n", "untimed"]].sum(axis=1) > 0
        return table[anyone].reset_index(drop=True)


def _since(day: str, reviewed: date | None) -> int:
    """UTC microseconds."""
    if day or reviewed is None:
        return bounds((day, ""))[0]
    return microseconds(reviewed, "last_reviewed")


def _bad(answers: Scored, chosen: np.ndarray) -> Rate:
    place = answers.place[chosen]
    return Rate.of(
        np.bincount(answers.place[chosen & answers.is_bad], minlength=answers.places),
        np.bincount(place, minlength=answers.places),
        repeats(place, answers.customer[chosen], answers.places),
    )
