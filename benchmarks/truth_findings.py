"""Which planted facts and seeded defects an audit finds, and what it claims that nobody planted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cjm_notebooks import AuditResult, audit
from cjm_notebooks.catalogue import entries, entry
from cjm_notebooks.checks import AnyCheck, Check, Finding
from cjm_notebooks.checks.behaviour_drift import BehaviourDrift
from cjm_notebooks.checks.change_over_time import ChangeOverTime
from cjm_notebooks.checks.subgroup_difference import SubgroupDifference
from cjm_notebooks.checks.unclaimed_moments import UnclaimedMoments
from cjm_notebooks.checks.unmapped_events import UnmappedEvents
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.defects import is_found
from cjm_notebooks.teaching.generators import Generated, Generator
from cjm_notebooks.teaching.truth import Fact

SIZES = {"webshop": 3000, "coffee-app": 2000, "two-countries": 2000, "null": 2000}
MIDDLE = "2025-03-31"
EARLY, LATE = ("2025-03-17", "2025-03-31"), ("2025-03-31", "2025-04-28")
PLACES = {
    "webshop": ("newsletter", "reviews", "wishlist", "search"),
    "coffee-app": ("push", "recipe", "wifi", "card"),
    "two-countries": ("film", "seat", "help-desk"),
    "null": ("course-page", "teacher-page", "card", "transfer", "download", "copy-shop"),
}
PLANTED_GROUPS = {"tenure", "country", "member", "earlier_visits"}
DESIGN = {"M01", "M03", "M06", "M07", "M10", "M15", "P05", "R01", "R05", "C02", "F05", "X01"}


@dataclass(frozen=True)
class Run:
    """One data set audited with both of its maps."""

    generator: str
    seed: int
    found: dict[str, bool]
    defects: dict[str, bool]
    unplanted: tuple[str, ...]
    high_statistical: tuple[str, ...]


@cache
def generator(name: str) -> Generator:
    return entry("teaching.generators", Generator, name)()


def run(name: str, seed: int, with_draft: bool = True) -> Run:
    """Audit one data set with its right map and, unless told otherwise, with the draft too."""
    given = generator(name).generate(SIZES[name], seed)
    right = _audited(given, given.right_map)
    draft = _audited(given, given.draft_map) if with_draft else None
    claimed = [one for one in _findings(right) if not _is_planted(given, *one)]
    return Run(
        name,
        seed,
        {fact.id: _is_found(fact, right, draft) for fact in given.truth.facts if draft},
        {
            f"{one.check} {one.at}": is_found(one, draft.findings)
            for one in given.truth.defects
            if draft
        },
        tuple(f"{_called(check)} {finding.id}" for check, finding in claimed),
        tuple(
            finding.id
            for _, finding in claimed
            if finding.p_adjusted is not None and finding.severity in ("high", "critical")
        ),
    )


def _audited(given: Generated, journey_map: JourneyMap) -> AuditResult:
    return audit(
        journey_map,
        given.events,
        feedback=given.feedback,
        customers=given.customers,
        as_of=given.as_of,
        checks=_checks(given),
    )


def _checks(given: Generated) -> list[AnyCheck]:
    """The standard audit, with all that has to be told what to look at."""
    name = given.truth.generator
    segments = [one for one in given.customers.table.column_names if one != "customer"]  # type: ignore[union-attr]
    asked: list[AnyCheck] = [
        *(SubgroupDifference(split=segment) for segment in segments),
        *(UnclaimedMoments(place=place) for place in PLACES[name]),
        ChangeOverTime(since=MIDDLE),
        BehaviourDrift(before=EARLY, after=LATE),
        UnmappedEvents(warn_share=0.10),
    ]
    kinds = {type(one) for one in asked}
    usual: list[Any] = [kind() for kind in entries("checks", Check).values() if kind not in kinds]
    return [*usual, *asked]


def _findings(result: AuditResult) -> Iterator[tuple[AnyCheck, Finding]]:
    return ((one.check, finding) for one in result.checked for finding in one.verdict.findings)


def _called(check: AnyCheck) -> str:
    told = getattr(check, "split", "") or getattr(check, "place", "")
    return f"{check.id}({told})" if told else check.id


def _is_planted(given: Generated, check: AnyCheck, finding: Finding) -> bool:
    """Whether a finding on the right map follows from what was planted."""
    if isinstance(check, SubgroupDifference):
        return check.split in PLANTED_GROUPS
    named = _named(finding)
    return any(
        check.id in fact.found_by and named & _places(given.right_map, fact)
        for fact in given.truth.facts
    )


def _is_found(fact: Fact, right: AuditResult, draft: AuditResult) -> bool:
    match fact.kind:
        case "worst_step" | "hand_off_failure":
            return _names(right, fact, {"T03", "O01"} & {fact.found_by[0]})
        case "moment_of_truth":
            was_judged = _outcome(draft, "K01") in ("pass", "warn")
            return was_judged and not _names(draft, fact, {"K01"})
        case "decoy" | "retention_gap":
            return _names(draft, fact, {"K01"})
        case "negative_peak":
            return _names(draft, fact, {"E03"})
        case "pain_of_a_group":
            return any(
                check.id == "G01" and finding.targets == (_id(fact),) and "JP" in _named(finding)
                for check, finding in _findings(right)
            )
        case "response_style":
            return any(
                check.id == "G01" and finding.key == "recommend"
                for check, finding in _findings(right)
            )
        case "unmapped_events":
            shares = [one.value for check, one in _findings(draft) if check.id == "C01"]
            return any(abs((share or 0) - fact.size) < 0.005 for share in shares)
        case "rising_event":
            return _names(right, fact, {"M04"})


def _outcome(result: AuditResult, check: str) -> str:
    return next(one.outcome for one in result.checked if one.check_id == check)


def _names(result: AuditResult, fact: Fact, checks: set[str]) -> bool:
    places = _places(result.journey_map, fact)
    return any(
        check.id in checks and _named(finding) & places for check, finding in _findings(result)
    )


def _id(fact: Fact) -> str:
    return fact.at.rpartition("/")[2]


def _places(journey_map: JourneyMap, fact: Fact) -> set[object]:
    """The ids by which a check can name the place of a fact: touchpoint, stage, department."""
    touchpoint = next((one for one in journey_map.touchpoints if one.id == _id(fact)), None)
    if touchpoint is None:
        return {_id(fact)}
    return {touchpoint.id, journey_map.stage_of(touchpoint.id).id, touchpoint.department}


def _named(finding: Finding) -> set[object]:
    """What it is about: its targets, and of the things that it lists together each one."""
    listed = finding.rows if finding.id.startswith(("M04", "G01")) else ()
    return {*finding.targets, *(value for row in listed for value in row.values())}


def tally(runs: Iterable[Run], what: str) -> dict[tuple[str, str], tuple[int, int]]:
    """How often each fact or defect was found, and in how many runs it was planted."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for one in runs:
        for name, found in getattr(one, what).items():
            hits, trials = counts.get((one.generator, name), (0, 0))
            counts[one.generator, name] = (hits + found, trials + 1)
    return counts
