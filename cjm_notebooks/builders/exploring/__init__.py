"""Exploring without a screen: a choice of journeys, and what may be said about them.

Whatever the widget shows comes from here, so that a notebook without it gets the same.
"""

from __future__ import annotations

from cjm_notebooks.builders.exploring.choice import Choice
from cjm_notebooks.builders.exploring.chosen import Chosen
from cjm_notebooks.builders.exploring.story import Stories, Story

__all__ = ["Choice", "Chosen", "Stories", "Story"]
