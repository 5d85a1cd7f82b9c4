"""A template asks and shows, and computes nothing itself."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from cjm_notebooks.audits.parameters import parameters_of
from cjm_notebooks.audits.templates import FOLDERS, template_path
from cjm_notebooks.errors import AuditError

TEMPLATES = sorted(path for folder in FOLDERS for path in folder.glob("*.ipynb"))
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.If, ast.For, ast.While, ast.Try, ast.IfExp)

every_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)


@every_template
def test_template_is_short_begins_with_a_title_and_has_no_logic(template: Path) -> None:
    cells = nbformat.read(template, as_version=4).cells
    assert len(cells) <= 15
    assert cells[0].source.startswith("# ")
    for cell in cells[1:]:
        assert cell.source.startswith("# "), "a cell says in its first line what it does"
        assert not any(isinstance(node, LOGIC) for node in ast.walk(ast.parse(cell.source)))


@every_template
def test_template_is_kept_without_outputs(template: Path) -> None:
    cells = nbformat.read(template, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@every_template
def test_every_parameter_has_a_label_and_a_help(template: Path) -> None:
    declared = parameters_of(template)
    assert [one.name for one in declared if not (one.label and one.help)] == []
    described = nbformat.read(template, as_version=4).metadata.cjm.parameters
    assert set(described) == {one.name for one in declared}


@every_template
def test_template_can_be_asked_for_a_folder_a_name_and_a_language(template: Path) -> None:
    assert {"folder", "name", "language"} <= {one.name for one in parameters_of(template)}


def test_template_is_known_by_name_or_by_path() -> None:
    path = template_path("journey_audit")
    assert template_path(path) == path


@pytest.mark.parametrize("wrong", ["jorney_audit", "missing.ipynb"])
def test_unknown_template_names_those_there_are(wrong: str) -> None:
    with pytest.raises(AuditError, match=rf"no template `{wrong}`\. .*`journey_audit`"):
        template_path(wrong)
