"""M06: claims that nobody has tested."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    require_rising_shares,
    shown,
)
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.claims import placed_touchpoints

RISKIEST_FIRST = ("moment_of_truth", "pain_point", "expectation", "emotion")


@dataclass(frozen=True)
class _Claim:
    touchpoint: str | None
    kind: str
    evidence: int


@dataclass(frozen=True)
class _Claims:
    claims: int
    untested: tuple[_Claim, ...]
    map_is_live: bool


@dataclass(frozen=True)
class UntestedAssumptions(Check[_Claims]):
    """Share of the map's claims that are still hypotheses.

    A claim is an emotion, an expectation, a pain point or a moment of truth. More than
    `warn_share` untested is worth a warning; a map with status `live` fails when all are.

    Unit      share of the claims, 0 to 1
    Findings  one, with the untested claims: moments of truth first, then pain points
    Skips     when the map claims nothing
    """

    id = "M06"
    passed = N_("Most claims of the map have been tested.")
    failed = N_("Much of the map is assumption.")
    why = N_("A map of assumptions is a good start and a poor reason to spend money.")
    severity = "high"
    source = "Assumption maps as a starting point: Smaply's guides; 50 %: D"
    limits = N_("It believes the status that each claim has.")
    reads = {"journey_map": "journey_map"}

    warn_share: float = 0.5

    def __post_init__(self) -> None:
        require_rising_shares(warn_share=self.warn_share)

    def inspect(self, journey_map: JourneyMap) -> Observation[_Claims]:
        claims = journey_map.claims()
        if not claims:
            return Observation(missing=say("The map claims nothing that could be tested."))
        touchpoint_at = {place: one.id for place, one in placed_touchpoints(journey_map)}
        untested = [
            _Claim(
                touchpoint=touchpoint_at.get(claim.place.rpartition(".")[0]),
                kind=claim.kind,
                evidence=len(claim.evidence),
            )
            for claim in claims
            if claim.status == "hypothesis"
        ]
        by_risk = sorted(untested, key=lambda claim: RISKIEST_FIRST.index(claim.kind))
        found = _Claims(len(claims), tuple(by_risk), journey_map.status == "live")
        return Observation((found,), value=len(untested) / len(claims))

    def judge(self, observation: Observation[_Claims]) -> Verdict:
        (found,) = observation.rows
        share = len(found.untested) / found.claims
        if share <= self.warn_share:
            return Verdict.of(())
        finding = Finding(
            key="untested",
            outcome="fail" if found.map_is_live and share == 1 else "warn",
            what=say(
                "{untested:count} of {claims:count} claims are hypotheses.",
                untested=len(found.untested),
                claims=found.claims,
            ),
            so_what=say("The map shows what the team believes, not yet what customers go through."),
            advice=say("Test the riskiest claims first, and write down what was found."),
            value=share,
            threshold=self.warn_share,
            rows=shown(found.untested),
        )
        return Verdict.of([finding])
