"""Audits over time: what changed from one run to another, and the headline numbers of many."""

from __future__ import annotations

from cjm_notebooks.audits.comparing.comparison import RunComparison, compare_runs
from cjm_notebooks.audits.comparing.runs import Run, read_run
from cjm_notebooks.audits.comparing.timeline import RunTimeline, timeline_of_runs

__all__ = ["Run", "RunComparison", "RunTimeline", "compare_runs", "read_run", "timeline_of_runs"]
