"""Asking one check, the way a run does."""

from __future__ import annotations

from cjm_notebooks import Journeys, measure
from cjm_notebooks.checks import AnyCheck, Verdict
from cjm_notebooks.events import Quality
from cjm_notebooks.inspection import Checked, inspect_all
from cjm_notebooks.metrics import Metric

EVENTS = Quality("events", read=100, kept=100)
FEEDBACK = Quality("feedback", read=100, kept=100)


def checked(check: AnyCheck, **readings: object) -> Checked:
    """`check` as the only one of a run, its readings by the names in its `reads`."""
    (one,) = inspect_all([check], {check.reads[name]: value for name, value in readings.items()})
    return one


def verdict(check: AnyCheck, **readings: object) -> Verdict:
    return checked(check, **readings).verdict


def measured(check: AnyCheck, journeys: Journeys) -> Checked:
    """`check` on what is measured of these journeys, which have events and feedback."""
    given = {"journey_map": journeys.map, "quality": (EVENTS, FEEDBACK)}
    read = {
        name: measure(reading, journeys) if isinstance(reading, Metric) else given[reading]
        for name, reading in check.reads.items()
    }
    return checked(check, **read)
