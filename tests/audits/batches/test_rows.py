"""A row is a run, a column a parameter; what does not fit is named with its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.audits.batches.plan import planned
from cjm_notebooks.audits.batches.rows import file_name, rows_for, rows_of
from cjm_notebooks.errors import ParameterError, SourceError
from tests.audits import short_template


def table(folder: Path, text: str) -> Path:
    (folder / "runs.csv").write_text(text, "utf-8")
    return folder / "runs.csv"


def test_each_row_is_a_run_named_by_its_column_of_names(tmp_path: Path) -> None:
    rows = rows_of(table(tmp_path, "name,k_min,as_of\nSpring 25,7,\n,8,2025-03-31\n"))
    assert [(row.name, row.texts) for row in rows] == [
        ("Spring-25", {"k_min": "7"}),
        ("row-002", {"k_min": "8", "as_of": "2025-03-31"}),
    ]
    assert rows[0].place == "Row 1 of `runs.csv`"


def test_cells_may_stand_apart_by_semicolons_and_blank_lines_are_no_rows(tmp_path: Path) -> None:
    rows = rows_of(table(tmp_path, "\ufeffk_min;checks\n7;C01, C02\n;\n\n"))
    assert [row.texts for row in rows] == [{"k_min": "7", "checks": "C01, C02"}]


def test_each_value_of_a_column_is_a_run_restricted_to_it() -> None:
    rows = rows_for("country", {"DEU": 9, "Côte d'Ivoire": 8, "deu": 7, "??": 6})
    assert [row.name for row in rows] == ["DEU", "Côte-d-Ivoire", "deu-003", "row-004"]
    assert rows[1].texts == {"only.country": "Côte d'Ivoire"}


def test_name_of_a_run_never_leaves_its_folder() -> None:
    assert file_name("../../etc") == "etc"
    assert file_name("..") == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("k_min\n1,2\n", r"Row 1 of `runs\.csv` has 2 cells and the header 1"),
        ("name\na\nA\n", r"Row 1 of `runs\.csv` and Row 2 of `runs\.csv` are both called `A`"),
    ],
)
def test_row_that_cannot_be_a_run_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        rows_of(table(tmp_path, text))


def test_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"`runs\.csv` has no rows"):
        rows_of(table(tmp_path, "k_min\n"))
    with pytest.raises(SourceError, match=r"`.*none\.csv` cannot be read: No such file"):
        rows_of(tmp_path / "none.csv")


def test_every_row_that_does_not_fit_is_named_before_anything_runs(tmp_path: Path) -> None:
    template = short_template(tmp_path, "# Nothing\n1", declares="k_min: int = 0")
    rows = rows_of(table(tmp_path, "k_min\n1\nx\n2\ny\n"))
    with pytest.raises(ParameterError) as raised:
        planned(template, rows, tmp_path / "out")
    assert str(raised.value) == (
        "Row 2 of `runs.csv`: `k_min` is `x`. Give a whole number.\n"
        "Row 4 of `runs.csv`: `k_min` is `y`. Give a whole number."
    )
    with pytest.raises(ParameterError, match=r"Row 1 of `runs\.csv`: The template `short` has no"):
        planned(template, rows_of(table(tmp_path, "kmin\n1\n")), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_row_goes_before_what_all_rows_share(tmp_path: Path) -> None:
    declares = "k_min: int = 0\nsettings: dict[str, str] = {}"
    template = short_template(tmp_path, "# Nothing\n1", declares=declares)
    rows = rows_of(table(tmp_path, "k_min,settings.hotel\n,H1\n9,H2\n"))
    shared = [("k_min", "5"), ("settings.year", "2017")]
    first, second = planned(template, rows, tmp_path / "out", shared).runs
    assert (first.given["k_min"], second.given["k_min"]) == (5, 9)
    assert first.given["settings"] == {"year": "2017", "hotel": "H1"}
