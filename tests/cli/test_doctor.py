"""What the doctor sees."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from cjm_notebooks.cli.doctor import _needed_row, _what_stops_a_kernel
from tests.commands import cjm


def test_nothing_stops_a_kernel_here() -> None:
    assert _what_stops_a_kernel() is None


def test_missing_part_is_named_with_its_cure() -> None:
    row = [str(cell) for cell in _needed_row(("papermill", None))]
    assert row == ["✗ fail", "papermill", "missing", "pip install papermill"]


def test_doctor_says_whether_a_notebook_can_be_run() -> None:
    ran = cjm("doctor")
    try:
        version("cjm_notebooks")
    except PackageNotFoundError:
        assert (ran.code, "pip install --editable ." in ran.out) == (1, True)
    else:
        assert (ran.code, ran.out.endswith("A notebook can be run.\n")) == (0, True)
