"""CJML 2.0, the Customer Journey Modelling Language: a map as a planned journey, and back.

It holds the names, ids and order of the map, its stages, touchpoints and actors; who starts and who
receives a touchpoint, its channel, message, notes, feeling and emotion; what a stage is about; and
the scenario, context and status of the map. All else stays behind: personas, departments, rules,
evidence, pain points, expectations, flows, outcomes, and of one's own channels all but the names.
A touchpoint is a communication point where it has a receiver, channel or message, else an action;
the kind that this does not say stands in the category.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.cjml_reading import CjmlReading
from cjm_notebooks.maps.cjml_words import (
    ACTORS,
    CUSTOMER,
    PHASES,
    RECEIVER_LABEL,
    TOUCHPOINTS,
    channel_name,
    rating_of,
)
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.markup import added, attribute, local_name, named, parsed, text_in, written
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.people import Actor
from cjm_notebooks.maps.reading_errors import shown
from cjm_notebooks.maps.touchpoint import Touchpoint

MOST_PARTS = 2_000


def to_cjml(journey_map: JourneyMap) -> str:
    """The map as a CJML document with one planned journey.

    The rating of the experience is the emotion plus 3. A character that XML cannot hold becomes
    U+FFFD, and the later of two stages with the same id gets a new one.
    """
    root = Element("CJML", version="2.0")
    journey = added(root, "plannedJourney")
    added(journey, "journeyID", journey_map.id)
    added(journey, "journeyTitle", journey_map.name)
    phases = added(journey, "journeyPhases")
    phase_ids = list(_each_once(stage.id for stage in journey_map.stages))
    for id_, stage in zip(phase_ids, journey_map.stages, strict=True):
        phase = added(phases, "journeyPhase", phaseID=id_)
        added(phase, "phaseName", stage.name)
        added(phase, "phaseDescription", stage.description)
    _add(journey, "journeyShortSummary", journey_map.scenario)
    _add(journey, "journeyLongSummary", journey_map.context)
    added(journey, "journeyStatus", journey_map.status)
    actors = added(journey, "actors")
    for actor in {actor.id: actor for actor in reversed(journey_map.actors)}.values():
        actors.insert(0, _actor(actor))
    touchpoints = added(journey, "touchpoints")
    channels = {channel.id: channel.name for channel in journey_map.channels}
    for id_, stage in zip(phase_ids, journey_map.stages, strict=True):
        for touchpoint in stage.touchpoints:
            _add_touchpoint(touchpoints, touchpoint, id_, channels)
    return written(root)


def _each_once(ids: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    for id_ in ids:
        once = new_id(id_, taken) if id_ in taken else id_
        taken.add(once)
        yield once


def _add(inside: Element, tag: str, text: str) -> None:
    if text:
        added(inside, tag, text)


def _actor(actor: Actor) -> Element:
    is_customer = actor.role == CUSTOMER
    element = Element("endUser" if is_customer else "serviceProvider", actorID=actor.id)
    added(element, "actorName", actor.name)
    _add(element, "companyName", actor.company)
    if actor.role and not is_customer:
        added(element, "providerType", actor.role)
    return element


def _add_touchpoint(
    inside: Element, touchpoint: Touchpoint, phase_id: str, channels: Mapping[str, str]
) -> None:
    speaks = touchpoint.receiver or touchpoint.channel or touchpoint.message
    told = "communication" if speaks or touchpoint.kind == "communication" else "action"
    element = added(inside, f"planned{'Action' if told == 'action' else 'CommunicationPoint'}")
    added(element, "touchpointID", touchpoint.id)
    added(element, "belongsTo", phaseIDref=phase_id)
    _add_end(element, "initiator", touchpoint.initiator, touchpoint.name)
    if touchpoint.receiver:
        own = (touchpoint.model_extra or {}).get(RECEIVER_LABEL)
        label = own if isinstance(own, str) and own else touchpoint.name
        _add_end(element, "receiver", touchpoint.receiver, label)
    if channel := touchpoint.channel:
        in_cjml = channels.get(channel) or channel_name(channel)
        added(added(element, "channel"), "channelName", in_cjml)
    _add(element, "message", touchpoint.message)
    _add(element, "comment", touchpoint.notes)
    _add_experience(element, touchpoint)
    if touchpoint.kind != told:
        added(element, "category", touchpoint.kind)


def _add_end(element: Element, end: str, actor_id: str | None, label: str) -> None:
    part = added(element, end)
    if actor_id:
        added(part, "refersTo", actorIDref=actor_id)
    added(part, f"{end}Label", label)


def _add_experience(element: Element, touchpoint: Touchpoint) -> None:
    if touchpoint.feeling or touchpoint.emotion is not None:
        experience = added(element, "touchpointExperience")
        added(experience, "experienceDescription", touchpoint.feeling)
        if touchpoint.emotion is not None:
            added(experience, "experienceRating", rating_of(touchpoint.emotion))


def from_cjml(text: str, name: str = "the text") -> JourneyMap:
    """The map that a CJML document holds; messages call the text `name`.

    It is the first planned journey, else the first actual one, which is what one customer did; the
    XML of the swimlane generator is read too. A touchpoint without a phase stands where the one
    before it does. An id that is missing, taken or not one of ours is made anew.

    Raises  MapError when it is not XML, not CJML, or a rating is not one from 1 to 5
    """
    begun = text.lstrip("\ufeff \t\r\n").removeprefix("undefined")  # as the generator begins it
    root = parsed(begun.lstrip(), name)
    journey = _journey_in(root, name)
    if sum(1 for _ in named(journey, *PHASES, *ACTORS, *TOUCHPOINTS)) > MOST_PARTS:
        msg = (
            f"`{name}` has over {MOST_PARTS:,} phases, actors and touchpoints, which is more than "
            "a map can show. Is it a log? Read that as events."
        )
        raise MapError(msg)
    reading = CjmlReading(name, text_in(journey, "journeytitle") or text_in(journey, "journeyid"))
    for phase in named(journey, *PHASES):
        reading.begin(phase)
    declared = {id_: one for one in named(root, *ACTORS) if (id_ := attribute(one, "actorid"))}
    for actor in named(journey, *ACTORS):
        raw = attribute(actor, "actorid", "id", "actoridref")
        reading.meet(raw, declared.get(raw, actor))
    for touchpoint in named(journey, *TOUCHPOINTS):
        reading.take(touchpoint)
    return reading.journey_map(journey)


def _journey_in(root: Element, name: str) -> Element:
    for kind in ("plannedjourney", "actualjourney"):
        if (journey := next(named(root, kind), None)) is not None:
            return journey
    if local_name(root) == "cjml" and next(named(root, *TOUCHPOINTS), None) is not None:
        return root
    msg = (
        f"`{name}` begins with the element {shown(local_name(root))} and holds no journey. "
        "A CJML file is a `CJML` with a `plannedJourney` or an `actualJourney`."
    )
    raise MapError(msg)
