"""M15: a map that contradicts itself."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap


@dataclass(frozen=True)
class _Problem:
    place: str
    value: str
    what: str
    cure: str


@dataclass(frozen=True)
class BrokenReferences(Check[_Problem]):
    """Where the map names what is not there, uses an id twice, runs in a circle or turns dates.

    Unit      contradictions
    Findings  one, with each contradiction and its cure
    Skips     never
    """

    id = "M15"
    passed = N_("The map does not contradict itself.")
    failed = N_("The map contradicts itself.")
    why = N_("What refers to nothing is left out of numbers without a word.")
    severity = "critical"
    source = "The model of the map."
    limits = N_("It cannot tell whether what is consistent is also true.")
    reads = {"journey_map": "journey_map"}

    def inspect(self, journey_map: JourneyMap) -> Observation[_Problem]:
        problems = tuple(
            _Problem(problem.place, problem.value, problem.what, problem.cure)
            for problem in journey_map.problems()
        )
        return Observation(problems, value=len(problems))

    def judge(self, observation: Observation[_Problem]) -> Verdict:
        if not observation.rows:
            return Verdict.of(())
        first = observation.rows[0]
        finding = Finding(
            key="contradictions",
            outcome="fail",
            what=say(
                "Contradictions in the map: {problems:count}. The first is at `{place}`.",
                problems=len(observation.rows),
                place=first.place,
            ),
            so_what=say("Numbers that rest on these parts may be wrong or missing."),
            advice=say("Correct the map as the list says; `cjm lint` shows all of it."),
            value=observation.value,
            threshold=0,
            rows=shown(observation.rows),
        )
        return Verdict.of([finding])
