"""The page of the metrics says what their cards say, and its example works."""

from __future__ import annotations

import re
from pathlib import Path

from cjm_notebooks import measure
from cjm_notebooks.catalogue import entry
from cjm_notebooks.maps.files import read_text
from cjm_notebooks.metrics import Metric
from tests.journeys import UNTIL_OUTCOME, journeys
from tools.write_map_page import page_with
from tools.write_metrics_page import PAGE, generated


def test_table_of_the_page_is_that_of_the_catalogue() -> None:
    page = read_text(PAGE)
    assert page == page_with(page, generated()), "run python -m tools.write_metrics_page"


def test_metric_of_the_page_works_in_a_project(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(from dataclasses.*?)```", read_text(PAGE), re.DOTALL)
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "second_visits.py").write_text(code)
    metric = entry("metrics", Metric, "second-visits", tmp_path)()
    came = journeys("home@1 paid@2 home@9", "home@1", "cart@4", on=UNTIL_OUTCOME)
    row = measure(metric, came).iloc[0]
    assert (row["again"], row["customers"], row["share"]) == (1, 3, 1 / 3)
