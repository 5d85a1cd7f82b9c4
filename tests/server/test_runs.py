"""Runs that a person in JupyterLab starts: kept to the folder, bounded, and never lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_notebooks.audits.running.record import Record, record_in
from cjm_notebooks.server.bodies import LONGEST_TEXT
from cjm_notebooks.server.runs.routes import RUN_ROUTES
from cjm_notebooks.server.runs.supervisor import Supervisor
from tests.server.conftest import Ask

PARAMETERS = """\
# Parameters
text: str = ""  # a text
number: int = 1  # a number
seconds: float = 0.0  # how long it takes
table: str = ""  # a table
language: str = "en"  # the language
folder: str = "."  # where the results go
name: str = "audit"  # how their files begin
"""
WORK = """\
# Write down what was given
import time
from pathlib import Path

Path(folder, "given.txt").write_text(text)
"""
WAIT = "# Take some time\ntime.sleep(seconds)"
ABOUT = {
    "title": "Short",
    "answers": "Does it run?",
    "parameters": {
        "table": {"kind": "file", "label": "Table", "suffixes": [".csv"]},
        "number": {"label": "Number"},
    },
}
Until = Callable[..., Awaitable[Record]]


@pytest.fixture
def templates(root: Path) -> Path:
    """The folder of the project's templates, with one that is quick."""
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [new_code_cell(WORK), new_code_cell(WAIT)]
    (root / "templates").mkdir()
    nbformat.write(
        new_notebook(cells=cells, metadata={"cjm": ABOUT}), root / "templates" / "short.ipynb"
    )
    return root / "templates"


@pytest.fixture
def supervisor(jp_serverapp: Any) -> Supervisor:
    found: Supervisor = jp_serverapp.web_app.settings["cjm_supervisor"]
    return found


@pytest.fixture
def until(root: Path, supervisor: Supervisor) -> Until:
    """`await until(folder, "done")` is the record once the run has come so far."""

    async def waited(folder: str, *statuses: str, cell: int = 0) -> Record:
        for _ in range(1_200):
            record = record_in(root / folder)
            has_left = root / folder not in supervisor.running
            if record and record.status in statuses and (has_left or _is_at(record, cell)):
                return record
            await asyncio.sleep(0.1)
        pytest.fail(f"{folder} never became {statuses}: {record_in(root / folder)}")

    return waited


def _is_at(record: Record, cell: int) -> bool:
    return not record.is_over and record.step is not None and record.step.number >= cell


async def started(ask: Ask, **parameters: object) -> dict[str, Any]:
    _, answer = await ask("start", template="short", parameters=parameters)
    assert answer["problems"] == {}
    run: dict[str, Any] = answer["run"]
    return run


async def test_templates_of_the_kit_and_of_the_project_say_what_they_answer(
    ask: Ask, templates: Path
) -> None:
    _, found = await ask("templates")
    by_name = {one["name"]: one for one in found["templates"]}
    assert by_name["short"]["answers"] == "Does it run?"
    assert by_name["journey_audit"]["needs"] == ["map"]
    customer = next(
        one for one in by_name["journey_audit"]["parameters"] if one["name"] == "customer"
    )
    assert (customer["kind"], customer["of"]) == ("column", "events_file")


async def test_a_run_leaves_its_files_and_is_found_again(
    ask: Ask, templates: Path, until: Until, root: Path
) -> None:
    run = await started(ask, text="hello")
    record = await until(run["folder"], "done")
    assert (root / run["folder"] / "given.txt").read_text() == "hello"
    assert record.id == run["id"]
    assert record.path("page").is_file()
    _, found = await ask("runs")
    assert [one["folder"] for one in found["runs"]] == [run["folder"]]
    assert found["runs"][0]["parameters"] == {"text": "hello"}


async def test_an_earlier_run_names_its_files_as_the_form_does(
    ask: Ask, templates: Path, until: Until, root: Path
) -> None:
    (root / "data").mkdir()
    (root / "data" / "table.csv").write_text("a,b\n")
    given = {"table": "data/table.csv", "text": str(root / "data")}
    run = await started(ask, **given)
    assert run["parameters"] == given
    record = await until(run["folder"], "done")
    assert record.parameters["table"] == str(root / "data" / "table.csv")
    _, found = await ask("runs")
    assert found["runs"][0]["parameters"] == given
    assert (await ask("check", template="short", parameters=given))[1] == {"problems": {}}


async def test_the_calls_behind_a_run_find_its_files_from_where_the_notebook_is(
    ask: Ask, templates: Path, root: Path
) -> None:
    (root / "notebooks").mkdir()
    (root / "shop.cjm.json").write_text("{}")
    given = {"map_file": "shop.cjm.json", "as_of": "2025-03-31"}
    _, answer = await ask("code", template="journey_audit", parameters=given, folder="notebooks")
    assert "JourneyMap.load('../shop.cjm.json')" in answer["code"]
    _, wrong = await ask("code", template="journey_audit", parameters={"as_of": "2025-03-31"})
    assert set(wrong["problems"]) == {"map_file"}
    assert wrong["code"] is None


async def test_a_parameter_that_is_code_arrives_as_a_value(
    ask: Ask, templates: Path, until: Until, root: Path
) -> None:
    evil = '"; import os; os.remove("x")\n{folder} \\" \'\'\' """ __import__("os").getcwd()'
    run = await started(ask, text=evil)
    await until(run["folder"], "done")
    assert (root / run["folder"] / "given.txt").read_text() == evil


