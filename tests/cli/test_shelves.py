"""The commands about what the kit can do."""

from __future__ import annotations

from pathlib import Path

from cjm_notebooks.catalogue import entries
from cjm_notebooks.checks import Check
from cjm_notebooks.metrics import Metric
from tests.commands import cjm, write


def test_every_metric_is_listed_with_its_unit() -> None:
    listed = cjm("metrics").out
    for id_, metric in entries("metrics", Metric).items():
        (line,) = [line for line in listed.splitlines() if line.startswith(f"{id_} ")]
        assert line.rstrip().endswith(metric.unit)


def test_checks_are_listed_in_the_order_of_their_numbers() -> None:
    numbers = [line.split()[0] for line in cjm("checks").out.splitlines()[1:]]
    assert numbers == sorted(kind.id for kind in entries("checks", Check).values())


def test_metric_of_a_project_is_listed_with_ours(folder: Path) -> None:
    ours = (Path(__file__).parents[2] / "cjm_notebooks" / "metrics" / "returns.py").read_text()
    (folder / "metrics").mkdir()
    write(
        folder / "metrics" / "homecomings.py", ours.replace("class Returns(", "class Homecomings(")
    )
    assert "homecomings" in cjm("metrics", "--project", ".").out
    assert "homecomings" in cjm("explain", "homecomings", "--project", ".").out


def test_check_is_explained_by_its_number_in_any_case() -> None:
    card = cjm("explain", "c01").out
    assert card == cjm("explain", "unmapped-events").out
    assert "unmapped-events: check C01" in card
    assert "Share of the events that no rule of the map claims." in card
    assert "source    20 % and 40 % of the events" in card
    assert "fail_share   0.4" in card


def test_name_that_stands_on_two_shelves_is_explained_twice() -> None:
    card = cjm("explain", "waits").out
    assert "waits: metric" in card
    assert "waits: view" in card


def test_setting_that_has_no_default_is_to_be_given() -> None:
    card = cjm("explain", "event-table").out
    assert "customer     to be given" in card
    assert "event        'event'" in card
