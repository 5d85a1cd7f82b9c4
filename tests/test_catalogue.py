"""Entries are found by their file: ours, and those of a project's own folder."""

from pathlib import Path

import pytest

from cjm_notebooks import metrics
from cjm_notebooks.catalogue import entries, entry, id_of
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics import Metric

OWN = """
from cjm_notebooks.metrics.stage_reach import StageReach


class {name}(StageReach):
    '''Share of the journeys that reached each stage, counted once more.'''
"""


def write(project: Path, file: str, *names: str) -> Path:
    (project / "metrics").mkdir()
    (project / "metrics" / file).write_text("".join(OWN.format(name=name) for name in names))
    return project


def test_every_file_of_the_metrics_folder_is_found_under_its_name() -> None:
    files = {path.stem.replace("_", "-") for path in Path(metrics.__file__).parent.glob("[!_]*.py")}
    assert set(entries("metrics", Metric)) == files
    assert {"drop-off", "time-to-outcome", "transitions"} <= files


def test_a_project_adds_a_metric_with_one_file(tmp_path: Path) -> None:
    project = write(tmp_path, "second_look.py", "SecondLook")
    found = entry("metrics", Metric, "second-look", project)
    assert (found.__name__, id_of(found)) == ("SecondLook", "second-look")


def test_a_project_cannot_take_an_id_of_ours(tmp_path: Path) -> None:
    project = write(tmp_path, "drop_off.py", "DropOff")
    with pytest.raises(ParameterError, match=r"takes the id `drop-off`, which exists\. Rename"):
        entries("metrics", Metric, project)


def test_a_file_with_two_entries_is_refused(tmp_path: Path) -> None:
    project = write(tmp_path, "pair.py", "One", "Two")
    with pytest.raises(ParameterError, match=r"`cjm_project\.metrics\.pair` defines 2 public Metr"):
        entries("metrics", Metric, project)


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"no `dropoff` among the metrics\. Did you mean `dro"):
        entry("metrics", Metric, "dropoff")