async def test_each_wrong_parameter_is_explained_at_its_field(
    ask: Ask, templates: Path, root: Path, supervisor: Supervisor
) -> None:
    wrong = {"number": "many", "table": "missing.csv", "colour": "red"}
    for route in ("check", "start"):
        status, answer = await ask(route, template="short", parameters=wrong)
        assert status == 200
        assert set(answer["problems"]) == {"number", "table", "colour"}
        assert "Give a whole number" in answer["problems"]["number"]
        assert "no such file" in answer["problems"]["table"]
        assert "no parameter `colour`" in answer["problems"]["colour"]
    assert not supervisor.folder.exists()


@pytest.mark.parametrize("path", ["../out.csv", "/etc/passwd", "a/../../out.csv", "link.csv"])
async def test_a_file_outside_the_folder_is_refused(
    ask: Ask, templates: Path, root: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "out.csv").write_text("a,b\n")
    (root / "link.csv").symlink_to(tmp_path / "out.csv")
    _, answer = await ask("start", template="short", parameters={"table": path})
    assert set(answer["problems"]) == {"table"}
    assert answer["run"] is None


@pytest.mark.parametrize("name", ["templates/short", "../short", "short.ipynb", "/templates/short"])
async def test_a_template_is_known_by_name_and_never_by_path(
    ask: Ask, templates: Path, name: str
) -> None:
    status, refused = await ask("start", template=name, parameters={})
    assert status == 422
    assert f"There is no template `{name}`" in refused["message"]


async def test_of_fifty_starts_at_once_only_as_many_wait_as_may(
    ask: Ask, templates: Path, until: Until, supervisor: Supervisor
) -> None:
    supervisor.most_at_once, supervisor.most_waiting = 1, 3
    asked = [ask("start", template="short", parameters={"seconds": 60.0}) for _ in range(50)]
    answers = await asyncio.gather(*asked)
    taken = [answer["run"] for status, answer in answers if status == 200]
    assert [status for status, _ in answers].count(429) == 46
    assert len(taken) == 4
    refused = next(answer for status, answer in answers if status == 429)
    assert "3 runs are waiting already" in refused["message"]
    for run in reversed(taken):
        await ask("cancel", path=run["folder"])
    for run in taken:
        await until(run["folder"], "cancelled")


async def test_a_run_is_cancelled_its_kernel_is_gone_and_its_finished_cells_stay(
    ask: Ask, templates: Path, until: Until, root: Path
) -> None:
    run = await started(ask, text="first", seconds=60.0)
    record = await until(run["folder"], "running", cell=4)
    family = psutil.Process(record.runner.pid).children(recursive=True)
    assert (await ask("cancel", path=run["folder"]))[0] == 200
    record = await until(run["folder"], "cancelled")
    assert "cancelled at cell 4" in (record.error.message if record.error else "")
    assert psutil.wait_procs(family, timeout=10)[1] == []
    cells = nbformat.read(record.path("failed"), as_version=4).cells
    assert [bool(cell.execution_count) for cell in cells][:3] == [True, True, True]
    status, refused = await ask("cancel", path=run["folder"])
    assert (status, "no run in that folder" in refused["message"]) == (422, True)


async def test_a_run_whose_program_was_killed_is_interrupted(
    ask: Ask, templates: Path, until: Until
) -> None:
    run = await started(ask, seconds=60.0)
    record = await until(run["folder"], "running", cell=4)
    psutil.Process(record.runner.pid).kill()
    record = await until(run["folder"], "interrupted")
    assert record.path("failed").is_file()


async def test_progress_is_streamed_cell_by_cell_and_tells_of_earlier_runs_first(
    ask: Ask, templates: Path, until: Until, jp_fetch: Any
) -> None:
    earlier = await started(ask)
    await until(earlier["folder"], "done")
    heard: list[dict[str, Any]] = []
    said = bytearray()

    def hear(chunk: bytes) -> None:
        said.extend(chunk)
        *whole, rest = bytes(said).split(b"\n\n")
        heard.extend(json.loads(one[6:]) for one in whole if one.startswith(b"data: "))
        said[:] = rest

    stream = asyncio.ensure_future(
        jp_fetch("cjm-notebooks", "progress", streaming_callback=hear, request_timeout=0)
    )
    run = await started(ask, seconds=0.5)
    await until(run["folder"], "done")
    while not (heard and heard[-1]["status"] == "done" and heard[-1]["folder"] == run["folder"]):
        await asyncio.sleep(0.1)
    stream.cancel()
    assert heard[0]["folder"] == earlier["folder"]
    steps = [
        one["step"]["number"] for one in heard if one["folder"] == run["folder"] and one["step"]
    ]
    assert steps == sorted(steps)
    assert "Take some time" in {one["step"]["heading"] for one in heard if one["step"]}


async def test_a_body_that_is_too_large_is_refused(ask: Ask, templates: Path) -> None:
    status, refused = await ask("start", raw="x" * (LONGEST_TEXT + 1))
    assert status == 413
    assert "A request may hold" in refused["message"]


async def test_no_route_answers_without_a_token_or_with_a_wrong_one(
    jp_base_url: str, http_server_client: Any, templates: Path
) -> None:
    for route in RUN_ROUTES:
        for headers in ({}, {"Authorization": "token wrong"}):
            sent = {"method": "GET"} if route == "progress" else {"method": "POST", "body": "{}"}
            refused = await http_server_client.fetch(
                f"{jp_base_url}cjm-notebooks/{route}", headers=headers, raise_error=False, **sent
            )
            assert refused.code == 403


async def test_whoever_may_not_execute_code_may_not_run_or_end_an_audit(
    ask: Ask, jp_serverapp: Any, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may(_: object, __: object, ___: object, action: str, resource: str) -> bool:
        return (action, resource) != ("execute", "kernels")

    monkeypatch.setattr(type(jp_serverapp.authorizer), "is_authorized", may)
    for route in ("start", "cancel"):
        assert (await ask(route))[0] == 403
    assert (await ask("runs"))[0] == 200
