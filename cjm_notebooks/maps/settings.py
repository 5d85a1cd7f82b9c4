"""What holds for the map as a whole: the cut, the privacy, the limits of the work."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.reading_errors import unfit
from cjm_notebooks.maps.values import (
    Count,
    Currency,
    Day,
    Duration,
    Flag,
    Level,
    Name,
    Number,
    Positive,
    TouchpointId,
    Whole,
)


class Cut(Part):
    """Where one journey of a customer ends and the next one begins."""

    by: Literal["customer", "inactivity", "column", "touchpoint", "outcome"] = "customer"
    """All events of a customer are one journey, or a new one begins at this."""
    inactivity: Duration | None = None
    """The time without events, for `by: inactivity`."""
    column: Name | None = None
    """The column, such as `order_id`, for `by: column`."""
    touchpoint: TouchpointId | None = None
    """The touchpoint that begins a journey, for `by: touchpoint`."""

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        ways = ("inactivity", "column", "touchpoint")
        given = {way for way in ways if getattr(self, way) is not None}
        if needed := {self.by} & set(ways) - given:
            msg = f"cuts by {self.by} and does not say which. Add `{needed.pop()}`."
            raise unfit(msg)
        if superfluous := sorted(given - {self.by}):
            way = superfluous[0]
            msg = f"cuts by {self.by}, where `{way}` means nothing. Remove it, or cut by {way}."
            raise unfit(msg)
        return self


class JourneySettings(Part):
    """How recorded events become journeys: the same for every number of an audit."""

    unit: str = "customer"
    """What one customer is: a person, an account, a booking."""
    cut: Cut = Cut()
    """Where one journey ends and the next begins."""
    quiet_days: Positive = 30
    """Days without an event after which a journey without an outcome is over."""
    currency: Currency | None = None
    """The currency of all amounts, as an ISO 4217 code."""


class Privacy(Part):
    """What may be shown about people, and what becomes of personal data on its way in."""

    k_min: Annotated[Whole, Field(ge=1)] = 5
    """Groups of fewer customers are not shown."""
    lawful_basis: str = ""
    """Why the data may be used."""
    consent_required: Flag | None = None
    """Whether customers must have agreed; then what others left is set aside and counted."""
    consent_field: Name | None = None
    """The column, of events, answers or customers, that says whether they agreed."""
    consent_values: tuple[str, ...] = ("yes", "true", "1", "granted", "ja")
    """What stands there when they did, in capitals or not."""
    retention_days: Count | None = None
    """How long events and answers are kept; older ones are set aside and counted."""
    pii_fields: tuple[str, ...] = ()
    """Columns that hold personal data; an import leaves them out unless they are named below."""
    masked_fields: tuple[str, ...] = ()
    """Those that are kept, with a mark in the place of each find."""
    pseudonym_fields: tuple[str, ...] = ()
    """Columns of ids that get pseudonyms, besides that of the customer."""
    kept_fields: tuple[str, ...] = ()
    """Columns that are kept as they are, although they are named like personal data."""
    dpo_contact: str = ""
    """Whom to ask about data protection."""


class DataWindow(Part):
    """The days whose data the map rests on."""

    start: Day | None = None
    """First day."""
    end: Day | None = None
    """Last day."""


class Classification(Part):
    """How hard the subject is, and what is to be decided."""

    complexity: Level | None = None
    """How complex it is said to be."""
    impact_area: str = ""
    """What it touches: business, operations, technology."""
    decision_type: str = ""
    """What will be decided: design, buy, change, stop."""
    org_maturity: Literal["initial", "basic", "advanced"] | None = None
    """How used the organisation is to this work."""


class Plan(Part):
    """What the mapping itself may cost."""

    time_budget: Duration | None = None
    """Time for it."""
    cost_budget: Number | None = None
    """Money for it, in the currency of the journey."""
    team_size: Count | None = None
    """People for it."""


class Constraint(Part):
    """What any solution must respect."""

    kind: Literal["regulatory", "budget", "technology"]
    """Where it comes from."""
    text: str
    """What it says."""
    owner: str = ""
    """Who knows more."""


class Version(Part):
    """One entry of the map's history."""

    version: str
    """The version it made."""
    date: Day | None = None
    """When."""
    author: str = ""
    """Who."""
    why: str = ""
    """What was changed, and why."""
