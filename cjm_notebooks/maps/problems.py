"""Where a map contradicts itself: ids used twice, references to nothing, circles, reversals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from cjm_notebooks.errors import did_you_mean
from cjm_notebooks.maps.claims import derived_basis, placed_touchpoints
from cjm_notebooks.maps.evidence import Evidence
from cjm_notebooks.maps.improvement import Opportunity
from cjm_notebooks.maps.reading_errors import shortened
from cjm_notebooks.maps.rules import Rule
from cjm_notebooks.maps.settings import DataWindow
from cjm_notebooks.maps.touchpoint import Expectation, PainPoint
from cjm_notebooks.maps.vocabulary import CHANNELS, DEPARTMENTS
from cjm_notebooks.maps.walking import parts_in, references_in

if TYPE_CHECKING:
    from cjm_notebooks.maps.journey_map import JourneyMap

SHARE_IDS = {"Stage", "Touchpoint", "Outcome"}
PERIODS: Mapping[type, tuple[str, str]] = {
    DataWindow: ("start", "end"),
    Evidence: ("collected_from", "collected_to"),
    Opportunity: ("start", "end"),
    PainPoint: ("first_seen", "last_seen"),
}
RANK = ("assumption", "mixed", "research")


@dataclass(frozen=True)
class Problem:
    """One contradiction: the place, the value there, what is wrong with it, and the cure."""

    place: str
    value: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"`{self.place}` is `{self.value}`. {self.what} {self.cure}"


def problems_of(journey_map: JourneyMap) -> tuple[Problem, ...]:
    return (
        *_ids_used_twice(journey_map),
        *_references_to_nothing(journey_map),
        *_circles(journey_map),
        *_reversed_periods(journey_map),
        *_reversed_scales(journey_map),
        *_basis_without_evidence(journey_map),
    )


def _ids_used_twice(journey_map: JourneyMap) -> Iterator[Problem]:
    first_place: dict[tuple[str, str], str] = {}
    for place, id_, kind in _ids(journey_map):
        first = first_place.setdefault(("" if kind in SHARE_IDS else kind, id_), place)
        if first != place:
            what = f"`{first}` has the same id."
            yield Problem(place, id_, what, "Give one of the two another id.")
    for place, touchpoint in placed_touchpoints(journey_map):
        for number, question in enumerate(touchpoint.questions):
            here = f"{place}.questions[{number}]"
            first = first_place.setdefault(("question", question), here)
            if first != here:
                what = f"`{first}` names the same question, so its answers have two places."
                yield Problem(here, shortened(question), what, "Name it at one touchpoint.")


def _ids(journey_map: JourneyMap) -> Iterator[tuple[str, str, str]]:
    """Place, id and kind of every part that has an id, the map itself left out."""
    for place, part in parts_in(journey_map):
        id_ = getattr(part, "id", None)
        if place and id_ is not None:
            yield f"{place}.id", id_, type(part).__name__


def _references_to_nothing(journey_map: JourneyMap) -> Iterator[Problem]:
    known: dict[str, dict[str, None]] = defaultdict(dict)
    known["Channel"].update(dict.fromkeys(CHANNELS))
    known["Department"].update(dict.fromkeys(DEPARTMENTS))
    known["Rule"].update(dict.fromkeys(_rules(journey_map)))
    for _, id_, kind in _ids(journey_map):
        known[kind][id_] = known["Part"][id_] = None
    nearest = cache(lambda id_, kind: did_you_mean(id_, known[kind]))
    for reference in references_in(journey_map):
        id_, kind = reference.id, reference.kind
        if id_ not in known[kind]:
            what = f"No {_in_words(kind)} has that id."
            yield Problem(reference.place, id_, what, nearest(id_, kind))


def _in_words(kind: str) -> str:
    words = {"Kpi": "KPI", "Rule": "touchpoint or outcome with a `match`", "Part": "part"}
    return words.get(kind) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()


def _rules(journey_map: JourneyMap) -> dict[str, Rule]:
    matched = [(touchpoint.id, touchpoint.match) for touchpoint in journey_map.touchpoints]
    reached = [(outcome.id, outcome.match) for outcome in journey_map.outcomes]
    return {id_: rule for id_, rule in matched + reached if rule}


def _circles(journey_map: JourneyMap) -> Iterator[Problem]:
    rules = _rules(journey_map).items()
    if circle := _circle({id_: (*rule.after, *rule.before) for id_, rule in rules}):
        place = next(place for place, id_, _ in _ids(journey_map) if circle.startswith(f"{id_} "))
        what = "Each of these rules waits for the next through `after` or `before`."
        cure = "Take one of the references out."
        yield Problem(f"{place.removesuffix('.id')}.match", circle, what, cure)
    flows: dict[str, list[str]] = defaultdict(list)
    for flow in journey_map.flows:
        if flow.kind != "loop":
            flows[flow.from_].append(flow.to)
    if circle := _circle(flows):
        what = "These flows lead in a circle."
        yield Problem("flows", circle, what, "Make the one that leads back of kind `loop`.")
    wholes = {persona.id: persona.part_of for persona in journey_map.personas}
    if circle := _circle({part: [whole] for part, whole in wholes.items() if whole}):
        what = "Each of these personas is part of the next."
        yield Problem("personas", circle, what, "Take one `part_of` out.")
    if journey_map.supersedes == journey_map.id:
        what = "A map cannot replace itself."
        yield Problem("supersedes", journey_map.id, what, "Name the map that was there before.")


def _circle(following: Mapping[str, Iterable[str]]) -> str:
    """`a -> b -> a`, or nothing when no way leads back to where it began."""
    try:
        TopologicalSorter(following).prepare()
    except CycleError as error:
        return " -> ".join(reversed(error.args[1]))
    return ""


def _reversed_periods(journey_map: JourneyMap) -> Iterator[Problem]:
    for place, part in parts_in(journey_map):
        if type(part) not in PERIODS:
            continue
        first, last = PERIODS[type(part)]
        begins, ends = getattr(part, first), getattr(part, last)
        if begins and ends and ends < begins:
            what = f"That is before `{first}`, {begins}."
            yield Problem(f"{place}.{last}", str(ends), what, "Exchange the two days.")
    created, reviewed = journey_map.created, journey_map.last_reviewed
    if created and reviewed and reviewed < created:
        what = f"That is before `created`, {created}."
        yield Problem("last_reviewed", str(reviewed), what, "Correct one of the two days.")


def _reversed_scales(journey_map: JourneyMap) -> Iterator[Problem]:
    for place, part in parts_in(journey_map):
        if not isinstance(part, Expectation):
            continue
        low, value, high = part.scale_min, part.value, part.scale_max
        if low is not None and high is not None and high <= low:
            what = f"The scale begins at {low:g}."
            yield Problem(f"{place}.scale_max", f"{high:g}", what, "Give a number above that.")
        elif value is not None and not (
            (low is None or low <= value) and (high is None or value <= high)
        ):
            what = "That lies outside its scale."
            cure = "Correct the value or the scale."
            yield Problem(f"{place}.value", f"{value:g}", what, cure)


def _basis_without_evidence(journey_map: JourneyMap) -> Iterator[Problem]:
    derived, stated = derived_basis(journey_map), journey_map.basis
    if stated is not None and RANK.index(stated) > RANK.index(derived):
        what = f"The evidence that its claims name makes it `{derived}`."
        yield Problem("basis", stated, what, "Link research to the claims, or lower the basis.")
