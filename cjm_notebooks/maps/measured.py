"""What was measured about a map. It stands beside the map in a file of its own, never in it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import JsonValue

from cjm_notebooks.maps.document import Document
from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.values import Count, Day, Id, Number, Share


class Measured(Part):
    """One number about the map, a stage, a touchpoint or an outcome, with how sure it is."""

    target: Id
    """Id of the part of the map."""
    kind: Literal["map", "stage", "touchpoint", "outcome"]
    """What sort of part that is."""
    measure: str
    """What was measured, such as `drop-off`."""
    estimate: Number | None = None
    """The number itself; absent where the data do not give one."""
    n: Count | None = None
    """How many customers it rests on."""
    low: Number | None = None
    """Lower end of the interval."""
    high: Number | None = None
    """Upper end of the interval."""
    confidence: Share = 0.95
    """The confidence of that interval, 0 to 1."""
    open: Count | None = None
    """How many journeys were not over yet."""
    unit: str = ""
    """The unit of the estimate and of the interval."""
    scale_min: Number | None = None
    """Lowest value of the scale, where the number is a score."""
    scale_max: Number | None = None
    """Highest value of the scale, where the number is a score."""
    grade: Literal["A", "B", "C", "D"] | None = None
    """How strong the evidence is, from A to D."""
    verdict: str | None = None
    """What an audit concluded."""


class Period(Part):
    """The days that were looked at."""

    from_: Day
    """First day."""
    to: Day
    """Last day."""


class MeasuredMap(Document):
    """The measures of one map at one time."""

    called: ClassVar[str] = "measured map"

    map_id: Id
    """Id of the map that was measured."""
    map_hash: str
    """Content hash of the map as it was then."""
    as_of: Day
    """The day on which the audit stands."""
    period: Period | None = None
    """The days that the data cover."""
    targets: tuple[Measured, ...] = ()
    """The numbers."""

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, JsonValue]:
        from cjm_notebooks.maps.picture import numbers_bundle

        return numbers_bundle(self)
