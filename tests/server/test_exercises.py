"""Exercises that a person in JupyterLab begins: kept to the folder, and never over other work."""

from __future__ import annotations

from pathlib import Path

import nbformat

from tests.server.conftest import Ask

EXERCISE = "nps-change"


async def test_each_exercise_says_what_it_teaches_and_how_long_it_takes(ask: Ask) -> None:
    code, answer = await ask("exercises")
    assert code == 200
    listed = {one["id"]: one for one in answer["exercises"]}
    assert set(listed) == {
        *("emotion-curve", "moment-of-truth", "nps-change", "stage-it", "touchpoint-inventory")
    }
    assert all(one["minutes"] > 0 and one["about"] for one in listed.values())


async def test_notebook_is_put_into_the_folder_without_a_solution(ask: Ask, root: Path) -> None:
    (root / "week 3").mkdir()
    code, answer = await ask("begin-exercise", exercise=EXERCISE, student="ann", folder="week 3")
    assert (code, answer["path"]) == (200, "week 3/nps_change.ipynb")
    notebook = nbformat.read(root / "week 3" / "nps_change.ipynb", as_version=4)
    sources = "".join(cell.source for cell in notebook.cells)
    assert 'student="ann"' in sources
    assert "SOLUTION" not in sources


async def test_notebook_that_is_there_is_never_replaced(ask: Ask, root: Path) -> None:
    (root / "nps_change.ipynb").write_text("my work")
    _, answer = await ask("begin-exercise", exercise=EXERCISE)
    assert answer["path"] == "nps_change1.ipynb"
    assert (root / "nps_change.ipynb").read_text() == "my work"


async def test_folder_outside_of_the_server_is_refused(ask: Ask, root: Path) -> None:
    for folder in ("..", "a/../../b", "/../etc"):
        code, _ = await ask("begin-exercise", exercise=EXERCISE, folder=folder)
        assert code == 400
    assert not list(root.parent.glob("*.ipynb"))


async def test_link_does_not_lead_out(ask: Ask, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "link").symlink_to(outside)
    await ask("begin-exercise", exercise=EXERCISE, folder="link")
    assert list(outside.iterdir()) == []


async def test_unknown_exercise_and_id_that_cannot_be_used_are_explained(ask: Ask) -> None:
    code, answer = await ask("begin-exercise", exercise="nps")
    assert code == 422
    assert "There is no `nps`" in answer["message"]
    code, answer = await ask("begin-exercise", exercise=EXERCISE, student="../ann")
    assert code == 422
    assert "An id begins with a letter or digit" in answer["message"]
