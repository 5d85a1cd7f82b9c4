"""Where metrics run: engines know `observe`, `+` and `report`, and no metric."""

from __future__ import annotations

from cjm_notebooks.engine.in_memory import jackknife, measure, observe

__all__ = ["jackknife", "measure", "observe"]
