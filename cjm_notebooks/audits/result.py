"""What an audit has found, and nothing that could tell of a single customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.audits.decisions import Decided
from cjm_notebooks.audits.manifest import Manifest
from cjm_notebooks.audits.protection import Protection
from cjm_notebooks.audits.titles import USUAL_TITLE
from cjm_notebooks.catalogue import id_of
from cjm_notebooks.checks import SEVERITIES, Finding, Reading, Severity, SmallGroups
from cjm_notebooks.errors import AuditError, MapError, ParameterError, did_you_mean
from cjm_notebooks.events import Quality
from cjm_notebooks.gate import Gate
from cjm_notebooks.inspection import Checked
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap, MeasuredMap
from cjm_notebooks.maps.files import write_bytes, write_text
from cjm_notebooks.metrics import AnyMetric
from cjm_notebooks.privacy.personal import PersonalData
from cjm_notebooks.views import View

if TYPE_CHECKING:
    import pandas as pd

    from cjm_notebooks.audits.sections import Sections
    from cjm_notebooks.exhibits import Exhibit


@dataclass(frozen=True)
class Extent:
    """How much was looked at; None where it is so little that it must not be told."""

    customers: int | None
    journeys: int | None
    open_journeys: int | None
    events: int | None
    answers: int | None


@dataclass(frozen=True)
class AuditResult:
    """What was asked, what was found, and what it was found in.

    `reports` are the suppressed tables by the metric that made them; `tables` the same by name.
    `tests` says how many hypothesis tests were made, whose p-values are corrected together.
    `decided` are the decisions that were taken on findings of this map, and what became of them.
    """

    manifest: Manifest
    journey_map: JourneyMap
    extent: Extent
    gate: Gate
    checked: tuple[Checked, ...]
    measured: MeasuredMap
    quality: tuple[Quality, ...]
    personal_data: tuple[PersonalData, ...]
    protection: Protection
    small_groups: SmallGroups
    reports: Mapping[AnyMetric, pd.DataFrame]
    views: Mapping[str, View]
    tests: int = 0
    decided: tuple[Decided, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The worst first."""
        found = [finding for one in self.checked for finding in one.verdict.findings]
        return tuple(sorted(found, key=lambda finding: (-_rank(finding), finding.id)))

    @property
    def decisions(self) -> dict[str, Decided]:
        """By the id of the finding."""
        return {one.decision.finding: one for one in self.decided}

    @property
    def worst_severity(self) -> Severity | None:
        return self.findings[0].severity if self.findings else None

    @property
    def broken(self) -> tuple[Checked, ...]:
        """The checks that could not be made because they have an error."""
        return tuple(one for one in self.checked if one.outcome == "error")

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        return {table_name(metric): table for metric, table in self.reports.items()}

    @property
    def readings(self) -> dict[Reading, object]:
        """All that views read."""
        known: dict[Reading, object] = {
            "journey_map": self.journey_map,
            "quality": self.quality,
            "as_of": self.manifest.as_of,
            "personal_data": self.personal_data,
            "small_groups": self.small_groups,
            "questions": self.gate,
        }
        known.update(self.reports.items())
        return known

    def exhibit(self, view: str, code: str = "en") -> Exhibit:
        """One view, drawn in the language `code`.

        Raises  ParameterError when there is no such view or language
        """
        from cjm_notebooks.exhibits import exhibit

        if view not in self.views:
            msg = f"There is no `{view}` among the views. {did_you_mean(view, self.views)}"
            raise ParameterError(msg)
        drawn, known = self.views[view], self.readings
        read = {name: known[reading] for name, reading in drawn.reads.items()}
        return exhibit(drawn, read, language(code))

    def sections(
        self, code: str = "en", audience: str = "analyst", title: str = USUAL_TITLE
    ) -> Sections:
        """The parts of the page, in the language `code`; a notebook shows each where it is named.

        The `audience` decides how much is said, never which numbers: `executive` is told what was
        found and what to do, `owner` also what it rests on, `analyst` everything. The `title` says
        what kind of audit it is.

        Raises  ParameterError when there is no such language or audience
        """
        from cjm_notebooks.audits.sections import LEFT_OUT, Sections

        if audience not in LEFT_OUT:
            msg = f"There is no audience `{audience}`. {did_you_mean(audience, LEFT_OUT)}"
            raise ParameterError(msg)
        return Sections(self, language(code), audience, title)

    def save(self, folder: str | PathLike[str], name: str) -> None:
        """Write `findings.json`, `NAME.measured.json` and `tables.xlsx` into `folder`.

        Each is put in place in one step.

        Raises  AuditError when they cannot be written
        """
        from cjm_notebooks.audits.files.workbook import workbook
        from cjm_notebooks.audits.findings import findings_of

        home, findings = Path(folder), findings_of(self)
        try:
            home.mkdir(parents=True, exist_ok=True)
            write_text(home / "findings.json", findings.text())
            self.measured.save(home / f"{name}.measured.json")
            write_bytes(home / "tables.xlsx", workbook(findings, self.measured, self.tables))
        except MapError as cause:
            raise AuditError(str(cause)) from cause
        except OSError as cause:
            msg = f"`{home}` cannot be written: {cause.strerror}. Check the folder and its rights."
            raise AuditError(msg) from cause


def extent_of(journeys: Journeys, k_min: int) -> Extent:
    def told(count: int) -> int | None:
        return None if 1 <= count < k_min else count

    return Extent(
        customers=told(journeys.n_customers),
        journeys=told(journeys.n_journeys),
        open_journeys=told(int(np.count_nonzero(journeys.is_open))),
        events=told(journeys.n_events + len(journeys.unmatched.at)),
        answers=told(len(journeys.answers.score)),
    )


def table_name(metric: AnyMetric) -> str:
    """`csat`, `step-matrix(steps=5)`, or `thin-feedback.respondents` for one of a check's own."""
    kind = type(metric)
    name, usual = id_of(kind), vars(kind())
    if kind.__name__.startswith("_"):
        name += f".{kind.__name__.lstrip('_').lower()}"
    own = [f"{field}={value}" for field, value in vars(metric).items() if value != usual[field]]
    return f"{name}({', '.join(own)})" if own else name


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity) if finding.severity else -1
