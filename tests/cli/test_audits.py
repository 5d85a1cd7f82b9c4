"""The command that makes an audit: what it leaves, says and answers with."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from cjm_notebooks.audits.parameters import parameters_of
from cjm_notebooks.audits.templates import template_path
from cjm_notebooks.cli import audits
from cjm_notebooks.cli.options import Inputs
from tests.commands import COLUMNS, cjm, files_in, write

AUDIT = [
    *("audit", "shop.cjm.json", "--events", "events.csv", *COLUMNS),
    *("--as-of", "2025-03-31", "--no-pictures"),
]
LEFT = {"spring.html", "spring.ipynb", "findings.json", "spring.measured.json", "tables.xlsx"}


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_audit_leaves_five_files_and_a_run_that_stops_leaves_them_alone(folder: Path) -> None:
    """Eight rows are too few for any verdict: D01 warns, one below its critical."""
    ran = cjm(*AUDIT, "--zone", "UTC", "--name", "spring", "--out", "out", "--fail-on", "high")
    assert (ran.code, ran.err) == (1, "")
    assert files_in(folder / "out") == LEFT
    found = json.loads((folder / "out" / "findings.json").read_text("utf-8"))["findings"]
    assert f"Findings: {len(found)} (" in ran.out
    assert f"The page: {Path('out') / 'spring.html'}" in ran.out
    assert any(line.startswith("high      D01 ") for line in ran.out.splitlines())

    before = content_of(folder / "out")
    without_zone = cjm(*AUDIT, "--name", "spring", "--out", "out")
    assert without_zone.code == 3
    assert "Times in `time` of `events.csv` have no zone." in without_zone.err
    after = content_of(folder / "out")
    assert after.pop("spring.failed.ipynb")
    assert after == before


def test_audit_of_one_check_in_german_is_named_after_its_map(folder: Path) -> None:
    ran = cjm(*AUDIT, "--zone", "UTC", "--check", "M15", "--language", "de", "--k-min", "9")
    assert ran.code == 0
    assert "Findings: 0" in ran.out
    assert '<html lang="de"' in (folder / "shop.audit" / "shop.html").read_text("utf-8")
    manifest = json.loads((folder / "shop.audit" / "findings.json").read_text("utf-8"))["manifest"]
    assert manifest["k_min"] == 9
    assert list(manifest["checks"]) == ["M15"]


def test_every_option_that_names_tables_is_a_parameter_of_the_template() -> None:
    declared = {one.name: one for one in parameters_of(template_path("journey_audit"))}
    assert {one.name for one in fields(Inputs)} <= set(declared)
    assert declared["event"].default == Inputs().event


def test_demo_without_its_example_says_where_that_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audits, "CHECKOUT", folder)
    before = files_in(folder)
    ran = cjm("demo")
    assert ran.code == 3
    assert "Run `cjm demo` in a checkout" in ran.err
    assert files_in(folder) == before


def test_map_that_is_missing_stops_the_audit_before_it_begins(folder: Path) -> None:
    write(folder / "shop2.cjm.json", "{}")
    before = files_in(folder)
    ran = cjm("audit", "shop3.cjm.json", "--as-of", "2025-03-31")
    assert ran.code == 3
    assert "There is no file `shop3.cjm.json`" in ran.err
    assert files_in(folder) == before
