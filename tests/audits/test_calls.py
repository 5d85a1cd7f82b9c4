"""The calls behind a run, as somebody would write them into a notebook of their own."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cjm_notebooks.audits.calls import calls_of

JOURNEY_AUDIT = Path(__file__).parents[2] / "templates" / "journey_audit.ipynb"
READS = """\
journey_map = cjm.JourneyMap.load('shop.cjm.json')
"""
TABLES = "tables = Tables(events_file='visits.csv', customer='guest', at='when').read()\n"


def template(tmp_path: Path, *cells: str) -> Path:
    begins = new_code_cell('text: str = "usual"\ncount: int = 2', metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[begins, *map(new_code_cell, cells)])
    nbformat.write(notebook, tmp_path / "short.ipynb")
    return tmp_path / "short.ipynb"


def test_only_what_was_said_stands_in_the_calls() -> None:
    code = calls_of(
        JOURNEY_AUDIT,
        {
            "map_file": "shop.cjm.json",
            "as_of": "2025-03-31",
            "events_file": "visits.csv",
            "customer": "guest",
            "at": "when",
        },
    )
    assert READS in code
    assert TABLES in code
    assert "    as_of='2025-03-31',\n" in code
    assert "k_min" not in code
    assert "result.save" not in code


def test_cells_that_only_show_are_left_out(tmp_path: Path) -> None:
    source = template(tmp_path, "# Count\nsum = count + 1", "sum", "print(text)")
    assert calls_of(source, {"count": 5}) == "# Count\nsum = 5 + 1\n"


def test_a_parameter_that_a_cell_sets_anew_keeps_its_name(tmp_path: Path) -> None:
    source = template(tmp_path, "count = count * 2\nboth = text * count")
    assert calls_of(source, {}) == "count = 2\n\ncount = count * 2\nboth = 'usual' * count\n"


@pytest.mark.parametrize("value", ['"; raise SystemExit', "a\n'b' \\", "{count}"])
def test_a_value_that_looks_like_code_stays_a_value(tmp_path: Path, value: str) -> None:
    names: dict[str, object] = {}
    exec(calls_of(template(tmp_path, "said = text"), {"text": value}), names)
    assert names["said"] == value
