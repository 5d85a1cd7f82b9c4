"""The answer of a template on an example, as its cells compute it one after another."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pandas as pd

from cjm_notebooks import AuditResult
from cjm_notebooks.audits.parameters import TAG, parameters_of, validated
from cjm_notebooks.audits.sections import Sections
from cjm_notebooks.audits.templates import template_path
from cjm_notebooks.checks import Finding

HOTEL = Path(__file__).parents[2] / "examples" / "hotel"
AIRPORT = Path(__file__).parents[2] / "examples" / "airport"
CITY = {
    "map_file": str(HOTEL / "hotel.cjm.json"),
    "project": str(HOTEL),
    "source": "hotel-bookings",
    "settings": {"hotel": "H2"},
    "as_of": "2017-09-14",
}
SURVEY = {
    "map_file": str(AIRPORT / "airport.cjm.json"),
    "project": str(AIRPORT),
    "source": "sfo-survey",
    "settings": {"year": "2017"},
    "as_of": "2018-05-31",
}


class Answer:
    """What the cells of a template have left: the result of its audit, and its page."""

    def __init__(self, result: AuditResult, sections: Sections) -> None:
        self.result = result
        self.sections = sections

    def finding(self, id_: str) -> Finding:
        found = {finding.id: finding for finding in self.result.findings}
        assert id_ in found, f"There is no `{id_}` among {sorted(found)}."
        return found[id_]

    def outcome(self, check: str) -> str:
        return {one.check_id: one.outcome for one in self.result.checked}[check]

    def reason(self, check: str) -> str:
        return {one.check_id: str(one.sentence) for one in self.result.checked}[check]

    def table(self, view: str) -> pd.DataFrame:
        drawn, known = self.result.views[view], self.result.readings
        table: pd.DataFrame = drawn.table(**{n: known[read] for n, read in drawn.reads.items()})
        return table

    def summary(self, view: str) -> str:
        drawn, known = self.result.views[view], self.result.readings
        read = {name: known[reading] for name, reading in drawn.reads.items()}
        return " ".join(map(str, drawn.summary(**read)))


def asked(template: str, folder: Path, **parameters: object) -> Answer:
    """The cells of the template, run with these parameters; every exhibit has been drawn."""
    path = template_path(template)
    given = validated(path, parameters_of(path), {**parameters, "folder": str(folder)})
    names: dict[str, object] = {"display": lambda *shown: None}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, template, "exec"), names)
        if TAG in cell.metadata.get("tags", ()):
            names.update(given)
    result, sections = names["result"], names["sections"]
    assert isinstance(result, AuditResult)
    assert isinstance(sections, Sections)
    assert json.loads((folder / "findings.json").read_text("utf-8"))["checks"]
    return Answer(result, sections)
