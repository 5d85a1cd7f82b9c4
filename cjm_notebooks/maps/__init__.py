"""The designed map: its model, its file and what can be read into it and written out of it."""

from __future__ import annotations

from cjm_notebooks.maps.cjml import from_cjml, to_cjml
from cjm_notebooks.maps.claims import Claim
from cjm_notebooks.maps.comparison import MapComparison, compare
from cjm_notebooks.maps.evidence import ClaimStatus, Evidence, Hypothesis
from cjm_notebooks.maps.improvement import Kpi, Opportunity
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.measured import Measured, MeasuredMap
from cjm_notebooks.maps.mermaid import from_mermaid, to_mermaid
from cjm_notebooks.maps.people import Actor, Contributor, Department, Persona
from cjm_notebooks.maps.problems import Problem
from cjm_notebooks.maps.route import Channel, Flow, Outcome
from cjm_notebooks.maps.rules import Condition, Rule
from cjm_notebooks.maps.schema import json_schema
from cjm_notebooks.maps.settings import Cut, JourneySettings, Privacy
from cjm_notebooks.maps.spreadsheet import read_spreadsheet, write_spreadsheet
from cjm_notebooks.maps.stage import Stage
from cjm_notebooks.maps.touchpoint import Expectation, MomentOfTruth, PainPoint, Touchpoint, Work

__all__ = [
    "Actor",
    "Channel",
    "Claim",
    "ClaimStatus",
    "Condition",
    "Contributor",
    "Cut",
    "Department",
    "Evidence",
    "Expectation",
    "Flow",
    "Hypothesis",
    "JourneyMap",
    "JourneySettings",
    "Kpi",
    "MapComparison",
    "Measured",
    "MeasuredMap",
    "MomentOfTruth",
    "Opportunity",
    "Outcome",
    "PainPoint",
    "Persona",
    "Privacy",
    "Problem",
    "Rule",
    "Stage",
    "Touchpoint",
    "Work",
    "compare",
    "from_cjml",
    "from_mermaid",
    "json_schema",
    "read_spreadsheet",
    "to_cjml",
    "to_mermaid",
    "write_spreadsheet",
]
