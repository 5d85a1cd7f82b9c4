"""What supports the map: evidence, and the status of what somebody claimed."""

from __future__ import annotations

from typing import Literal

from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.values import Count, Day, Flag, Id, PartId

ClaimStatus = Literal["hypothesis", "partially_validated", "validated", "refuted"]
Basis = Literal["assumption", "mixed", "research"]
EvidenceKind = Literal[
    "interview",
    "observation",
    "diary",
    "survey",
    "analytics",
    "crm",
    "ticket",
    "recording",
    "review",
    "workshop",
    "expert",
    "benchmark",
]


class Evidence(Part):
    """One thing that supports or contradicts the map."""

    id: Id
    """What claims call it."""
    name: str = ""
    """What people call it."""
    kind: EvidenceKind | None = None
    """How it came about; `workshop` and `expert` are opinion, all others are research."""
    source: str = ""
    """The file, data set or place it comes from."""
    source_hash: str = ""
    """SHA-256 of that file."""
    collected_from: Day | None = None
    """First day of the collection."""
    collected_to: Day | None = None
    """Last day of the collection."""
    n: Count | None = None
    """How many people or records."""
    population: str = ""
    """Whom it speaks for."""
    method: str = ""
    """How it was collected."""
    quote: str = ""
    """What somebody said, word for word."""
    url: str = ""
    """Where to read it."""
    consent: Flag | None = None
    """Those it is about have agreed."""
    pii: Flag | None = None
    """It holds personal data."""
    strength: Literal["A", "B", "C", "D"] | None = None
    """A experiment or representative data, B observation, C few or old data, D opinion."""
    supports: tuple[PartId, ...] = ()
    """Stages, touchpoints and other parts that it supports."""
    contradicts: tuple[PartId, ...] = ()
    """Parts that it speaks against."""


class Hypothesis(Part):
    """A statement that somebody is going to test."""

    id: Id
    """What other parts call it."""
    statement: str
    """What is believed."""
    target: PartId | None = None
    """The part of the map it is about."""
    test: str = ""
    """The audit check or the notebook cell that decides it."""
    prior: str = ""
    """What speaks for it before the test."""
    status: ClaimStatus = "hypothesis"
    """What is known about it. [Smaply]"""
    decided_on: Day | None = None
    """When it was decided."""
