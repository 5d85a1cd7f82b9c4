"""M07: claims that matter and rest on fewer than two kinds of evidence."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, require_rising, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.claims import placed_touchpoints

MATTER = ("moment_of_truth", "pain_point")


@dataclass(frozen=True)
class _Claim:
    touchpoint: str | None
    kind: str
    evidence: int


@dataclass(frozen=True)
class SingleEvidence(Check[_Claim]):
    """Whether moments of truth and pain points are supported by evidence of two kinds.

    Kinds are those of the map's evidence, such as interview, survey or analytics. Pieces of one
    kind count once, since they share its blind spots.

    Unit      share of these claims with fewer than `kinds` kinds, 0 to 1
    Findings  one, with the claims: moments of truth first
    Skips     when the map claims neither
    """

    id = "M07"
    passed = N_("What matters on the map rests on evidence of more than one kind.")
    failed = N_("What matters on the map rests on one kind of evidence or none.")
    why = N_("Every method has its blind spot; two that agree are worth more than two of one kind.")
    severity = "medium"
    source = "Triangulation, Denzin 1978; two kinds: D"
    limits = N_("It counts what the map names and cannot tell how well it was done.")
    reads = {"journey_map": "journey_map"}

    kinds: int = 2

    def __post_init__(self) -> None:
        require_rising(kinds=self.kinds)

    def inspect(self, journey_map: JourneyMap) -> Observation[_Claim]:
        kind_of = {item.id: item.kind for item in journey_map.evidence}
        touchpoint_at = {place: one.id for place, one in placed_touchpoints(journey_map)}
        rows = [
            _Claim(
                touchpoint_at.get(claim.place.rpartition(".")[0]),
                claim.kind,
                len({kind_of.get(piece) for piece in claim.evidence} - {None}),
            )
            for claim in journey_map.claims()
            if claim.kind in MATTER
        ]
        if not rows:
            return Observation(missing=say("The map claims no moment of truth and no pain point."))
        rows.sort(key=lambda row: (MATTER.index(row.kind), row.evidence))
        thin = sum(row.evidence < self.kinds for row in rows)
        return Observation(tuple(rows), value=thin / len(rows))

    def judge(self, observation: Observation[_Claim]) -> Verdict:
        thin = [row for row in observation.rows if row.evidence < self.kinds]
        if not thin:
            return Verdict.of(())
        finding = Finding(
            key="thin-evidence",
            outcome="fail" if len(thin) == len(observation.rows) else "warn",
            targets=tuple(dict.fromkeys(row.touchpoint for row in thin if row.touchpoint)),
            what=say(
                "{thin:count} of {claims:count} moments of truth and pain points rest on fewer "
                "than {kinds:count} kinds of evidence.",
                thin=len(thin),
                claims=len(observation.rows),
                kinds=self.kinds,
            ),
            so_what=say("What looks settled may be the blind spot of one method."),
            advice=say("Ask about each of them in a second way: talk, watch, or count."),
            value=len(thin) / len(observation.rows),
            threshold=float(self.kinds),
            rows=shown(thin),
        )
        return Verdict.of([finding])
