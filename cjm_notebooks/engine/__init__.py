"""Where metrics run: engines know `observe`, `+` and `report`, and no metric."""

from __future__ import annotations

from cjm_notebooks.engine.leaving_out import difference, jackknife
from cjm_notebooks.engine.observing import measure, measure_all, observe
from cjm_notebooks.engine.on_spark import SparkJourneys, join_on_spark
from cjm_notebooks.engine.saved import SavedPartials

__all__ = [
    "SavedPartials",
    "SparkJourneys",
    "difference",
    "jackknife",
    "join_on_spark",
    "measure",
    "measure_all",
    "observe",
]
