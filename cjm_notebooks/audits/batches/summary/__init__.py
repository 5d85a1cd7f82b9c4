"""The page over all runs of a batch: each a line, and those that stopped by name.

It reads what the runs have left, in which small groups are hidden already, and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment

from cjm_notebooks.audits.batches.batch import Batch, Standing
from cjm_notebooks.audits.markup import markup
from cjm_notebooks.audits.sections import Section
from cjm_notebooks.audits.sections.wording import SEVERITIES, Wording
from cjm_notebooks.errors import MapError
from cjm_notebooks.language import N_, Sentence, language
from cjm_notebooks.maps import JourneyMap, Measured, MeasuredMap
from cjm_notebooks.privacy.personal import mask

NOTEBOOK = Path(__file__).with_name("summary.ipynb")
STATUSES = {
    "done": ("✓", N_("done")),
    "failed": ("✗", N_("failed")),
    "cancelled": ("–", N_("cancelled")),
    "interrupted": ("⚠", N_("interrupted")),
    "running": ("…", N_("running")),
    "waiting": ("…", N_("waiting")),
}
OF_THE_WHOLE = ("map", "outcome")
MOST_NUMBERS = 4
LONGEST_MESSAGE = 500


class Summary:
    """The parts of the page of the batch in `folder`, in the language `code`."""

    def __init__(self, folder: str | Path, code: str = "en") -> None:
        self.batch = Batch.read(folder)
        self.language = language(code)
        self.standings = self.batch.standings()

    @property
    def opening(self) -> Section:
        """What was run, and how it came out."""
        return self._section("opening", title=self.batch.contents.title, worst=self._worst())

    @property
    def runs(self) -> Section:
        """Each run with its main numbers, its worst findings and its page."""
        return self._section("runs", columns=self._columns, rows=self.standings)

    @property
    def stopped(self) -> Section:
        """The runs that have not come to their end, and why."""
        rows = [one for one in self.standings if one.status != "done"]
        return self._section("stopped", rows=rows)

    def _section(self, name: str, **more: object) -> Section:
        template = self._environment.get_template(f"{name}.html.j2")
        return Section(name, template.render(standings=self.standings, **more))

    def _worst(self) -> Mapping[str, int]:
        """How many runs have a finding of each severity as their worst."""
        worst = [one.record.worst_severity for one in self._done if one.record]
        return {severity: worst.count(severity) for severity in SEVERITIES if severity in worst}

    @property
    def _done(self) -> list[Standing]:
        return [one for one in self.standings if one.status == "done"]

    @cached_property
    def _measured(self) -> dict[str, list[Measured]]:
        """What each run has measured of its map as a whole and of its outcomes."""
        found = {}
        for one in self._done:
            if one.record is not None and one.record.files.measured is not None:
                numbers = MeasuredMap.load(one.record.path("measured")).targets
                found[one.planned.name] = [it for it in numbers if it.kind in OF_THE_WHOLE]
        return found

    @property
    def _columns(self) -> list[Measured]:
        """One number of each sort that any run has, to head the columns."""
        sorts = {(it.target, it.measure): it for all_ in self._measured.values() for it in all_}
        return list(sorts.values())[:MOST_NUMBERS]

    def _number(self, standing: Standing, column: Measured) -> str:
        for one in self._measured.get(standing.planned.name, ()):
            if (one.target, one.measure) == (column.target, column.measure):
                return self._wording.estimate(one)
        return "–"

    def _page(self, standing: Standing) -> str | None:
        """The address of its page, from where the page of the batch lies."""
        if standing.status != "done" or standing.record is None:
            return None
        path = standing.record.path("page").relative_to(self.batch.folder)
        return quote(path.as_posix())

    def _first(self, standing: Standing) -> str:
        if standing.status != "done" or standing.record is None or not standing.record.headline:
            return ""
        first = standing.record.headline[0]
        return str(self._wording.said(Sentence(first.english, first.values)))

    @cached_property
    def _wording(self) -> Wording:
        """The names of the map that the runs were about, if it is still there."""
        known = JourneyMap(id="map", name="Map", stages=())
        for one in self._done:
            file = one.record.parameters.get("map_file") if one.record else None
            with suppress(MapError, OSError):
                known = JourneyMap.load(str(file)) if file else known
                break
        return Wording(self.language, known)

    @cached_property
    def _environment(self) -> Environment:
        environment = markup("cjm_notebooks.audits.batches", "summary", self.language)
        environment.globals.update(
            number=self._wording.number,
            measure=self._wording.measure,
            place=self._wording.place,
            estimate=self._number,
            page_of=self._page,
            first_of=self._first,
            message_of=_message,
            statuses=STATUSES,
            severities=SEVERITIES,
        )
        return environment


def _message(standing: Standing) -> str:
    """Why it stopped, without what could tell of a person."""
    masked, _ = mask(standing.error or "")
    return masked[:LONGEST_MESSAGE] + ("…" if len(masked) > LONGEST_MESSAGE else "")
