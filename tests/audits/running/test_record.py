"""A record tells a run that goes on from one that was interrupted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cjm_notebooks.audits.running.record import Record, Runner, Step, record_in, records_in

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GONE = Runner(machine=Runner.this().machine, pid=2**22 + 1, started=0)


def record(folder: Path, **fields: object) -> Record:
    folder.mkdir(parents=True, exist_ok=True)
    usual = {
        "id": folder.name,
        "name": "spring",
        "template": "short",
        "template_hash": "",
        "title": "A template",
        "parameters": {"k_min": 5, "settings": {"hotel": "H2"}, "checks": ["C01"]},
        "status": "running",
        "started_at": NOON,
        "runner": Runner.this(),
        "step": Step(number=3, total=9, heading="Audit"),
    }
    made = Record.model_validate({**usual, **fields, "folder": folder})
    made.save()
    return made


def notebook_so_far(folder: Path) -> None:
    work = folder / ".spring-abc"
    work.mkdir()
    cell = new_code_cell("print(1)", outputs=[new_output("stream", text="1\n")])
    write(new_notebook(cells=[cell]), work / "spring.ipynb")


def test_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = record(tmp_path, status="done", ended_at=NOON + timedelta(minutes=2))
    assert record_in(tmp_path) == made
    assert made.seconds == 120
    assert '"folder"' not in (tmp_path / "run.json").read_text()


def test_run_whose_program_has_gone_is_interrupted_and_its_finished_cells_are_kept(
    tmp_path: Path,
) -> None:
    record(tmp_path, runner=GONE)
    notebook_so_far(tmp_path)
    seen = record_in(tmp_path)
    assert seen is not None
    assert (seen.status, seen.error.kind) == ("interrupted", "interrupted")
    assert seen.error.message == "The program that ran it has gone in cell 3 of 9."
    assert seen.path("failed").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"run.json", "spring.failed.ipynb"}
    assert record_in(tmp_path) == seen


def test_run_whose_program_has_the_number_of_another_that_began_later_is_interrupted(
    tmp_path: Path,
) -> None:
    earlier = psutil.Process().create_time() - 3600
    record(tmp_path, runner=Runner.this().model_copy(update={"started": earlier}))
    assert record_in(tmp_path).status == "interrupted"


def test_run_goes_on_as_long_as_its_program(tmp_path: Path) -> None:
    record(tmp_path)
    assert record_in(tmp_path).status == "running"


def test_nothing_is_said_about_a_program_of_another_machine(tmp_path: Path) -> None:
    record(tmp_path, runner=GONE.model_copy(update={"machine": "elsewhere"}))
    assert record_in(tmp_path).status == "running"


@pytest.mark.parametrize("status", ["done", "failed", "cancelled"])
def test_run_that_is_over_stays_as_it_ended(tmp_path: Path, status: str) -> None:
    record(tmp_path, status=status, runner=GONE)
    assert record_in(tmp_path).status == status


def test_records_below_a_folder_come_newest_first_and_broken_ones_not_at_all(
    tmp_path: Path,
) -> None:
    record(tmp_path / "a", status="done")
    record(tmp_path / "deep" / "b", status="done", started_at=NOON + timedelta(days=1))
    record(tmp_path / "c", status="done", started_at=NOON - timedelta(days=1))
    for name, text in {"torn": '{"id": "x', "other": "[]", "empty": ""}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text(text)
    assert [one.id for one in records_in(tmp_path)] == ["b", "a", "c"]
    assert records_in(tmp_path / "nothing") == []
