"""However a run of a batch ends, the others go on, and what is done is not done again."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from cjm_notebooks.audits.batches.batch import Batch, Standing
from cjm_notebooks.audits.batches.executors import kernels_at_once
from cjm_notebooks.audits.batches.journal import entries_in
from cjm_notebooks.audits.batches.plan import Plan
from cjm_notebooks.audits.batches.run import Batching, Progress, run_batch
from tests.audits.batches import begun, plan_of
from tests.commands import write

LONG_ENOUGH_SECONDS = 120


def carried_out(plan: Plan, **how: object) -> dict[str, Standing]:
    with ThreadPoolExecutor(2) as executor:
        standings = run_batch(plan, Batching(executor, **how)).standings()
    return {one.planned.name: one for one in standings}


def statuses(standings: dict[str, Standing]) -> dict[str, str]:
    return {name: one.status for name, one in standings.items()}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("batch")


@pytest.fixture(scope="module")
def told() -> list[Progress]:
    return []


@pytest.fixture(scope="module")
def mixed(home: Path, told: list[Progress]) -> dict[str, Standing]:
    rows = {"good": "", "bad": "fail", "dying": "die", "flaky": "die once", "slow": "wait"}
    return carried_out(plan_of(home, rows), time_limit=12, progress=told.append)


def test_run_that_stops_stops_no_other(mixed: dict[str, Standing]) -> None:
    assert statuses(mixed) == {
        "good": "done",
        "bad": "failed",
        "dying": "failed",
        "flaky": "done",
        "slow": "failed",
    }
    assert "ValueError" in mixed["bad"].error
    assert "longer than its time limit" in mixed["slow"].error


def test_only_a_kernel_that_died_or_took_too_long_is_tried_again(
    mixed: dict[str, Standing], home: Path
) -> None:
    attempts = {name: one.entry.attempts for name, one in mixed.items() if one.entry}
    assert attempts == {"good": 1, "bad": 1, "dying": 2, "flaky": 2, "slow": 2}
    assert sorted(begun(home)) == sorted(
        ["good", "bad", "dying", "dying", "flaky", "flaky", "slow", "slow"]
    )


def test_progress_counts_all_runs_and_names_those_that_run(
    mixed: dict[str, Standing], told: list[Progress]
) -> None:
    assert [one.total for one in told] == [5] * len(told)
    assert len(told[-1].ended) == 5
    assert told[-1].running == ()
    seen = {name for one in told for name, _ in one.running}
    assert "slow" in seen
    assert all(len(one.running) <= 2 for one in told)


def test_only_what_is_not_done_or_has_changed_is_run_again(tmp_path: Path) -> None:
    rows = {"a": "", "b": "", "c": "fail"}
    carried_out(plan_of(tmp_path, rows))
    assert sorted(begun(tmp_path)) == ["a", "b", "c"]
    carried_out(plan_of(tmp_path, rows))
    assert sorted(begun(tmp_path)) == ["a", "b", "c", "c"]
    (tmp_path / "out" / "a" / "a.html").unlink()
    again = carried_out(plan_of(tmp_path, {"a": "", "b": "anything else", "d": ""}))
    assert sorted(begun(tmp_path)) == ["a", "a", "b", "b", "c", "c", "d"]
    assert statuses(again) == {"a": "done", "b": "done", "d": "done"}


def test_batch_that_is_stopped_ends_what_runs_and_begins_nothing_more(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, {"a": "wait", "b": "wait", "c": "wait"})
    with ThreadPoolExecutor(2) as executor:
        how = Batching(executor)

        def stop(progress: Progress) -> None:
            if len(begun(tmp_path)) == 2:
                how.stop.set()

        how.progress = stop
        batch = run_batch(plan, how)
    assert [one.status for one in batch.standings()] == ["cancelled"] * 3
    assert batch.standings()[2].error == "The run was never begun."
    assert sorted(begun(tmp_path)) == ["a", "b"]


def test_batch_that_is_killed_half_way_goes_on_without_repeating_what_is_done(
    tmp_path: Path,
) -> None:
    rows = {"a": "", "b": "", "c": "take a while", "d": "take a while", "e": "", "f": ""}
    plan_of(tmp_path, rows)
    lines = [f"{name},{does}" for name, does in rows.items()]
    write(tmp_path / "runs.csv", "\n".join(["name,does", *lines]))
    command = [sys.executable, "-m", "cjm_notebooks", "batch", "runs.csv", "--out", "out"]
    command += ["--template", "short.ipynb", "--at-once", "2", "-p", f"home={tmp_path}"]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    ends = monotonic() + LONG_ENOUGH_SECONDS
    while monotonic() < ends and not (
        {"a", "b"} <= set(entries_in(tmp_path / "out")) and {"c", "d"} <= set(begun(tmp_path))
    ):
        sleep(0.1)
    running.kill()
    running.wait()
    assert set(entries_in(tmp_path / "out")) == {"a", "b"}
    before = Batch.read(tmp_path / "out").standings()
    assert [one.status for one in before] == ["done", "done", *["waiting"] * 4]

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Runs: 6 of 6 done" in ran.stdout
    assert sorted(begun(tmp_path)) == ["a", "b", "c", "c", "d", "d", "e", "f"]
    assert not list((tmp_path / "out").glob("*/*.failed.ipynb"))
    assert not list((tmp_path / "out").glob("*/.*"))


def test_batch_that_is_asked_to_stop_says_so(tmp_path: Path) -> None:
    plan_of(tmp_path, {})
    write(tmp_path / "runs.csv", "name,does\na,wait\nb,wait\n")
    command = [sys.executable, "-m", "cjm_notebooks", "batch", "runs.csv", "--out", "out"]
    command += ["--template", "short.ipynb", "--at-once", "1", "-p", f"home={tmp_path}"]
    with subprocess.Popen(command, cwd=tmp_path, text=True, stdout=subprocess.PIPE) as running:
        ends = monotonic() + LONG_ENOUGH_SECONDS
        while monotonic() < ends and not begun(tmp_path):
            sleep(0.1)
        running.send_signal(signal.SIGTERM)
        out, _ = running.communicate(timeout=LONG_ENOUGH_SECONDS)
    assert running.returncode == 143
    assert "Runs: 0 of 2 done" in out
    found = entries_in(tmp_path / "out")
    assert {name: one.status for name, one in found.items()} == {"a": "cancelled", "b": "cancelled"}
    assert (tmp_path / "out" / "summary.html").is_file()


def test_kernels_are_bounded_by_cores_and_by_memory() -> None:
    cores = kernels_at_once(1)
    assert 1 <= cores <= psutil.cpu_count()
    assert kernels_at_once(psutil.virtual_memory().total / 2**20) == 1


def test_a_container_has_the_cores_and_the_memory_it_is_given(tmp_path: Path) -> None:
    """The files are those that the kernel's documentation of control groups (version 2) names."""
    cores = kernels_at_once(1, tmp_path)
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert kernels_at_once(1, tmp_path) == cores
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    assert kernels_at_once(1, tmp_path) == 1
    (tmp_path / "cpu.max").write_text("6400000 100000\n")
    (tmp_path / "memory.max").write_text(f"{1000 * 2**20}\n")
    (tmp_path / "memory.current").write_text(f"{700 * 2**20}\n")
    assert kernels_at_once(300, tmp_path) == 1
    assert kernels_at_once(100, tmp_path) == min(cores, 3)
