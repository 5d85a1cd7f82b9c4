"""What customers said beside their scores, word for word but for what tells who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.choosing import touchpoints_of
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, NONE, UNKNOWN_TIME
from cjm_notebooks.privacy.personal import mask

if TYPE_CHECKING:
    import pandas as pd


def verbatims(journeys: Journeys, place: str | None = None) -> pd.DataFrame:
    """What these customers said about a stage or touchpoint, or about anything, newest first.

    Personal data that is found in a comment is masked, as `[e-mail]` or `[phone number]`, and
    `masked` counts it; a name in a sentence is not found. Days are in UTC, and no row says whose
    comment it is. Comments of unknown time come last; within a moment the order is that of the
    customers' stable codes, the same each time and as good as drawn by lot.

    Shape   one row per comment: touchpoint, question, score, answered_on, comment, masked
    Empty   no rows where nobody said anything
    Memory  the comments given back
    Raises  ParameterError when the map has no such place, or there are customers but fewer than the
            `k_min` of the map
    """
    import pandas as pd

    refuse_few(journeys)
    rows, answers = commented(journeys, place), journeys.answers
    ids = [*(touchpoint.id for touchpoint in journeys.map.touchpoints), None]
    said = [mask(text) for text in answers.said(rows)]
    return pd.DataFrame(
        {
            "touchpoint": pd.Series([ids[here] for here in answers.touchpoint[rows]], dtype=object),
            "question": pd.Series(
                [answers.questions[asked].id for asked in answers.question[rows]], dtype=object
            ),
            "score": answers.score[rows],
            "answered_on": days(answers.at[rows]).astype("datetime64[s]"),
            "comment": pd.Series([text for text, _ in said], dtype=object),
            "masked": np.array([masks for _, masks in said], dtype=np.int64),
        }
    )


def commented(journeys: Journeys, place: str | None = None) -> np.ndarray:
    """int64, (commented,). The answers with a comment about the place, in the order told above.

    Raises  ParameterError when the map has no such place
    """
    answers = journeys.answers
    has_comment = answers.comment != NONE
    if place is not None:
        has_comment &= np.append(touchpoints_of(journeys.map, place), False)[answers.touchpoint]
    rows = np.flatnonzero(has_comment)
    backwards = ~answers.at[rows]  # -1 - at, in which an unknown time comes last
    return rows[np.argsort(backwards, kind="stable")]


def days(at: np.ndarray) -> np.ndarray:
    """datetime64[D], (answers,). The day in UTC, not a time where that is not known."""
    found = (at // MICROSECONDS_PER_DAY).astype("datetime64[D]")
    return np.where(at == UNKNOWN_TIME, np.datetime64("NaT"), found)


def refuse_few(journeys: Journeys) -> None:
    """Nobody is quoted out of a group so small that they could be recognised.

    Raises  ParameterError when there are customers, but fewer than the `k_min` of the map
    """
    k_min = journeys.map.privacy.k_min
    if 0 < journeys.n_customers < k_min:
        msg = f"Nobody is quoted out of fewer than {k_min} customers. Choose more of them."
        raise ParameterError(msg)
