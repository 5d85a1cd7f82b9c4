"""Asking every check of a run, and judging none before all have looked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from cjm_notebooks.catalogue import entries, id_of
from cjm_notebooks.checks import (
    SEVERITIES,
    AnyCheck,
    Check,
    Finding,
    Observation,
    Outcome,
    Reading,
    Severity,
    Verdict,
)
from cjm_notebooks.language import Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.statistics.corrections import benjamini_hochberg

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Checked:
    """One check of a run: how it came out, and what it had seen.

    `severity` is that of the check, one lower for a warning, and None where nothing is wrong with
    the journey: the outcome says the rest. `slug` is the name of the check's file.
    """

    check: AnyCheck
    slug: str
    verdict: Verdict
    severity: Severity | None
    observation: Observation[object]

    @property
    def check_id(self) -> str:
        return self.check.id

    @property
    def outcome(self) -> Outcome:
        return self.verdict.outcome

    @property
    def sentence(self) -> Sentence:
        """How it came out, in one sentence."""
        match self.outcome:
            case "pass":
                return say(self.check.passed)
            case "warn" | "fail":
                return say(self.check.failed)
        return self.verdict.reason or say(self.check.why)


READS_OF_A_MAP: frozenset[object] = frozenset({"journey_map", "as_of"})


def checks_of_a_map(project: Path | None = None) -> list[AnyCheck]:
    """The checks that need nothing but the map and a day, those of `project` among them, by id."""
    every = [kind() for kind in entries("checks", Check, project).values()]
    checks = [check for check in every if READS_OF_A_MAP.issuperset(check.reads.values())]
    return sorted(checks, key=lambda check: check.id)


def inspect_all(
    checks: Iterable[AnyCheck], readings: Mapping[Reading, object]
) -> tuple[Checked, ...]:
    """Every check with its verdict, in the order given.

    `readings` holds the report of each metric and each of the given things by what the checks
    call it in `reads`. What a check reads and nobody measured makes it `insufficient_data`; a
    check that breaks is one `error`. All tests of the run are corrected together, so that of the
    findings that rest on a test at most one in twenty is expected to be an accident.

    Source  Benjamini and Hochberg 1995, Controlling the false discovery rate
    """
    asked = list(checks)
    seen = _corrected([_attempt(_inspect, check, readings) for check in asked])
    journey_map = readings.get("journey_map")
    return tuple(
        _checked(check, observed, journey_map if isinstance(journey_map, JourneyMap) else None)
        for check, observed in zip(asked, seen, strict=True)
    )


def _attempt(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Verdict:
    try:
        return step(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - a broken check is one row, never a broken audit
        reason = say("The check broke: {error}", error=f"{type(error).__name__}: {error}")
        return Verdict("error", reason)


def _inspect(check: AnyCheck, readings: Mapping[Reading, object]) -> Observation[object]:
    missing = [wanted for wanted in check.reads.values() if wanted not in readings]
    if missing:
        names = ", ".join(f"`{_name(reading)}`" for reading in missing)
        return Observation(missing=say("This run holds no {readings} to inspect.", readings=names))
    return check.inspect(**{name: readings[wanted] for name, wanted in check.reads.items()})


def _name(reading: Reading) -> str:
    return reading if isinstance(reading, str) else id_of(type(reading))


def _corrected(
    seen: Sequence[Observation[object] | Verdict],
) -> list[Observation[object] | Verdict]:
    """The same observations, each test with its p-value adjusted for all tests of the run."""
    raw = [test.p for one in seen if isinstance(one, Observation) for test in one.tests]
    adjusted = iter(benjamini_hochberg(raw).tolist())
    return [
        replace(one, tests=tuple(replace(test, p_adjusted=next(adjusted)) for test in one.tests))
        if isinstance(one, Observation)
        else one
        for one in seen
    ]


def _checked(
    check: AnyCheck, seen: Observation[object] | Verdict, journey_map: JourneyMap | None
) -> Checked:
    if isinstance(seen, Verdict):
        verdict, seen = seen, Observation()
    elif seen.not_applicable is not None:
        verdict = Verdict("not_applicable", seen.not_applicable)
    elif seen.missing is not None:
        verdict = Verdict("insufficient_data", seen.missing)
    else:
        verdict = _attempt(check.judge, seen)
    findings = tuple(_completed(check, finding, journey_map) for finding in verdict.findings)
    severity = _severity(check, verdict.outcome)
    return Checked(check, id_of(type(check)), replace(verdict, findings=findings), severity, seen)


def _completed(check: AnyCheck, finding: Finding, journey_map: JourneyMap | None) -> Finding:
    return replace(
        finding,
        id="/".join([check.id, *(finding.targets[:1] or ("map",)), finding.key]),
        severity=_severity(check, finding.outcome),
        owner=finding.owner or (journey_map and _owner(journey_map, finding.targets)) or None,
    )


def _severity(check: AnyCheck, outcome: Outcome) -> Severity | None:
    match outcome:
        case "fail":
            return check.severity
        case "warn":
            return SEVERITIES[max(SEVERITIES.index(check.severity) - 1, 0)]
    return None


def _owner(journey_map: JourneyMap, targets: Sequence[str]) -> str:
    """The department of the touchpoint or stage meant, else whoever answers for the map."""
    departments: dict[str, str | None] = {}
    for stage in journey_map.stages:
        departments[stage.id] = stage.owner_department
        for touchpoint in stage.touchpoints:
            departments[touchpoint.id] = touchpoint.department or stage.owner_department
    named = next((departments[target] for target in targets if departments.get(target)), None)
    if named is None:
        return journey_map.owner
    return next((own.name for own in journey_map.departments if own.id == named), named)
