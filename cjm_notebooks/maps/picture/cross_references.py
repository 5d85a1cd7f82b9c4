"""What one part of a map says about another, found by the id of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cjm_notebooks.maps.evidence import Evidence
from cjm_notebooks.maps.improvement import Opportunity
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.touchpoint import Touchpoint


@dataclass(frozen=True)
class CrossReferences:
    journey_map: JourneyMap

    def channel(self, id_: str) -> str:
        """What people call it."""
        return self._channels.get(id_) or _spaced(id_)

    def department(self, id_: str) -> str:
        return self._departments.get(id_) or _spaced(id_)

    def evidence(self, ids: tuple[str, ...]) -> tuple[Evidence, ...]:
        """The evidence with these ids; an id of nothing is a problem of the map, and left out."""
        return tuple(self._evidence[id_] for id_ in ids if id_ in self._evidence)

    def evidence_at(self, touchpoint: Touchpoint) -> tuple[Evidence, ...]:
        """What the touchpoint names, and then what names the touchpoint."""
        named = self.evidence(touchpoint.evidence)
        return tuple({one.id: one for one in (*named, *self._speaking[touchpoint.id])}.values())

    def opportunities_at(self, touchpoint: Touchpoint) -> tuple[Opportunity, ...]:
        """Those of the touchpoint and of its pain points; one of a stage stands where it begins."""
        found = [*self._opportunities[touchpoint.id]]
        for pain_point in touchpoint.pain_points:
            found += self._relieving[pain_point.id] if pain_point.id else []
        return tuple({id(one): one for one in found}.values())

    @cached_property
    def _channels(self) -> Mapping[str, str]:
        return {channel.id: channel.name for channel in self.journey_map.channels}

    @cached_property
    def _departments(self) -> Mapping[str, str]:
        return {department.id: department.name for department in self.journey_map.departments}

    @cached_property
    def _evidence(self) -> Mapping[str, Evidence]:
        return {one.id: one for one in self.journey_map.evidence}

    @cached_property
    def _speaking(self) -> Mapping[str, list[Evidence]]:
        found: dict[str, list[Evidence]] = defaultdict(list)
        for one in self.journey_map.evidence:
            for id_ in (*one.supports, *one.contradicts):
                found[id_].append(one)
        return found

    @cached_property
    def _opportunities(self) -> Mapping[str, list[Opportunity]]:
        stages = self.journey_map.stages
        begins = {stage.id: stage.touchpoints[0].id for stage in stages if stage.touchpoints}
        found: dict[str, list[Opportunity]] = defaultdict(list)
        for one in self.journey_map.opportunities:
            of_stages = [begins[id_] for id_ in one.stages if id_ in begins]
            for id_ in one.touchpoints or of_stages:
                found[id_].append(one)
        return found

    @cached_property
    def _relieving(self) -> Mapping[str, list[Opportunity]]:
        found: dict[str, list[Opportunity]] = defaultdict(list)
        for one in self.journey_map.opportunities:
            for id_ in one.pain_points:
                found[id_].append(one)
        return found


def _spaced(id_: str) -> str:
    return id_.replace("_", " ").replace("-", " ")
