"""What people said, word for word, as the evidence of the map quotes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.evidence import Evidence
from cjm_notebooks.privacy.personal import find


@dataclass(frozen=True)
class Voice:
    """One quote: where it comes from, how many people that rests on, and how strong it is."""

    quote: str
    source: str
    n: int | None
    strength: str | None
    contradicts: bool


def voices(journey_map: JourneyMap, place: str | None) -> tuple[Voice, ...]:
    """The quotes about a stage or touchpoint, or all, strongest evidence first.

    Whoever did not agree is not quoted, nor is anything that holds personal data.
    """
    places = _places(journey_map, place)
    named = set(_evidence_of(journey_map, places))
    told = [
        evidence
        for evidence in journey_map.evidence
        if _may_be_shown(evidence)
        and (place is None or evidence.id in named or places & {*_about(evidence)})
    ]
    told.sort(key=lambda evidence: evidence.strength or "E")
    return tuple(
        Voice(
            evidence.quote,
            evidence.name or evidence.source or evidence.id,
            evidence.n,
            evidence.strength,
            contradicts=bool(places & set(evidence.contradicts)),
        )
        for evidence in told
    )


def _places(journey_map: JourneyMap, place: str | None) -> set[str]:
    """The place, and the touchpoints in it."""
    inside = [
        touchpoint.id
        for stage in journey_map.stages
        if stage.id == place
        for touchpoint in stage.touchpoints
    ]
    return {place, *inside} if place else set()


def _about(evidence: Evidence) -> Iterator[str]:
    yield from (*evidence.supports, *evidence.contradicts)


def _evidence_of(journey_map: JourneyMap, places: set[str]) -> Iterator[str]:
    for touchpoint in journey_map.touchpoints:
        if touchpoint.id in places:
            yield from touchpoint.evidence
            claims = (touchpoint.expectation, touchpoint.moment_of_truth, *touchpoint.pain_points)
            yield from (id_ for claim in claims if claim for id_ in claim.evidence)


def _may_be_shown(evidence: Evidence) -> bool:
    return (
        bool(evidence.quote.strip())
        and evidence.consent is not False
        and not evidence.pii
        and not find([evidence.quote], "quote")
    )
