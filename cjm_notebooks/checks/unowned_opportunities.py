"""P05: opportunities that nobody will take up."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap


@dataclass(frozen=True)
class _Opportunity:
    opportunity: str
    has_owner: bool
    has_day: bool
    has_measure: bool

    @property
    def is_ready(self) -> bool:
        return self.has_owner and self.has_day and self.has_measure


@dataclass(frozen=True)
class UnownedOpportunities(Check[_Opportunity]):
    """Whether each opportunity of the map has an owner, a day it is due and a number to move.

    Unit      share of the opportunities without one of them, 0 to 1
    Findings  one, with the opportunities
    Skips     when the map has none
    """

    id = "P05"
    passed = N_("Every opportunity has an owner, a day and a number.")
    failed = N_("Some opportunities have no owner, no day or no number.")
    why = N_("What nobody owns by a day is not done.")
    severity = "high"
    source = "Published guides to mapping ask for owner, day and measure of each action"
    limits = N_("It believes the names on the map and cannot tell whether they have agreed.")
    reads = {"journey_map": "journey_map"}

    def inspect(self, journey_map: JourneyMap) -> Observation[_Opportunity]:
        rows = tuple(
            _Opportunity(
                one.name, bool(one.owner), one.end is not None, one.expected_effect is not None
            )
            for one in journey_map.opportunities
        )
        if not rows:
            return Observation(not_applicable=say("The map has no opportunities."))
        return Observation(rows, value=sum(not row.is_ready for row in rows) / len(rows))

    def judge(self, observation: Observation[_Opportunity]) -> Verdict:
        loose = [row for row in observation.rows if not row.is_ready]
        if not loose:
            return Verdict.of(())
        finding = Finding(
            key="loose",
            outcome="fail" if len(loose) == len(observation.rows) else "warn",
            what=say(
                "{loose:count} of {all:count} opportunities lack an owner, a day or a number.",
                loose=len(loose),
                all=len(observation.rows),
            ),
            so_what=say("After the workshop nobody will know who begins."),
            advice=say("Name for each one person, one day and the number that will tell."),
            value=len(loose) / len(observation.rows),
            threshold=0,
            rows=shown(loose),
        )
        return Verdict.of([finding])
