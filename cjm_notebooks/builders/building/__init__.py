"""What the map builder shows beside the map: events, coverage, suggestions, questions."""

from __future__ import annotations

from cjm_notebooks.builders.building.questions import Questions, moved
from cjm_notebooks.builders.building.rules import Rules

__all__ = ["Questions", "Rules", "moved"]
