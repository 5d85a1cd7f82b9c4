"""Decisions on findings: who decided what, and when. They lie beside the map for the next run.

A decision never changes what an audit finds or how severe that is; it stands beside it. Who decides
is a name that somebody typed, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import Field, model_validator

from cjm_notebooks.checks import MOST_ROWS
from cjm_notebooks.errors import MapError, ParameterError
from cjm_notebooks.inspection import Checked
from cjm_notebooks.maps.document import Document
from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.reading_errors import shown, unfit
from cjm_notebooks.maps.values import Day

Choice = Literal["accept", "fix", "watch", "reject"]
Standing = Literal["in_force", "expired", "no_longer_found", "not_judged", "unknown"]

FILE_ENDING = ".decisions.json"
JUDGED = ("pass", "warn", "fail")


class Decision(Part):
    """What somebody decided on one finding; of several on the same finding the last one holds."""

    finding: Annotated[str, Field(min_length=1, max_length=300)]
    """Id of the finding, such as `T03/cart/peak`."""
    choice: Choice
    """Accept it as it is, fix it, watch it, or reject it as no finding at all."""
    who: Annotated[str, Field(min_length=1, max_length=200)]
    """Who decided."""
    what: Annotated[str, Field(max_length=2000)] = ""
    """What is to be done, or why nothing is."""
    on: Day
    """The day of the decision."""
    until: Day | None = None
    """The last day on which it holds."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until < self.on:
            msg = f"holds until {shown(str(self.until))}, before it was taken. Give a later day."
            raise unfit(msg)
        return self


class Decisions(Document):
    """All decisions on the findings of one map, in the order of the findings and then of days."""

    called: ClassVar[str] = "list of decisions"

    decisions: tuple[Decision, ...] = ()
    """The decisions."""

    def including(self, decision: Decision) -> Decisions:
        """With one more; whoever decides twice on one day has changed their mind."""
        others = [one for one in self.decisions if _key(one) != _key(decision)]
        return Decisions(decisions=tuple(sorted([*others, decision], key=_key)))

    def latest(self) -> Mapping[str, Decision]:
        """The decision that holds on each finding."""
        by_day = sorted(self.decisions, key=lambda one: one.on)
        return {one.finding: one for one in by_day}


@dataclass(frozen=True)
class Decided:
    """The decision that holds on a finding, and what became of the finding."""

    decision: Decision
    standing: Standing


def decisions_file_of(map_file: str | PathLike[str]) -> Path:
    """`shop.decisions.json`, beside `shop.cjm.json`."""
    file = Path(map_file)
    begins = file.name.removesuffix(".json").removesuffix(".cjm")
    return file.with_name(f"{begins}{FILE_ENDING}")


def read_decisions(
    map_file: str | PathLike[str], decisions_file: str | PathLike[str] = ""
) -> Decisions:
    """Those of `decisions_file`; without one those that lie beside the map, if there are any.

    Raises  MapError when the file cannot be read as decisions
    """
    if decisions_file:
        return Decisions.load(decisions_file)
    beside = decisions_file_of(map_file)
    return Decisions.load(beside) if beside.is_file() else Decisions()


def decide_on(
    map_file: str | PathLike[str],
    finding: str,
    choice: str,
    who: str,
    *,
    on: date | str,
    what: str = "",
    until: date | str | None = None,
) -> Path:
    """Put one more decision beside the map, and say into which file.

    Raises  ParameterError when it is no decision; MapError when the file cannot be read or written
    """
    fields = {"finding": finding, "choice": choice, "who": who, "what": what, "on": on}
    try:
        taken = Decision(**cast(dict[str, Any], {**fields, "until": until}))
    except MapError as cause:
        raise ParameterError(str(cause)) from cause
    file = decisions_file_of(map_file)
    read_decisions(map_file).including(taken).save(file)
    return file


def decided(
    decisions: Decisions, checked: Iterable[Checked], known_checks: Set[str], day: date
) -> tuple[Decided, ...]:
    """What became of each decision in a run that stands at `day`; none is left out."""
    made = {one.check_id: one for one in checked}
    return tuple(
        Decided(decision, _standing(decision, made, known_checks, day))
        for _, decision in sorted(decisions.latest().items())
    )


def tells_of_all(outcome: str, findings: int) -> bool:
    """Whether a finding that such a check does not list is not there; it lists twenty at most."""
    return outcome in JUDGED and findings < MOST_ROWS


def _standing(
    decision: Decision, made: Mapping[str, Checked], known_checks: Set[str], day: date
) -> Standing:
    check_id = decision.finding.partition("/")[0]
    if check_id not in known_checks:
        return "unknown"
    if check_id not in made:
        return "not_judged"
    findings = [finding.id for finding in made[check_id].verdict.findings]
    if decision.finding in findings:
        return "in_force" if decision.until is None or day <= decision.until else "expired"
    told = tells_of_all(made[check_id].outcome, len(findings))
    return "no_longer_found" if told else "not_judged"


def _key(decision: Decision) -> tuple[str, date, str]:
    return decision.finding, decision.on, decision.who
