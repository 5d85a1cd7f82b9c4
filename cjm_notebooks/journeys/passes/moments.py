"""Moments of customers: a first answer or a first event somewhere, and what came after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import FAILURE, SUCCESS, endings
from cjm_notebooks.journeys.passes.timeline import events_of, in_time, outcomes_of
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.journeys.tables import NONE, UNKNOWN_TIME

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Moments:
    """The first moment of each customer at each place.

    Attributes
    ----------
    place
        int64, (moments,). A question about a touchpoint, or a stage.
    customer
        int64, (moments,). Position of the customer.
    at
        int64, (moments,). UTC microseconds.
    is_good
        bool, (moments,).
    left_out
        int64, (left out,). The place of each answer of which it is not known what came after.
    """

    place: np.ndarray
    customer: np.ndarray
    at: np.ndarray
    is_good: np.ndarray
    left_out: np.ndarray

    def where(self, chosen: np.ndarray) -> Moments:
        """Only some of the moments."""
        parts = ("place", "customer", "at", "is_good")
        return replace(self, **{name: getattr(self, name)[chosen] for name in parts})


def answered(journeys: Journeys, question: np.ndarray, good_from: np.ndarray) -> Moments:
    """First answers to some questions; a place is a question at a touchpoint or, last, at none.

    `question` int64, (questions,): the number that places count it by, -1 for one that is not asked
    for. `good_from` float64, (questions,): a score above it is good. An answer without a time,
    after the end of the data, or of a customer without events is left out.
    """
    answers, touchpoints = journeys.answers, len(journeys.map.touchpoints)
    mine = np.flatnonzero(question[answers.question] != NONE)
    asked, customer, at = answers.question[mine], answers.customer[mine], answers.at[mine]
    score, touchpoint = answers.score[mine], answers.touchpoint[mine].astype(np.int64)
    touchpoint[touchpoint == NONE] = touchpoints
    place = question[asked] * (touchpoints + 1) + touchpoint
    is_seen = np.zeros(journeys.n_customers, bool)
    is_seen[journeys.journey_customer] = True
    known = (at != UNKNOWN_TIME) & (at <= journeys.end_of_data) & is_seen[customer]
    order = np.flatnonzero(known)
    order = order[np.lexsort((at[order], customer[order], place[order]))]
    first = order[changes(place[order], customer[order])]
    good = score[first] > good_from[asked[first]]
    return Moments(place[first], customer[first], at[first], good, place[~known])


def visited(journeys: Journeys, touchpoints: Collection[str]) -> Moments:
    """First events in the stages of some touchpoints, good where they are at none of these.

    Raises  ParameterError when the map has no such touchpoint
    """
    ids = [touchpoint.id for touchpoint in journeys.map.touchpoints]
    for id_ in touchpoints:
        if id_ not in ids:
            msg = f"`touchpoints` names `{id_}`, which map `{journeys.map.id}` does not have. "
            raise ParameterError(msg + did_you_mean(id_, ids))
    is_bad = np.isin(ids, [*touchpoints])
    is_stage = np.zeros(len(journeys.map.stages), bool)
    is_stage[journeys.stage_of_touchpoint[is_bad]] = True
    order = in_time(journeys)
    there = np.flatnonzero(is_stage[journeys.stage_of_touchpoint][journeys.touchpoint[order]])
    event = there if isinstance(order, slice) else order[there]
    event = event[by_place(journeys.stage[event], len(is_stage))]
    stage, customer = journeys.stage[event], journeys.journey_customer[journeys.journey[event]]
    first = changes(stage, customer)
    return Moments(
        place=stage[first].astype(np.int64),
        customer=customer[first],
        at=journeys.at[event[first]],
        is_good=~is_bad[journeys.touchpoint[event[first]]],
        left_out=np.zeros(0, np.int64),
    )


def return_after(journeys: Journeys, moments: Moments, pause: int) -> np.ndarray:
    """int64, (moments,). The next event `pause` microseconds after the moment and any event before.

    `NEVER` where none was seen.
    """
    if not len(moments.at):
        return moments.at
    events = events_of(journeys)
    place, found = events.after(moments.customer, moments.at)
    at = np.append(events.at, NEVER)
    soon = found & (at[place] - moments.at < pause)
    rested = np.flatnonzero(np.diff(events.at) >= pause) + 1
    later = np.append(rested, len(events.at))[np.searchsorted(rested, place, side="right")]
    place = np.where(soon, later, place)
    return np.where(found & (place < events.bounds[moments.customer + 1]), at[place], NEVER)


def success_after(journeys: Journeys, moments: Moments) -> tuple[np.ndarray, np.ndarray]:
    """int64, (moments,) each. When the next success came, and a failure that rules it out.

    `NEVER` where none was seen. Only where a customer is one journey does a failure rule it out.
    """
    how = endings(journeys).how
    success = _outcome_after(journeys, moments, how == SUCCESS)
    if journeys.map.journey.cut.by != "customer":
        return success, np.full_like(success, NEVER)
    return success, _outcome_after(journeys, moments, how == FAILURE)


def is_decided(journeys: Journeys, moments: Moments) -> np.ndarray:
    """bool, (moments,). The customer is one journey, and that had reached an outcome by then."""
    if journeys.map.journey.cut.by != "customer" or not len(moments.at):
        return np.zeros(len(moments.at), bool)
    outcomes = outcomes_of(journeys, journeys.outcome != NONE)
    has_outcome = np.diff(outcomes.bounds)[moments.customer] > 0
    _, is_to_come = outcomes.after(moments.customer, moments.at)
    return np.asarray(has_outcome & ~is_to_come)


def _outcome_after(journeys: Journeys, moments: Moments, chosen: np.ndarray) -> np.ndarray:
    if not len(moments.at):
        return moments.at
    outcomes = outcomes_of(journeys, chosen)
    place, found = outcomes.after(moments.customer, moments.at)
    return np.where(found, np.append(outcomes.at, NEVER)[place * found], NEVER)
