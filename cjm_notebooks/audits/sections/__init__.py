"""The parts of an audit's page: each a piece of HTML that a notebook shows where it is named.

Texts and tables need no script and no style sheet. Whatever comes from a map or a table is escaped
and, since a name may run from right to left, kept apart from the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jinja2 import Environment

from cjm_notebooks.audits.markup import markup
from cjm_notebooks.audits.sections.wording import (
    CHOICES,
    CONSENTS,
    DECISIONS,
    GRADES,
    KINDS,
    OUTCOMES,
    SEVERITIES,
    STANDINGS,
    STATUSES,
    TREATMENTS,
    VERDICTS,
    Wording,
)
from cjm_notebooks.checks import Finding
from cjm_notebooks.language import Language
from cjm_notebooks.maps import Opportunity
from cjm_notebooks.maps.picture import words

if TYPE_CHECKING:
    from cjm_notebooks.audits.result import AuditResult

THE_MAP = "journey-map"
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "executive": frozenset({"questions", "exhibits", "checks", "rows"}),
    "owner": frozenset({"checks"}),
    "analyst": frozenset(),
}


@dataclass(frozen=True, repr=False)
class Section:
    """One part of the page."""

    name: str
    html: str

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def _repr_html_(self) -> str:
        return self.html


class Sections:
    """The parts of the page of `result`, in one language; what `audience` is spared is empty."""

    def __init__(self, result: AuditResult, language: Language, audience: str, title: str) -> None:
        self.result = result
        self.language = language
        self.left_out = LEFT_OUT[audience]
        self.title = title

    @property
    def opening(self) -> Section:
        """What was audited, and in one sentence how it came out."""
        return self._section("opening", title=self.title)

    @property
    def gate(self) -> Section:
        """Whether the data can answer anything."""
        return self._section("gate")

    @property
    def questions(self) -> Section:
        """What was asked, and how well the data can answer it."""
        return self._section("questions")

    @property
    def found(self) -> Section:
        """The findings, the worst first."""
        return self._section("found", shows_rows="rows" not in self.left_out)

    @property
    def actions(self) -> Section:
        """What to do, one line a finding."""
        return self._section("actions", opportunities=self._opportunities())

    @property
    def exhibits(self) -> Section:
        """Each view with its summary and its table, the map first; then the main numbers."""
        if "exhibits" in self.left_out:
            return Section("exhibits", "")
        slugs = sorted(self.result.views, key=lambda slug: slug != THE_MAP)
        drawn = [self.result.exhibit(slug, self.language.code) for slug in slugs]
        return self._section("exhibits", exhibits=[exhibit.html() for exhibit in drawn])

    @property
    def checks(self) -> Section:
        """Every check and how it came out."""
        return self._section("checks")

    @property
    def limits(self) -> Section:
        """What the audit cannot show, what became of every row, and what was done for privacy."""
        return self._section("limits")

    @property
    def manifest(self) -> Section:
        """What it takes to make the audit again."""
        return self._section("manifest")

    def __iter__(self) -> Iterator[Section]:
        """All of them, in the order of the page."""
        yield from (self.opening, self.gate, self.questions, self.found, self.actions)
        yield from (self.exhibits, self.checks, self.limits, self.manifest)

    def _section(self, name: str, **more: object) -> Section:
        if name in self.left_out:
            return Section(name, "")
        template = self._environment.get_template(f"{name}.html.j2")
        return Section(name, template.render(result=self.result, **more))

    @cached_property
    def _environment(self) -> Environment:
        wording = Wording(self.language, self.result.journey_map)
        environment = markup("cjm_notebooks.audits", "sections", self.language)
        environment.globals.update(
            said=wording.said,
            cell=wording.cell,
            heading=wording.heading,
            number=wording.number,
            count=wording.count,
            day=wording.day,
            evidence=wording.evidence,
            estimate=wording.estimate,
            measure=wording.measure,
            place=wording.place,
            severities=SEVERITIES,
            outcomes=OUTCOMES,
            statuses=STATUSES,
            decisions=DECISIONS,
            choices=CHOICES,
            standings=STANDINGS,
            grades=GRADES,
            verdicts=VERDICTS,
            progress=words.PROGRESS,
            kinds=KINDS,
            consents=CONSENTS,
            treatments=TREATMENTS,
        )
        return environment

    def _opportunities(self) -> Mapping[str, tuple[Opportunity, ...]]:
        """Per finding the opportunities of the map at the same places."""
        known = self.result.journey_map.opportunities
        return {finding.id: _linked(finding, known) for finding in self.result.findings}


def _linked(finding: Finding, known: tuple[Opportunity, ...]) -> tuple[Opportunity, ...]:
    places = set(finding.targets)
    return tuple(one for one in known if places & {*one.stages, *one.touchpoints})
