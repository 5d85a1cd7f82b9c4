"""The webshop with its touchpoints in a list, and its map sorted by who owns them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cjm_notebooks.maps import JourneyMap, Stage, Touchpoint
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.generators.webshop import Webshop


@dataclass(frozen=True)
class Unstaged(Webshop):
    """The same webshop; its draft map is all touchpoints from A to Z in one stage."""

    def generate(self, customers: int, seed: int) -> Generated:
        given = super().generate(customers, seed)
        return replace(given, draft_map=as_list(given.right_map))


def as_list(right: JourneyMap) -> JourneyMap:
    """One stage with every touchpoint and its rule, by id, and nothing of what is known of them."""
    touchpoints = tuple(
        Touchpoint(
            id=one.id,
            name=one.name,
            channel=one.channel,
            department=one.department,
            match=one.match,
        )
        for one in sorted(right.touchpoints, key=lambda one: one.id)
    )
    everything = Stage(id="everything", name="Everything", touchpoints=touchpoints)
    return JourneyMap(
        id="list",
        name="Household goods by parcel, as a list",
        departments=right.departments,
        channels=right.channels,
        stages=(everything,),
        outcomes=right.outcomes,
    )


def by_department(right: JourneyMap) -> JourneyMap:
    """The same touchpoints, a stage for each department that owns any."""
    owners = [one.department or "nobody" for one in right.touchpoints]
    stages = tuple(
        Stage(
            id=owner,
            name=owner,
            touchpoints=tuple(
                one
                for one, owned_by in zip(right.touchpoints, owners, strict=True)
                if owned_by == owner
            ),
        )
        for owner in dict.fromkeys(owners)
    )
    return right.model_copy(update={"stages": stages})
