"""Journeys: whole runs of matched events, built once and asked many times."""

from __future__ import annotations

from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.journeys.joining.build import join
from cjm_notebooks.journeys.joining.parts import JourneyParts, join_in_parts
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.quoting import verbatims
from cjm_notebooks.journeys.single import customer_ids, timeline
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.journeys.tables import Answers, Segment, Unmatched

__all__ = [
    "Answers",
    "Inventory",
    "JourneyParts",
    "Journeys",
    "Segment",
    "Split",
    "Unmatched",
    "customer_ids",
    "join",
    "join_in_parts",
    "timeline",
    "verbatims",
]
