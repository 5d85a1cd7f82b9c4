"""A template asks and shows, and computes nothing itself."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_notebooks.audits.parameters import Parameter, parameters_of
from cjm_notebooks.audits.sections import LEFT_OUT
from cjm_notebooks.audits.templates import FOLDERS, described, template_path, templates_in
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
    about = nbformat.read(template, as_version=4).metadata.cjm.parameters
    assert set(about) <= {one.name for one in declared}


@every_template
def test_template_says_what_it_answers_and_needs_under_a_group_each(template: Path) -> None:
    about = described(template)
    assert about.title != about.name
    assert about.answers.endswith("?")
    assert about.needs
    assert [one.name for one in about.parameters if not one.group] == []


@every_template
def test_template_can_be_asked_for_a_place_a_language_and_an_audience(template: Path) -> None:
    declared = {one.name: one for one in parameters_of(template)}
    assert {"folder", "name", "language"} <= set(declared)
    assert set(declared["audience"].choices) == set(LEFT_OUT)


def test_templates_ask_for_the_same_thing_in_the_same_words() -> None:
    asked: dict[str, list[Parameter]] = {}
    for template in TEMPLATES:
        for one in parameters_of(template):
            asked.setdefault(one.name, []).append(one.model_copy(update={"required": False}))
    assert [name for name, ways in asked.items() if any(way != ways[0] for way in ways)] == []


def test_a_column_is_asked_for_with_the_file_that_it_is_of() -> None:
    declared = {one.name: one for one in parameters_of(template_path("journey_audit"))}
    columns = {one.name: one.of for one in declared.values() if one.kind == "column"}
    assert columns["customer"] == "events_file"
    assert columns["score"] == "feedback_file"
    assert all(declared[file].kind == "file" for file in columns.values())


def write_template(folder: Path, name: str, title: str, source: str = 'name: str = "a"') -> None:
    cell = new_code_cell(source, metadata={"tags": ["parameters"]})
    about = {"title": title, "answers": "Why?", "needs": ["events"]}
    nbformat.write(new_notebook(cells=[cell], metadata={"cjm": about}), folder / f"{name}.ipynb")


def test_a_project_adds_templates_and_may_replace_one_of_the_kit(tmp_path: Path) -> None:
    write_template(tmp_path, "own", "Our question")
    write_template(tmp_path, "journey_audit", "Our audit")
    nbformat.write(new_notebook(), tmp_path / "no_template.ipynb")
    titles = {one.name: one.title for one in templates_in([tmp_path])}
    assert titles["own"] == "Our question"
    assert titles["journey_audit"] == "Our audit"
    assert "no_template" not in titles
    assert template_path("own", [tmp_path]) == tmp_path / "own.ipynb"


def test_metadata_that_do_not_fit_are_named(tmp_path: Path) -> None:
    write_template(tmp_path, "own", title=7)  # type: ignore[arg-type]
    with pytest.raises(AuditError, match=r"`cjm` of `own\.ipynb` do not fit at `title`"):
        described(tmp_path / "own.ipynb")


def test_template_is_known_by_name_or_by_path() -> None:
    path = template_path("journey_audit")
    assert template_path(path) == path


@pytest.mark.parametrize("wrong", ["jorney_audit", "missing.ipynb"])
def test_unknown_template_names_those_there_are(wrong: str) -> None:
    with pytest.raises(AuditError, match=rf"no template `{wrong}`\. .*`journey_audit`"):
        template_path(wrong)
