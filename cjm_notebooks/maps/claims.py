"""What a person wrote into the map that research can confirm or refute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cjm_notebooks.maps.evidence import Basis, ClaimStatus
from cjm_notebooks.maps.touchpoint import Expectation, MomentOfTruth, PainPoint, Touchpoint

if TYPE_CHECKING:
    from cjm_notebooks.maps.journey_map import JourneyMap

ClaimKind = Literal["emotion", "expectation", "pain_point", "moment_of_truth"]
OPINIONS = {"workshop", "expert"}


@dataclass(frozen=True)
class Claim:
    """One claim: where it stands, what is known about it, and the evidence it names."""

    place: str
    kind: ClaimKind
    status: ClaimStatus
    evidence: tuple[str, ...]


def claims_of(journey_map: JourneyMap) -> tuple[Claim, ...]:
    """Every emotion, expectation, pain point and moment of truth, in map order."""
    claims = [
        _claim(f"expectations[{number}]", "expectation", expectation)
        for number, expectation in enumerate(journey_map.expectations)
    ]
    for place, touchpoint in placed_touchpoints(journey_map):
        claims.extend(_claims_at(place, touchpoint))
    return tuple(claims)


def placed_touchpoints(journey_map: JourneyMap) -> Iterator[tuple[str, Touchpoint]]:
    for number, stage in enumerate(journey_map.stages):
        for position, touchpoint in enumerate(stage.touchpoints):
            yield f"stages[{number}].touchpoints[{position}]", touchpoint


def _claims_at(place: str, touchpoint: Touchpoint) -> Iterator[Claim]:
    if touchpoint.emotion is not None:
        status, evidence = touchpoint.emotion_status, touchpoint.evidence
        yield Claim(f"{place}.emotion", "emotion", status, evidence)
    if touchpoint.expectation is not None:
        yield _claim(f"{place}.expectation", "expectation", touchpoint.expectation)
    for number, pain_point in enumerate(touchpoint.pain_points):
        yield _claim(f"{place}.pain_points[{number}]", "pain_point", pain_point)
    if touchpoint.moment_of_truth is not None:
        yield _claim(f"{place}.moment_of_truth", "moment_of_truth", touchpoint.moment_of_truth)


def _claim(place: str, kind: ClaimKind, claimed: Expectation | PainPoint | MomentOfTruth) -> Claim:
    return Claim(place, kind, claimed.status, claimed.evidence)


def derived_basis(journey_map: JourneyMap) -> Basis:
    """What the claims rest on: `research` when each names evidence from research, `assumption`
    when none does, else `mixed`. What a workshop or an expert says is opinion, not research.
    """
    research = {item.id for item in journey_map.evidence if item.kind not in {None, *OPINIONS}}
    researched = [bool(research & set(claim.evidence)) for claim in claims_of(journey_map)]
    if not any(researched):
        return "assumption"
    return "research" if all(researched) else "mixed"
