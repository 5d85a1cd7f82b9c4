"""C01: events that belong to no touchpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    exceeded,
    require_rising_shares,
    rows_of,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say
from cjm_notebooks.metrics.coverage import Coverage

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Unmapped:
    event: str
    events: int
    customers: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class UnmappedEvents(Check[_Unmapped]):
    """Share of the events that no rule of the map claims.

    An event that is an outcome is claimed, though it belongs to no touchpoint. The names that at
    least `names_share` of the customers have are listed, or all when there is none so frequent.

    Unit      share of the events, 0 to 1
    Findings  one, with the unclaimed event names, most frequent first
    Skips     without events
    """

    id = "C01"
    passed = N_("The map shows most of what customers did.")
    failed = N_("Much of what customers did is not on the map.")
    why = N_("An event on no touchpoint is something customers do that the map does not know.")
    severity = "high"
    source = "20 % and 40 % of the events, 5 % of the customers: D"
    limits = N_("It counts events, and some are technical and no part of any journey.")
    reads = {"coverage": Coverage(), "quality": "quality"}

    warn_share: float = 0.20
    fail_share: float = 0.40
    names_share: float = 0.05

    def __post_init__(self) -> None:
        require_rising_shares(warn_share=self.warn_share, fail_share=self.fail_share)
        require_rising_shares(names_share=self.names_share)

    def inspect(
        self, coverage: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Unmapped]:
        if table_of(quality, "events") is None:
            return Observation(not_applicable=say("No events were joined."))
        events = int(coverage["events"].sum())
        if not events:
            return Observation(missing=say("The table of events holds no event."))
        stray = coverage[coverage["touchpoint"].isna()]
        stray = stray.assign(events=stray["events"] - stray["outcome_events"])
        stray = stray[stray["events"] > 0].sort_values("events", ascending=False, kind="stable")
        share = stray["events"].sum() / events
        return Observation(rows_of(_Unmapped, stray), value=float(share), n=events)

    def judge(self, observation: Observation[_Unmapped]) -> Verdict:
        share = observation.value or 0.0
        alarm = exceeded(share, self.warn_share, self.fail_share)
        if alarm is None:
            return Verdict.of(())
        frequent = [row for row in observation.rows if row.share >= self.names_share]
        finding = Finding(
            key="unmapped",
            outcome=alarm[0],
            what=say(
                "{share:percent} of {events:count} events belong to no touchpoint.",
                share=share,
                events=observation.n,
            ),
            so_what=say("The map and all numbers on it leave this part of the journey out."),
            advice=say(
                "Add a rule or a touchpoint for `{event}`, the most frequent one, and go on down "
                "the list; leave technical events out of the export.",
                event=observation.rows[0].event,
            ),
            value=share,
            n=observation.n,
            threshold=alarm[1],
            rows=shown(frequent or observation.rows),
        )
        return Verdict.of([finding])
