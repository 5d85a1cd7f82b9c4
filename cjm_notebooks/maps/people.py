"""Whose journey it is, and who takes part in it."""

from __future__ import annotations

from typing import Literal

from cjm_notebooks.maps.part import Named, Part
from cjm_notebooks.maps.rules import Condition
from cjm_notebooks.maps.values import ChannelId, Count, DepartmentId, EvidenceId, PersonaId


class Persona(Named):
    """A kind of customer, drawn as one person."""

    kind: Literal["persona", "proto_persona", "segment", "b2b_account", "role"] = "persona"
    """A persona from research, a guessed one, a segment, a business account or a role in one."""
    part_of: PersonaId | None = None
    """The account or segment that this role or persona belongs to."""
    selection: Condition | None = None
    """Which customers it stands for, as a condition on the columns of the customers' table."""
    quote: str = ""
    """A sentence that is typical of them."""
    goals: tuple[str, ...] = ()
    """What they want to reach. [NNG]"""
    needs: tuple[str, ...] = ()
    """What they need for that."""
    jobs_to_be_done: tuple[str, ...] = ()
    """What they hire the product for."""
    motivations: tuple[str, ...] = ()
    """Why they want it."""
    pains: tuple[str, ...] = ()
    """What bothers them in general."""
    expectations: tuple[str, ...] = ()
    """What they expect in general. [NNG]"""
    demographics: str = ""
    """Age, work, household, as far as it matters."""
    tech_comfort: Literal["low", "medium", "high"] | None = None
    """How easily they use technology."""
    preferred_channels: tuple[ChannelId, ...] = ()
    """Channels they choose when they can."""
    accessibility_needs: tuple[str, ...] = ()
    """What they need so as to take part at all. [CGU]"""
    languages: tuple[str, ...] = ()
    """Languages, as BCP 47 codes."""
    culture_note: str = ""
    """What their culture expects. [CGU]"""
    basis: Literal["assumption", "research"] = "assumption"
    """Whether it was guessed or found."""
    n_interviews: Count | None = None
    """How many people were asked."""
    evidence: tuple[EvidenceId, ...] = ()
    """Ids of the evidence behind it."""


class Actor(Named):
    """Somebody or something that acts in the journey. [CJML]"""

    role: Literal["end_user", "frontline", "backstage", "system", "third_party", "ai"] | None = None
    """On which side of the counter it stands. [CJML]"""
    department: DepartmentId | None = None
    """The department it belongs to."""
    company: str = ""
    """The company it belongs to. [CJML]"""


class Department(Named):
    """A part of the organisation that owns touchpoints."""

    head: str = ""
    """Who leads it."""
    systems: tuple[str, ...] = ()
    """The systems it runs."""


class Contributor(Part):
    """Somebody who worked on the map."""

    name: str
    """The person."""
    department: DepartmentId | None = None
    """The department they speak for."""
    role: str = ""
    """What they did."""
