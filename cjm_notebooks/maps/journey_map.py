"""The journey map: what an organisation believes its customers go through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, JsonValue

from cjm_notebooks.errors import MapError, did_you_mean
from cjm_notebooks.maps.claims import Claim, claims_of, derived_basis
from cjm_notebooks.maps.document import Document
from cjm_notebooks.maps.evidence import Basis, Evidence, Hypothesis
from cjm_notebooks.maps.improvement import Kpi, Opportunity
from cjm_notebooks.maps.migration import OF_THE_MAP, Migrations
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.part import Named
from cjm_notebooks.maps.people import Actor, Contributor, Department, Persona
from cjm_notebooks.maps.problems import Problem, problems_of
from cjm_notebooks.maps.route import Channel, Flow, Outcome
from cjm_notebooks.maps.settings import (
    Classification,
    Constraint,
    DataWindow,
    JourneySettings,
    Plan,
    Privacy,
    Version,
)
from cjm_notebooks.maps.stage import Stage
from cjm_notebooks.maps.touchpoint import Expectation, Touchpoint
from cjm_notebooks.maps.values import Day, Id, PersonaId, Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cjm_notebooks.maps.measured import MeasuredMap
    from cjm_notebooks.maps.picture import MapPicture

FILE_ENDING = ".cjm.json"
PRESETS = Path(__file__).parent / "presets"


class JourneyMap(Named, Document):
    """A designed map. It may be wrong; what was measured stands beside it, never in it."""

    called: ClassVar[str] = "journey map"
    migrations: ClassVar[Migrations] = OF_THE_MAP

    map_type: Literal[
        "journey", "experience_map", "service_blueprint", "user_story_map", "lifecycle", "micro"
    ] = "journey"
    """Which kind of map it is. [NNG]"""
    state: Literal["as_is", "to_be", "ideal", "counterfactual"] = "as_is"
    """The journey as it is, shall be, ideally were or would have been. [Smaply]"""
    status: Literal[
        "draft",
        "in_review",
        "accepted",
        "live",
        "deprecated",
        "unmapped",
        "being_researched",
        "prototype",
    ] = "draft"
    """How far the map has come. [BSPEC] [TheyDo]"""
    basis: Basis | None = None
    """What the map says it rests on; no higher than its evidence allows. [Smaply]"""
    objective: str = ""
    """Why the map is made."""
    decision_to_inform: str = ""
    """The decision it is made for."""
    success_criteria: tuple[str, ...] = ()
    """How one will know that it helped."""
    out_of_scope: tuple[str, ...] = ()
    """What it leaves out on purpose."""
    scope: Literal["end_to_end", "stage", "task"] | None = None
    """How much of the life of a customer it covers. [Smaply]"""
    start_trigger: str = ""
    """What begins the journey."""
    end_condition: str = ""
    """What ends it."""
    scenario: str = ""
    """The situation the customer is in. [NNG]"""
    goal: str = ""
    """What the customer wants to reach. [NNG]"""
    expectations: tuple[Expectation, ...] = ()
    """What the customer expects of the journey as a whole. [NNG]"""
    context: str = ""
    """What else matters about the situation."""
    owner: str = ""
    """Who answers for the map. [TheyDo]"""
    sponsor: str = ""
    """Who pays for it."""
    contributors: tuple[Contributor, ...] = ()
    """Who worked on it, and for which departments."""
    created: Day | None = None
    """When it was begun. [CGU]"""
    last_reviewed: Day | None = None
    """When somebody last went through all of it. [BSPEC]"""
    last_modified: Day | None = None
    """When it was last changed. [CGU]"""
    review_interval_days: Annotated[Whole, Field(ge=1)] = 90
    """After how many days it has to be reviewed again. [BSPEC]"""
    data_window: DataWindow | None = None
    """The days whose data it rests on."""
    version: str = ""
    """The version of this map's content. [BSPEC]"""
    supersedes: Id | None = None
    """Id of the map it replaces. [BSPEC]"""
    changelog: tuple[Version, ...] = ()
    """What each version changed. [BSPEC]"""
    locales: tuple[str, ...] = ()
    """Languages and regions it holds for, as BCP 47 codes."""
    market: str = ""
    """The market it holds for."""
    culture_notes: str = ""
    """What differs between cultures. [CGU]"""
    timezone: str = ""
    """The time zone its times are meant in, as an IANA name."""
    classification: Classification | None = None
    """How complex it is, and what is to be decided."""
    plan: Plan | None = None
    """What the mapping itself may cost."""
    constraints: tuple[Constraint, ...] = ()
    """What any solution must respect."""
    journey: JourneySettings = JourneySettings()
    """How recorded events become journeys."""
    privacy: Privacy = Privacy()
    """How small a group may be shown, and why the data may be used."""
    personas: tuple[Persona, ...] = ()
    """Whose journey it is."""
    primary_persona: PersonaId | None = None
    """The persona whose point of view it takes. [NNG]"""
    actors: tuple[Actor, ...] = ()
    """Who else takes part. [CJML]"""
    departments: tuple[Department, ...] = ()
    """Departments of this organisation; the common ones need no entry."""
    channels: tuple[Channel, ...] = ()
    """Channels of this organisation; the common ones need no entry."""
    stages: tuple[Stage, ...] = ()
    """The stages of the journey, in order."""
    flows: tuple[Flow, ...] = ()
    """Ways that differ from the order of the touchpoints."""
    outcomes: tuple[Outcome, ...] = ()
    """How a journey can end."""
    kpis: tuple[Kpi, ...] = ()
    """The numbers it is judged by."""
    opportunities: tuple[Opportunity, ...] = ()
    """What could be done better."""
    evidence: tuple[Evidence, ...] = ()
    """What supports its claims."""
    hypotheses: tuple[Hypothesis, ...] = ()
    """What is still to be tested."""

    @classmethod
    def preset(cls, preset: str, name: str | None = None) -> Self:
        """A new map with the stages of a preset: `c5, d5, lv3, zmot4, saas, nng-ecommerce, aarrr`
        or `task`, in capital or small letters.
        """
        files = {file.name.removesuffix(FILE_ENDING): file for file in PRESETS.iterdir()}
        file = files.get(preset.lower())
        if file is None:
            msg = f"There is no preset `{preset}`. {did_you_mean(preset, sorted(files))}"
            raise MapError(msg)
        pattern = cls.load(file)
        own = {} if name is None else {"id": new_id(name), "name": name}
        return pattern.model_copy(update=own)

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """All touchpoints, stage after stage."""
        return tuple(touchpoint for stage in self.stages for touchpoint in stage.touchpoints)

    def stage_of(self, touchpoint_id: str) -> Stage:
        for stage in self.stages:
            if any(touchpoint.id == touchpoint_id for touchpoint in stage.touchpoints):
                return stage
        known = [touchpoint.id for touchpoint in self.touchpoints]
        msg = (
            f"The map `{self.id}` has no touchpoint `{touchpoint_id}`. "
            f"{did_you_mean(touchpoint_id, known)}"
        )
        raise MapError(msg)

    def problems(self) -> tuple[Problem, ...]:
        """Where the map contradicts itself; a map without contradictions has none."""
        return problems_of(self)

    def claims(self) -> tuple[Claim, ...]:
        """What research can confirm or refute, in map order."""
        return claims_of(self)

    def derived_basis(self) -> Basis:
        """What the claims rest on, by the evidence they name."""
        return derived_basis(self)

    def picture(
        self,
        measured: MeasuredMap | None = None,
        *,
        lanes: Sequence[str] | None = None,
        language: str = "en",
    ) -> MapPicture:
        """The map, with what was measured beside it, to look at or to `save` as .html, .svg, .png.

        Raises  ParameterError when the numbers are of another map
        """
        from cjm_notebooks.maps.picture import MapPicture

        return MapPicture(self, measured, None if lanes is None else tuple(lanes), language)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, JsonValue]:
        return self.picture()._repr_mimebundle_()
