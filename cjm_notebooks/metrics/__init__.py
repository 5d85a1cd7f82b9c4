"""The contract of a metric: `observe` some journeys, add what was seen, `report` it once.

`observe(journeys)` gives a partial: frozen, picklable, bounded by the map and by declared bins and
never by the number of customers. Partials add, and the partial of nobody changes nothing, so the
same metric runs in memory, in parts and on many machines. `report(partial, journey_map)` turns
the sum into a table; it sees no customer.

A metric is a frozen dataclass whose fields are its parameters. Its class attributes are its card.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Self, TypeVar

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive

if TYPE_CHECKING:
    import pandas as pd

Reads = Literal["events", "feedback"]
P = TypeVar("P", bound=Additive)


class Metric(ABC, Generic[P]):
    """One question about journeys whose answer is a table.

    Attributes
    ----------
    unit
        what the estimates are, such as "share of journeys, 0 to 1".
    reads
        what must have been joined for the metric to say anything.
    published
        which columns of the report are counts of people and which rest on them, so that small
        groups can be hidden before anyone sees the table.
    watches_the_end
        whether it matters how long customers were watched: the report changes when the data goes on
        and nobody does anything.
    tolerance
        by how much, relatively, parts may differ from the whole; 0 for the same bits.
    """

    unit: ClassVar[str]
    reads: ClassVar[frozenset[Reads]]
    published: ClassVar[Published]
    watches_the_end: ClassVar[bool] = False
    tolerance: ClassVar[float] = 0.0

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        """Instances that the laws, the documentation and `cjm metrics` use."""
        return (cls(),)

    @abstractmethod
    def observe(self, journeys: Journeys) -> P: ...

    @abstractmethod
    def report(self, partial: P, journey_map: JourneyMap) -> pd.DataFrame: ...


AnyMetric = Metric[Any]
