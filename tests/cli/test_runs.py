"""The command that runs any template, as a server starts, watches, cancels and loses it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import nbformat
import psutil
import pytest

from cjm_notebooks.audits.running.record import Record, record_in, records_in
from tests.audits import short_template
from tests.commands import cjm, write

WHO = 'import os\nopen(pid_file, "w").write(str(os.getpid()))\nprint("here")'
ENDLESS = "# Wait\nimport time\ntime.sleep(600)"
LONG_ENOUGH_SECONDS = 60


def until_it_waits(running: subprocess.Popen[str], out: Path) -> None:
    """Until the record says that the cell that waits has begun."""
    ends = monotonic() + LONG_ENOUGH_SECONDS
    while monotonic() < ends and running.poll() is None:
        record = record_in(out)
        if record is not None and record.step is not None and record.step.heading == "Wait":
            return
        sleep(0.1)
    pytest.fail(f"The cell never began: {running.communicate()}")


def kernel_goes(folder: Path) -> bool:
    kernel = int((folder / "pid").read_text())
    ends = monotonic() + LONG_ENOUGH_SECONDS
    while monotonic() < ends and psutil.pid_exists(kernel):
        sleep(0.1)
    return not psutil.pid_exists(kernel)


def printed(record: Record) -> list[str]:
    cells = nbformat.read(record.path("failed"), as_version=4).cells
    return [output.text for cell in cells for output in cell.get("outputs", ())]


@pytest.fixture
def running(folder: Path) -> subprocess.Popen[str]:
    short_template(folder, f"# Who\n{WHO}", ENDLESS, declares='pid_file: str = ""')
    command = [sys.executable, "-m", "cjm_notebooks", "run", "short.ipynb", "--out", "out"]
    asked = [*command, "-p", f"pid_file={folder / 'pid'}"]
    with subprocess.Popen(asked, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as one:
        until_it_waits(one, folder / "out")
        yield one
        one.kill()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_run_that_is_asked_to_stop_is_cancelled(
    running: subprocess.Popen[str], folder: Path, sent: signal.Signals, code: int
) -> None:
    running.send_signal(sent)
    _, err = running.communicate(timeout=LONG_ENOUGH_SECONDS)
    assert running.returncode == code
    assert err == "The run was cancelled at cell 4 of 4 (“Wait”).\n"
    record = record_in(folder / "out")
    assert record is not None
    assert (record.status, record.runner.pid) == ("cancelled", running.pid)
    assert printed(record) == ["here\n"]
    assert kernel_goes(folder)


def test_run_whose_program_is_killed_is_interrupted_and_keeps_its_finished_cells(
    running: subprocess.Popen[str], folder: Path
) -> None:
    running.kill()
    running.wait()
    (record,) = records_in(folder)
    assert (record.status, record.step.heading) == ("interrupted", "Wait")
    assert printed(record) == ["here\n"]
    assert {path.name for path in (folder / "out").iterdir()} == {"run.json", "short.failed.ipynb"}
    assert kernel_goes(folder)


def test_run_takes_parameters_from_a_file_and_from_the_line(folder: Path) -> None:
    short_template(
        folder, "# Show\nprint(greeting, often)", declares='greeting: str = ""\noften: int = 1'
    )
    write(folder / "given.json", {"greeting": "Hello", "often": 2})
    asked = ("run", "short.ipynb", "--out", "out", "--parameters", "given.json", "--name", "spring")
    ran = cjm(*asked, "-p", "often=3")
    assert (ran.code, ran.err) == (0, "")
    assert f"The page: {Path('out') / 'spring.html'}" in ran.out
    assert "Hello 3" in (folder / "out" / "spring.html").read_text("utf-8")
    record = record_in(folder / "out")
    assert record is not None
    assert record.parameters == {"greeting": "Hello", "often": 3}


def test_run_that_fails_says_so_with_3(folder: Path) -> None:
    short_template(folder, "# Divide\n1 / 0")
    ran = cjm("run", "short.ipynb", "--out", "out")
    assert ran.code == 3
    assert "Cell 3 of 3 (“Divide”) stopped with ZeroDivisionError" in ran.err


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("-p", "kmin=1"), "has no parameter `kmin`"),
        (("-p", "k_min"), "`-p k_min` has no `=`"),
        (("-p", "k_min=x"), "`k_min` is `x`. Give a whole number."),
        (("--time-limit", "0"), "`--time-limit` is 0. Give a number of minutes above 0."),
    ],
)
def test_wrong_use_starts_nothing(folder: Path, more: tuple[str, ...], says: str) -> None:
    short_template(folder, "# Nothing\n1", declares="k_min: int = 0")
    ran = cjm("run", "short.ipynb", "--out", "out", *more)
    assert ran.code == 2
    assert says in ran.err
    assert not (folder / "out").exists()
