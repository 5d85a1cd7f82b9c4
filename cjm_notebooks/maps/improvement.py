"""What is to be made better, and how one will see it."""

from __future__ import annotations

from typing import Literal

from cjm_notebooks.maps.part import Named, Part
from cjm_notebooks.maps.values import (
    Count,
    Day,
    DepartmentId,
    EvidenceId,
    KpiId,
    Number,
    PainPointId,
    Score,
    Share,
    StageId,
    TouchpointId,
)


class ExpectedEffect(Part):
    """What an opportunity promises."""

    kpi: KpiId
    """Id of the KPI that will move."""
    delta: Number
    """By how much, with its sign."""
    unit: str = ""
    """In which unit."""


class Opportunity(Named):
    """Something that could be done better, and by whom. [NNG]"""

    how_might_we: str = ""
    """The question it answers, beginning with "How might we"."""
    stages: tuple[StageId, ...] = ()
    """Ids of the stages it is about."""
    touchpoints: tuple[TouchpointId, ...] = ()
    """Ids of the touchpoints it is about."""
    pain_points: tuple[PainPointId, ...] = ()
    """Ids of the pain points it relieves."""
    evidence: tuple[EvidenceId, ...] = ()
    """Ids of the evidence that speaks for it."""
    kind: (
        Literal["fix", "improve", "innovate", "remove", "personalise", "automate", "train"] | None
    ) = None
    """What sort of change it is."""
    owner: str = ""
    """The person who will see to it. [NNG]"""
    department: DepartmentId | None = None
    """The department that will see to it."""
    effort: Score | None = None
    """From 1 (little) to 5 (much)."""
    impact: Score | None = None
    """From 1 (little) to 5 (much)."""
    confidence: Share | None = None
    """How sure that impact is, 0 to 1."""
    reach: Count | None = None
    """How many customers a month it is for."""
    priority: Literal["must", "should", "nice"] | None = None
    """How urgent it is."""
    kano: Literal["must_be", "performance", "attractive", "indifferent", "reverse"] | None = None
    """What its absence or presence does to satisfaction (Kano model)."""
    expected_effect: ExpectedEffect | None = None
    """What it promises."""
    status: Literal["idea", "planned", "running", "shipped", "measured", "dropped"] = "idea"
    """How far it has come."""
    start: Day | None = None
    """When work begins."""
    end: Day | None = None
    """When it is due."""


class Kpi(Named):
    """A number by which the journey or a part of it is judged."""

    kind: (
        Literal[
            "nps",
            "csat",
            "ces",
            "conversion",
            "engagement",
            "retention",
            "time",
            "cost",
            "volume",
            "custom",
        ]
        | None
    ) = None
    """What sort of number it is."""
    definition: str = ""
    """How it is counted."""
    unit: str = ""
    """Its unit. [TheyDo]"""
    aggregation: Literal["mean", "share", "sum", "median"] | None = None
    """How single values become one. [TheyDo]"""
    direction: Literal["up", "down"] | None = None
    """Which way is better."""
    target: Number | None = None
    """The value aimed at. [TheyDo]"""
    warn: Number | None = None
    """The value at which to look closer."""
    alert: Number | None = None
    """The value at which to act."""
    source: str = ""
    """Where it is taken from."""
    stage: StageId | None = None
    """The stage it judges."""
    touchpoint: TouchpointId | None = None
    """The touchpoint it judges."""
    owner: str = ""
    """Who answers for it. [TheyDo]"""
