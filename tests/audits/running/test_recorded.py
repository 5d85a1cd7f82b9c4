"""The record of a run is true while it runs, and says how it ended when it is over."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from threading import Timer

import nbformat
import psutil
import pytest

from cjm_notebooks.audits.running.order import ordered
from cjm_notebooks.audits.running.record import Record, Step, record_in
from cjm_notebooks.audits.running.recorded import run_and_record
from cjm_notebooks.audits.running.reins import Reins
from cjm_notebooks.errors import AuditError
from tests.audits import AS_OF, BUYS, LEAVES_CART, events, short_template
from tests.journeys import ONE_EACH

WHO = 'import os\nopen(pid_file, "w").write(str(os.getpid()))\nprint("here")'
ENDLESS = "# Wait\nimport time\ntime.sleep(600)"


def recorded(template: Path, out: Path, given: Mapping[str, object] = {}, **more: object) -> Record:
    return run_and_record(ordered(template, given, out, "spring"), **more)


def waiting(tmp_path: Path) -> tuple[Path, dict[str, object]]:
    """A template that tells who runs it and then waits, and its parameters."""
    sources = (f"# Who\n{WHO}", ENDLESS, "# Never\nprint(3)")
    template = short_template(tmp_path, *sources, declares='pid_file: str = ""')
    return template, {"pid_file": str(tmp_path / "pid")}


def kernel_is_gone(tmp_path: Path) -> bool:
    return not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def cells_of(record: Record) -> list[list[str]]:
    """What each code cell of the notebook so far has printed."""
    cells = nbformat.read(record.path("failed"), as_version=4).cells
    return [
        [output.text for output in cell.outputs if output.output_type == "stream"]
        for cell in cells
        if cell.cell_type == "code"
    ]


def test_record_tells_every_cell_while_it_runs(tmp_path: Path) -> None:
    template = short_template(tmp_path, "# Count\nlist(range(10**6))", "# Show\nprint(1)")
    told: list[tuple[Step, Record]] = []

    def look(step: Step) -> None:
        record = record_in(tmp_path / "out")
        assert record is not None
        told.append((step, record))

    record = recorded(template, tmp_path / "out", {"language": "de"}, progress=look)
    headings = [step.heading for step, _ in told]
    assert headings == ["Parameters", "Parameters", "Count", "Show", "Die Seite"]
    assert all(seen.step == step and seen.status == "running" for step, seen in told)
    assert record_in(tmp_path / "out") == record
    assert (record.status, record.error, record.title) == ("done", None, "A template")
    assert record.parameters == {"language": "de"}
    assert record.memory_mb > 20
    assert record.started_at < record.ended_at
    assert (record.files.notebook, record.files.failed) == ("spring.ipynb", None)


def test_record_of_an_audit_tells_its_worst_findings(tmp_path: Path) -> None:
    ONE_EACH.save(tmp_path / "shop.cjm.json")
    events(*[BUYS] * 40, *[LEAVES_CART] * 20).table.to_csv(tmp_path / "log.csv", index=False)
    given = {
        "map_file": str(tmp_path / "shop.cjm.json"),
        "events_file": str(tmp_path / "log.csv"),
        "customer": "who",
        "at": "at",
        "as_of": AS_OF,
    }
    record = recorded(Path("journey_audit"), tmp_path / "out", given)
    found = json.loads(record.path("findings").read_text("utf-8"))
    assert record.title == "Shop"
    assert record.worst_severity == found["worst_severity"]
    assert sum(record.counts.values()) == len(found["findings"])
    assert [one.text for one in record.headline] == [
        one["what"]["text"] for one in found["findings"][:3]
    ]


def test_cell_that_fails_is_the_error_of_the_record(tmp_path: Path) -> None:
    record = recorded(short_template(tmp_path, "# Divide\n1 / 0"), tmp_path / "out")
    assert (record.status, record.error.kind) == ("failed", "ZeroDivisionError")
    assert "Cell 3 of 3 (“Divide”) stopped" in record.error.message
    assert record.path("failed").is_file()
    with pytest.raises(AuditError, match=r"is failed and has left no page"):
        record.path("page")


def test_run_of_a_kernel_that_dies_fails(tmp_path: Path) -> None:
    dies = "# Die\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    record = recorded(short_template(tmp_path, dies), tmp_path / "out")
    assert (record.status, record.error.kind) == ("failed", "DeadKernelError")


def test_run_that_takes_too_long_is_ended_and_its_finished_cells_are_kept(tmp_path: Path) -> None:
    template, given = waiting(tmp_path)
    record = recorded(template, tmp_path / "out", given, time_limit=6)
    assert (record.status, record.error.kind) == ("failed", "time_limit")
    assert "was ended at cell 4 of 5 (“Wait”)" in record.error.message
    assert cells_of(record) == [[], [], ["here\n"], [], []]
    assert kernel_is_gone(tmp_path)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "run.json",
        "spring.failed.ipynb",
    }


def test_run_that_is_cancelled_says_where(tmp_path: Path) -> None:
    template, given = waiting(tmp_path)
    reins = Reins()

    def cancel_later(step: Step) -> None:
        if step.heading == "Wait":
            Timer(0.2, reins.end, ["cancelled"]).start()

    record = recorded(template, tmp_path / "out", given, progress=cancel_later, reins=reins)
    assert (record.status, record.error.kind) == ("cancelled", "cancelled")
    assert record.error.message == "The run was cancelled at cell 4 of 5 (“Wait”)."
    assert cells_of(record)[2] == ["here\n"]
    assert kernel_is_gone(tmp_path)


def test_run_that_is_cancelled_before_it_has_a_kernel_runs_no_cell(tmp_path: Path) -> None:
    template, given = waiting(tmp_path)
    reins = Reins()
    reins.end("cancelled")
    record = recorded(template, tmp_path / "out", given, reins=reins)
    assert (record.status, record.step) == ("cancelled", None)
    assert not (tmp_path / "pid").exists()


def test_memory_is_the_most_that_the_kernel_has_taken(tmp_path: Path) -> None:
    takes = '# Take\nblock = b"x" * 300_000_000\ndel block'
    record = recorded(short_template(tmp_path, takes), tmp_path / "out")
    assert 300 < record.memory_mb < 600


def test_findings_of_an_earlier_run_are_not_taken_for_those_of_this_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "findings.json").write_text('{"worst_severity": "high", "findings": []}')
    os.utime(out / "findings.json", (0, 0))
    record = recorded(short_template(tmp_path, "# Nothing\n1"), out)
    assert (record.worst_severity, record.files.findings) == (None, None)


def test_folder_in_which_a_run_is_under_way_takes_no_other(tmp_path: Path) -> None:
    template = short_template(tmp_path, "# Nothing\n1")

    def begin_another(step: Step) -> None:
        with pytest.raises(AuditError, match=r"A run of `short` is under way in `.*out`"):
            recorded(template, tmp_path / "out")

    assert recorded(template, tmp_path / "out", progress=begin_another).status == "done"
