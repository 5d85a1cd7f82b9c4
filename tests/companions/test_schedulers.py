"""Templates are plain notebooks: other schedulers run them unchanged, and the results are there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from cjm_notebooks.audits.templates import template_path
from tests.audits import AS_OF, BUYS, LEAVES_CART, events
from tests.journeys import ONE_EACH

ORCHESTRATION = Path(__file__).parents[2] / "examples" / "orchestration"
LONG_ENOUGH_SECONDS = 180
LEFT = {"findings.json", "spring.measured.json"}


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir()
    ONE_EACH.save(home / "shop.cjm.json")
    events(*[BUYS] * 40, *[LEAVES_CART] * 20).table.to_csv(home / "log.csv", index=False)
    return {
        "map_file": str(home / "shop.cjm.json"),
        "events_file": str(home / "log.csv"),
        "customer": "who",
        "at": "at",
        "as_of": AS_OF,
        "folder": str(home),
        "name": "spring",
    }


def findings(folder: Path) -> list[str]:
    found = json.loads((folder / "findings.json").read_text("utf-8"))["findings"]
    return [one["id"] for one in found]


@pytest.mark.needs("dagstermill")
def test_dagster_runs_the_audit(given: dict[str, str], tmp_path: Path) -> None:
    inputs = {name: {"value": value} for name, value in given.items()}
    config = tmp_path / "run.json"
    config.write_text(json.dumps({"ops": {"journey_audit": {"inputs": inputs}}}))
    (tmp_path / "dagster").mkdir()
    command = [sys.executable, "-m", "dagster", "job", "execute"]
    subprocess.run(
        [*command, "-f", str(ORCHESTRATION / "dagster_audit.py"), "-c", str(config)],
        env=os.environ | {"DAGSTER_HOME": str(tmp_path / "dagster")},
        check=True,
        capture_output=True,
    )
    assert {file.name for file in (tmp_path / "home").iterdir()} >= LEFT
    assert "M15/map/contradictions" in findings(tmp_path / "home")


@pytest.mark.needs("jupyter_scheduler")
@pytest.mark.filterwarnings("ignore")
def test_jupyter_scheduler_runs_the_audit(given: dict[str, str], tmp_path: Path) -> None:
    from jupyter_scheduler.environments import CondaEnvironmentManager
    from jupyter_scheduler.models import CreateJob, Status
    from jupyter_scheduler.orm import create_tables
    from jupyter_scheduler.scheduler import Scheduler

    (tmp_path / "audit.ipynb").write_bytes(template_path("journey_audit").read_bytes())
    database = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    create_tables(database)
    scheduler = Scheduler(
        root_dir=str(tmp_path), environments_manager=CondaEnvironmentManager(), db_url=database
    )
    asked = CreateJob(
        name="audit",
        input_uri="audit.ipynb",
        runtime_environment_name="python",
        runtime_environment_parameters=None,
        output_formats=["ipynb"],
        parameters={name: repr(value) for name, value in given.items()},
    )
    job = scheduler.create_job(asked)
    ends = monotonic() + LONG_ENOUGH_SECONDS
    while monotonic() < ends:
        state = scheduler.get_job(job, False)
        if state.status in (Status.COMPLETED, Status.FAILED):
            break
        sleep(0.5)
    assert (state.status, state.status_message) == (Status.COMPLETED, None)
    assert {file.name for file in (tmp_path / "home").iterdir()} >= LEFT
    assert "M15/map/contradictions" in findings(tmp_path / "home")
