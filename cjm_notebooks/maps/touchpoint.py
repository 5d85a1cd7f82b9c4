"""The touchpoint: where the customer meets the organisation, or acts alone."""

from __future__ import annotations

from typing import Literal

from cjm_notebooks.maps.evidence import ClaimStatus
from cjm_notebooks.maps.part import Named, Part
from cjm_notebooks.maps.rules import Rule
from cjm_notebooks.maps.values import (
    ActorId,
    ChannelId,
    Count,
    Day,
    DepartmentId,
    Duration,
    EvidenceId,
    Flag,
    Id,
    Level,
    Number,
    Share,
    Valence,
)


class Expectation(Part):
    """What customers expect, so that it can be set against what they perceive. [SERVQUAL]"""

    text: str
    """The expectation in the customer's words. [NNG]"""
    value: Number | None = None
    """The level they expect, on the scale. [SERVQUAL]"""
    scale_min: Number | None = None
    """Lowest value of the scale."""
    scale_max: Number | None = None
    """Highest value of the scale."""
    dimension: (
        Literal["reliability", "responsiveness", "assurance", "empathy", "tangibles", "custom"]
        | None
    ) = None
    """The quality it is about. [SERVQUAL]"""
    status: ClaimStatus = "hypothesis"
    """What is known about it. [Smaply]"""
    evidence: tuple[EvidenceId, ...] = ()
    """Ids of the evidence behind it."""
    source: str = ""
    """Who says so."""


class PainPoint(Part):
    """What makes the journey hard here."""

    text: str
    """The pain in the customer's words."""
    id: Id | None = None
    """What opportunities call it."""
    kind: (
        Literal[
            "functional", "emotional", "information", "effort", "time", "cost", "trust", "access"
        ]
        | None
    ) = None
    """What it costs the customer."""
    severity: Literal["critical", "high", "medium", "low"] | None = None
    """How bad it is for those it meets."""
    frequency: str = ""
    """How often it is said to happen."""
    root_cause: str = ""
    """Why it happens."""
    impact: Literal["revenue", "cost", "risk", "experience"] | None = None
    """What it does to the organisation. [VCA]"""
    status: ClaimStatus = "hypothesis"
    """What is known about it. [Smaply]"""
    evidence: tuple[EvidenceId, ...] = ()
    """Ids of the evidence behind it."""
    progress: Literal["open", "in_progress", "resolved", "wont_fix", "recurred"] = "open"
    """What has been done about it."""
    first_seen: Day | None = None
    """When it was first reported."""
    last_seen: Day | None = None
    """When it was last reported."""


class MomentOfTruth(Part):
    """A claim that the relationship is strengthened or broken here. [ARIS]"""

    kind: (
        Literal["zero", "first", "second", "third", "ultimate", "carlzon", "make_or_break"] | None
    ) = None
    """Which moment it is."""
    rationale: str = ""
    """Why it is believed to decide."""
    status: ClaimStatus = "hypothesis"
    """What is known about it. [Smaply]"""
    evidence: tuple[EvidenceId, ...] = ()
    """Ids of the evidence behind it."""


class Work(Part):
    """What the organisation does behind a touchpoint. [blueprint]"""

    action: str
    """What is done."""
    layer: Literal["frontstage", "backstage", "support"] = "backstage"
    """In sight of the customer, behind the line of visibility, or in support. [blueprint]"""
    actor: ActorId | None = None
    """Who does it."""
    department: DepartmentId | None = None
    """The department that does it."""
    system: str = ""
    """The system it is done with."""
    active_time: Duration | None = None
    """How long somebody works on it."""
    elapsed_time: Duration | None = None
    """How long it takes, waiting included."""


class FailureMode(Part):
    """How the touchpoint can fail, and what happens then. [CGU]"""

    text: str
    """What goes wrong."""
    probability: Share | None = None
    """How likely it is said to be, 0 to 1."""
    impact: Level | None = None
    """How bad it is."""
    recovery_path: str = ""
    """How the customer gets back on the way. [CGU]"""
    escalation: str = ""
    """Who is called. [CGU]"""
    fallback: str = ""
    """What is done instead. [CGU]"""


