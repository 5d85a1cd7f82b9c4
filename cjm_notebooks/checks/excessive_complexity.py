"""M10: a map too large to be read, or too small to be true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, require_rising, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap, Touchpoint

TEXTS = ("doing", "thinking", "feeling")
WHAT: Mapping[str, str] = {
    "too-few-stages": N_("The map has {size:count} stages; a journey has {budget:count} or more."),
    "too-many-stages": N_("The map has {size:count} stages, over a budget of {budget:count}."),
    "too-few-touchpoints": N_(
        "The map has {size:count} touchpoints; a journey has {budget:count} or more."
    ),
    "too-many-touchpoints": N_(
        "The map has {size:count} touchpoints, over a budget of {budget:count}."
    ),
    "crowded-stages": N_(
        "Stages with more than {budget:count} touchpoints: {places:count}. The fullest has "
        "{size:count}."
    ),
    "too-many-lanes": N_(
        "The touchpoints are spread over {size:count} departments, over a budget of {budget:count}."
    ),
    "too-many-personas": N_(
        "The map shows {size:count} personas at once, over a budget of {budget:count}."
    ),
    "long-texts": N_(
        "Texts of more than {budget:count} words: {places:count}. The longest has {size:count}."
    ),
}


@dataclass(frozen=True)
class _Size:
    measure: str
    place: str
    size: int


@dataclass(frozen=True)
class _Budget:
    key: str
    measure: str
    bound: int
    is_least: bool = False

    def is_missed_by(self, row: _Size) -> bool:
        missed = row.size < self.bound if self.is_least else row.size > self.bound
        return row.measure == self.measure and missed


@dataclass(frozen=True)
class ExcessiveComplexity(Check[_Size]):
    """Whether the map stays within a budget that people can read, and is not too bare either.

    Counted are stages, touchpoints, touchpoints per stage, departments that own touchpoints
    (lanes), personas, and words in what a touchpoint says of doing, thinking and feeling. What is
    outside its budget is worth a warning; more than `fail_personas` personas are a failure.

    Unit      touchpoints
    Findings  one per budget that is missed, with the stages or touchpoints that miss it
    Skips     when the map has no touchpoint
    """

    id = "M10"
    passed = N_("The map is neither too large nor too bare.")
    failed = N_("The map is too large to be read, or too bare to be true.")
    why = N_("A map that cannot be taken in ends as wallpaper; a bare one explains nothing.")
    severity = "medium"
    source = "One point of view per map: Nielsen Norman Group; all other budgets: D"
    limits = N_("It counts what is drawn, not how many ways customers really took.")
    reads = {"journey_map": "journey_map"}

    least_stages: int = 3
    most_stages: int = 8
    least_touchpoints: int = 5
    most_touchpoints: int = 40
    most_per_stage: int = 12
    most_lanes: int = 10
    most_personas: int = 1
    fail_personas: int = 5
    most_words: int = 40

    def __post_init__(self) -> None:
        require_rising(least_stages=self.least_stages, most_stages=self.most_stages)
        require_rising(
            least_touchpoints=self.least_touchpoints, most_touchpoints=self.most_touchpoints
        )
        require_rising(most_personas=self.most_personas, fail_personas=self.fail_personas)
        for budget in self._budgets():
            require_rising(**{budget.measure: budget.bound})

    def _budgets(self) -> tuple[_Budget, ...]:
        return (
            _Budget("too-few-stages", "stages", self.least_stages, is_least=True),
            _Budget("too-many-stages", "stages", self.most_stages),
            _Budget("too-few-touchpoints", "touchpoints", self.least_touchpoints, is_least=True),
            _Budget("too-many-touchpoints", "touchpoints", self.most_touchpoints),
            _Budget("crowded-stages", "per_stage", self.most_per_stage),
            _Budget("too-many-lanes", "lanes", self.most_lanes),
            _Budget("too-many-personas", "personas", self.most_personas),
            _Budget("long-texts", "words", self.most_words),
        )

    def inspect(self, journey_map: JourneyMap) -> Observation[_Size]:
        touchpoints = journey_map.touchpoints
        if not touchpoints:
            return Observation(missing=say("The map has no touchpoint."))
        lanes = {touchpoint.department for touchpoint in touchpoints} - {None}
        sizes = [
            _Size("stages", journey_map.id, len(journey_map.stages)),
            _Size("touchpoints", journey_map.id, len(touchpoints)),
            *(_Size("per_stage", s.id, len(s.touchpoints)) for s in journey_map.stages),
            _Size("lanes", journey_map.id, len(lanes)),
            _Size("personas", journey_map.id, len(journey_map.personas)),
            *(_Size("words", touchpoint.id, _words(touchpoint)) for touchpoint in touchpoints),
        ]
        return Observation(tuple(sizes), value=len(touchpoints))

    def judge(self, observation: Observation[_Size]) -> Verdict:
        return Verdict.of(self._findings(observation.rows))

    def _findings(self, sizes: tuple[_Size, ...]) -> Iterator[Finding]:
        for budget in self._budgets():
            missed = [size for size in sizes if budget.is_missed_by(size)]
            if not missed:
                continue
            worst_first = sorted(missed, key=lambda size: -size.size)
            size = worst_first[0].size
            too_bare = budget.is_least
            yield Finding(
                key=budget.key,
                outcome=(
                    "fail" if budget.measure == "personas" and size > self.fail_personas else "warn"
                ),
                what=say(WHAT[budget.key], size=size, budget=budget.bound, places=len(missed)),
                so_what=say("What is left out may be where customers struggle.")
                if too_bare
                else say("Readers lose the thread before they reach what matters."),
                advice=say("Look closer at what customers do, and add what is missing.")
                if too_bare
                else say("Split the map, or draw the crowded part on a map of its own."),
                value=size,
                threshold=budget.bound,
                rows=shown(worst_first),
            )


def _words(touchpoint: Touchpoint) -> int:
    return max(len(str(getattr(touchpoint, text)).split()) for text in TEXTS)
