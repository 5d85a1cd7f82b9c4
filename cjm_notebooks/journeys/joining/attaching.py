"""Answers that name no touchpoint belong to the last one before them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, NONE, UNKNOWN_TIME


def attached(journeys: Journeys, within_days: float) -> Journeys:
    """Give answers without a touchpoint to the customer's last event in the days before them."""
    answers = journeys.answers
    customer = journeys.journey_customer[journeys.journey]
    in_time = np.lexsort((journeys.at, customer))
    owner, at = customer[in_time], journeys.at[in_time]
    open_ones = np.flatnonzero((answers.touchpoint == NONE) & (answers.at != UNKNOWN_TIME))
    everything = np.concatenate([owner, answers.customer[open_ones]])
    when = np.concatenate([at, answers.at[open_ones]])
    is_answer = np.repeat([0, 1], [len(owner), len(open_ones)])
    merged = np.lexsort((is_answer, when, everything))
    place = np.where(is_answer[merged] == 0, merged, NONE)
    before = np.maximum.accumulate(np.where(place == NONE, NONE, np.arange(len(place))))
    here = np.flatnonzero(is_answer[merged] == 1)
    event = np.where(before[here] == NONE, NONE, place[before[here]])
    answer = open_ones[merged[here] - len(owner)]
    found = event != NONE
    answer, event = answer[found], event[found]
    near = (owner[event] == answers.customer[answer]) & (
        answers.at[answer] - at[event] <= within_days * MICROSECONDS_PER_DAY
    )
    touchpoint = answers.touchpoint.copy()
    touchpoint[answer[near]] = journeys.touchpoint[in_time][event[near]]
    return replace(journeys, answers=replace(answers, touchpoint=touchpoint))