class Touchpoint(Named):
    """The atom of the map: one thing that happens between the customer and the organisation."""

    kind: Literal["communication", "action", "wait", "decision"] = "action"
    """A message between two actors, an act, a wait or a decision. [CJML]"""
    channel: ChannelId | None = None
    """The channel it runs through. [NNG]"""
    device: str = ""
    """The device the customer holds."""
    place: str = ""
    """Where the customer is."""
    department: DepartmentId | None = None
    """The department that owns it. [NNG]"""
    responsible: str = ""
    """The person who answers for it."""
    handoff_to: DepartmentId | None = None
    """The department that takes over next. [CGU]"""
    doing: str = ""
    """What the customer does. [NNG]"""
    thinking: str = ""
    """What the customer thinks. [NNG]"""
    feeling: str = ""
    """What the customer feels, in words. [NNG]"""
    emotion: Valence | None = None
    """How it feels, from -2 (very bad) to 2 (very good). [Smaply]"""
    emotion_status: ClaimStatus = "hypothesis"
    """What is known about that emotion. [Smaply]"""
    emotion_source: Literal["assumed", "self_reported", "inferred_from_text", "observed"] | None = (
        None
    )
    """Where the emotion was taken from."""
    expectation: Expectation | None = None
    """What the customer expects here. [SERVQUAL]"""
    pain_points: tuple[PainPoint, ...] = ()
    """What makes it hard."""
    moment_of_truth: MomentOfTruth | None = None
    """Why the relationship is decided here. [ARIS]"""
    physical_evidence: str = ""
    """What the customer can see and touch. [blueprint]"""
    backstage: tuple[Work, ...] = ()
    """What the organisation does for it. [blueprint]"""
    evidence: tuple[EvidenceId, ...] = ()
    """Ids of the evidence for this touchpoint as a whole, its emotion included."""
    questions: tuple[str, ...] = ()
    """Ids of the survey questions that ask about it."""
    match: Rule | None = None
    """The recorded events that belong to it."""
    optionality: Literal["required", "optional", "conditional"] = "required"
    """Whether every customer comes through here. [CGU]"""
    entry_point: Flag = False
    """Journeys begin here. [CGU]"""
    exit_point: Flag = False
    """Journeys end here. [CGU]"""
    direction: Literal["inbound", "outbound", "self_service", "ambient"] | None = None
    """Who turns to whom."""
    ownership: (
        Literal["brand_owned", "partner_owned", "customer_owned", "social_external"] | None
    ) = None
    """Who controls it. [LV16]"""
    medium: Literal["digital", "physical", "human", "hybrid"] | None = None
    """What carries it."""
    initiator: ActorId | None = None
    """The actor who starts it. [CJML]"""
    receiver: ActorId | None = None
    """The actor it is for. [CJML]"""
    message: str = ""
    """What is said. [CJML]"""
    duration: Duration | None = None
    """How long it is planned to take. [CGU]"""
    wait_time: Duration | None = None
    """How long the customer is planned to wait before it. [CGU]"""
    sla: Duration | None = None
    """How long it takes at most, as promised. [CGU]"""
    frequency: str = ""
    """How often it happens in one journey. [CGU]"""
    failure_modes: tuple[FailureMode, ...] = ()
    """How it can fail. [CGU]"""
    accessibility_barrier: str = ""
    """What keeps people out. [CGU]"""
    literacy_requirement: str = ""
    """What one must be able to read or know. [CGU]"""
    economic_barrier: str = ""
    """What it costs to take part. [CGU]"""
    cultural_consideration: str = ""
    """What differs between cultures. [CGU]"""
    system_of_record: str = ""
    """The system that keeps the facts."""
    system_of_engagement: str = ""
    """The system the customer sees."""
    controllable: Flag | None = None
    """The organisation can change it."""
    automated: Flag | None = None
    """It runs without a person."""
    personalised: Literal["none", "segment", "individual"] | None = None
    """How far it is made for this customer."""
    data_collected: tuple[str, ...] = ()
    """What is recorded about the customer."""
    consent_category: str = ""
    """The consent that this recording needs."""
    capacity: Count | None = None
    """How many customers a day it can serve."""
    cost_to_serve: Number | None = None
    """What it costs each time, in the currency of the journey."""
    notes: str = ""
    """Anything else."""
