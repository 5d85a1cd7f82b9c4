"""The key of a run changes with whatever its result depends on, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.audits.batches.plan import planned
from cjm_notebooks.audits.batches.rows import Row
from tests.audits import short_template

DECLARES = 'log: str = ""\nhome: str = ""\nk_min: int = 0'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    import nbformat

    path = short_template(tmp_path, "# Nothing\n1", declares=DECLARES)
    notebook = nbformat.read(path, as_version=4)
    kinds = {"log": {"kind": "file"}, "home": {"kind": "folder"}}
    notebook.metadata["cjm"] = {"parameters": kinds}
    nbformat.write(notebook, path)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "a.csv").write_text("1")
    (tmp_path / "log.csv").write_text("1")
    return path


def key(template: Path, name: str = "one", **texts: str) -> str:
    home = template.parent
    given = {"log": str(home / "log.csv"), "home": str(home / "home"), **texts}
    (run,) = planned(template, [Row(name, "Row 1", given)], home / "home" / "out").runs
    return run.key


def test_key_is_the_same_for_the_same(template: Path) -> None:
    before = key(template)
    (template.parent / "home" / "out").mkdir()
    (template.parent / "home" / "out" / "left.html").write_text("what batches leave")
    (template.parent / "home" / ".hidden").write_text("1")
    assert key(template) == before


def test_key_changes_with_parameters_template_and_files(template: Path) -> None:
    home, keys = template.parent, [key(template)]
    keys.append(key(template, k_min="5"))
    (home / "log.csv").write_text("2")
    keys.append(key(template))
    (home / "home" / "a.csv").write_text("22")
    keys.append(key(template))
    template.write_text(template.read_text("utf-8").replace("# Nothing", "# Something"))
    keys.append(key(template))
    assert len(set(keys)) == 5
