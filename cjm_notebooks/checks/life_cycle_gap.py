"""M03: a map that leaves out one end of a customer's life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjm_notebooks.checks import Alarm, Check, Finding, Observation, Verdict, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap, Stage

BEFORE = ("awareness", "consideration")
AFTER = ("use", "retention", "advocacy", "exit")


@dataclass(frozen=True)
class _Phase:
    stage: str
    canonical: str | None
    super_stage: str | None
    before: bool
    after: bool

    @property
    def is_placed(self) -> bool:
        return self.canonical is not None or self.super_stage is not None


@dataclass(frozen=True)
class LifeCycleGap(Check[_Phase]):
    """Whether the map has a stage before the purchase and one after it.

    A stage says where it belongs by `canonical` or `super_stage`. A map that declares itself to be
    about one stage or task need not go further. While some stages do not say where they belong,
    the gap may be theirs, and the check only warns.

    Unit      none
    Findings  one per missing end
    Skips     when no stage says where it belongs; not for a map of one stage or task
    """

    id = "M03"
    passed = N_("The map reaches from before the purchase to after it.")
    failed = N_("The map leaves out one end of the customer's life.")
    why = N_("Customers judge the whole; most maps end where the money has come in.")
    severity = "high"
    source = "Lemon and Verhoef 2016, Understanding customer experience throughout the journey"
    limits = N_("It believes what stages say of themselves.")
    reads = {"journey_map": "journey_map"}

    def inspect(self, journey_map: JourneyMap) -> Observation[_Phase]:
        if journey_map.scope in ("stage", "task"):
            return Observation(
                not_applicable=say("The map is about one stage or task, not about a whole life.")
            )
        phases = tuple(_phase(stage) for stage in journey_map.stages)
        if not any(phase.is_placed for phase in phases):
            return Observation(missing=say("No stage says to which phase of a life it belongs."))
        return Observation(phases)

    def judge(self, observation: Observation[_Phase]) -> Verdict:
        return Verdict.of(_gaps(observation.rows))


def _phase(stage: Stage) -> _Phase:
    return _Phase(
        stage=stage.id,
        canonical=stage.canonical,
        super_stage=stage.super_stage,
        before=stage.canonical in BEFORE or stage.super_stage == "pre_purchase",
        after=stage.canonical in AFTER or stage.super_stage == "post_purchase",
    )


def _gaps(phases: tuple[_Phase, ...]) -> Iterator[Finding]:
    certain = all(phase.is_placed for phase in phases)
    outcome: Alarm = "fail" if certain else "warn"
    advice = (
        say("Add that end, or set `scope` to what the map is about.")
        if certain
        else say("Say of each stage where it belongs (`canonical`); then add what is missing.")
    )
    if not any(phase.before for phase in phases):
        yield Finding(
            key="nothing-before",
            outcome=outcome,
            what=say("No stage lies before the purchase."),
            so_what=say("Why customers come, and why others never do, stays out of sight."),
            advice=advice,
            rows=shown(phases),
        )
    if not any(phase.after for phase in phases):
        yield Finding(
            key="nothing-after",
            outcome=outcome,
            what=say("No stage lies after the purchase."),
            so_what=say("Use, support and leaving stay out of sight, where loyalty is decided."),
            advice=advice,
            rows=shown(phases),
        )
