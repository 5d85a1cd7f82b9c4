"""Recorded events before there are rules: what there is, and what a rule would make of it."""

from __future__ import annotations

from cjm_notebooks.journeys.inventory.counted import Covered, Target
from cjm_notebooks.journeys.inventory.inventory import Inventory
from cjm_notebooks.journeys.inventory.overlaps import Overlap
from cjm_notebooks.journeys.inventory.preview import Change, Preview
from cjm_notebooks.journeys.inventory.rows import Row

__all__ = ["Change", "Covered", "Inventory", "Overlap", "Preview", "Row", "Target"]
