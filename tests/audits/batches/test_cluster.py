"""A batch on a Dask cluster outlives one of its workers."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from cjm_notebooks.audits.batches.executors import cluster
from cjm_notebooks.audits.batches.run import Batching, Progress, run_batch
from cjm_notebooks.audits.running.record import as_written
from cjm_notebooks.errors import AuditError
from tests.audits.batches import begun, plan_of

pytestmark = pytest.mark.needs("dask")


def test_runs_of_a_worker_that_is_killed_are_done_by_the_others(tmp_path: Path) -> None:
    from distributed import LocalCluster

    rows = {"a": "take a while", "b": "take a while", "c": "", "d": "fail"}
    plan, killed = plan_of(tmp_path, rows), []

    def kill_the_first(progress: Progress) -> None:
        for name, step in progress.running:
            if not killed and step is not None and step.heading == "Do":
                record = as_written(tmp_path / "out" / name)
                assert record is not None
                killed.append(name)
                psutil.Process(record.runner.pid).kill()

    two = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=60)
    with two, cluster(two.scheduler_address) as executor:
        how = Batching(executor, here=False, progress=kill_the_first)
        standings = run_batch(plan, how).standings()
    assert {one.planned.name: one.status for one in standings} == {
        "a": "done",
        "b": "done",
        "c": "done",
        "d": "failed",
    }
    (name,) = killed
    assert begun(tmp_path).count(name) == 2
    assert not list((tmp_path / "out").glob("*/.*"))


def test_cluster_that_does_not_answer_is_named() -> None:
    with (
        pytest.raises(AuditError, match=r"No Dask scheduler answers at `nowhere`"),
        cluster("nowhere"),
    ):
        pass
