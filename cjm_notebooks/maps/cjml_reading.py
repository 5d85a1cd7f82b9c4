"""What a CJML document says, taken in element after element."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.cjml_words import (
    CUSTOMER,
    KINDS,
    RECEIVER_LABEL,
    STATUSES,
    common_channel,
    emotion_of,
    names_no_channel,
    role_called,
)
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.markup import attribute, local_name, named, text_in
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.people import Actor
from cjm_notebooks.maps.reading_errors import shown
from cjm_notebooks.maps.route import Channel
from cjm_notebooks.maps.stage import Stage
from cjm_notebooks.maps.touchpoint import Touchpoint
from cjm_notebooks.maps.vocabulary import CHANNELS

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


@dataclass
class CjmlReading:
    """What has been read so far; phases, actors and channels are found by what the file says."""

    called: str
    title: str
    stages: dict[str, Stage] = field(default_factory=dict)
    touchpoints: dict[str, list[Touchpoint]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    taken_by_actors: set[str] = field(default_factory=set)
    phase: str | None = None

    def begin(self, phase: Element) -> None:
        raw = attribute(phase, "phaseid", "id")
        name = text_in(phase, "phasename") or raw or "…"
        self._begin(raw or name, name, text_in(phase, "phasedescription"))

    def _begin(self, raw: str, name: str, description: str = "") -> None:
        if raw not in self.stages:
            id_ = _id(raw, name, "stage", self.taken)
            self.stages[raw] = Stage(id=id_, name=name, description=description)
            self.touchpoints[raw] = []

    def meet(self, raw: str, declared: Element) -> None:
        company = text_in(declared, "companyname")
        name = text_in(declared, "actorname") or company or raw or "…"
        role = CUSTOMER if local_name(declared) == "enduser" else None
        word = text_in(declared, "providertype") or text_in(declared, "actorrole")
        self._meet(raw or name, name, role or role_called(word), "" if company == name else company)

    def _meet(self, raw: str, name: str, role: str | None = None, company: str = "") -> None:
        if raw not in self.actors:
            id_ = _id(raw, name, "actor", self.taken_by_actors)
            fields = {"id": id_, "name": name, "role": role, "company": company}
            self.actors[raw] = Actor.model_validate(fields)

    def take(self, element: Element) -> None:
        said, heard = _label(element, "initiator"), _label(element, "receiver")
        message, raw = text_in(element, "message"), text_in(element, "touchpointid")
        raw = raw or attribute(element, "id")
        name = said or heard or message or raw or "…"
        fields = {
            "id": _id(raw, name, "touchpoint", self.taken),
            "name": name,
            "kind": _kind(element),
            "initiator": self._end(element, "initiator"),
            "receiver": self._end(element, "receiver"),
            "channel": self._channel(element),
            "message": message,
            "notes": text_in(element, "comment"),
            "feeling": text_in(element, "touchpointexperience", "experiencedescription"),
            "emotion": self._emotion(element, raw or name),
        }
        if heard and heard != name:
            fields[RECEIVER_LABEL] = heard
        touchpoint = Touchpoint.model_validate(fields)
        self.touchpoints[self._phase_of(element)].append(touchpoint)

    def _phase_of(self, element: Element) -> str:
        belongs = next(named(element, "belongsto"), element)
        raw = attribute(belongs, "phaseidref") or self.phase or next(iter(self.stages), "")
        self._begin(raw, raw or self.title or "Journey")
        self.phase = raw
        return raw

    def _end(self, element: Element, end: str) -> str | None:
        part = next(named(element, end), None)
        if part is None:
            return None
        raw = attribute(next(named(part, "refersto"), part), "actoridref") or text_in(part)
        by_name = (key for key, actor in self.actors.items() if actor.name == raw)
        raw = raw if raw in self.actors else next(by_name, raw)
        if not raw:
            return None
        self._meet(raw, raw)
        return self.actors[raw].id

    def _channel(self, element: Element) -> str | None:
        name = text_in(element, "channel", "channelname") or text_in(element, "channel")
        if names_no_channel(name):
            return None
        if common := common_channel(name):
            return common
        if name not in self.channels:
            taken = {*CHANNELS, *(channel.id for channel in self.channels.values())}
            self.channels[name] = Channel(id=new_id(name, taken, "channel"), name=name)
        return self.channels[name].id

    def _emotion(self, element: Element, place: str) -> float | None:
        rating = text_in(element, "touchpointexperience", "experiencerating")
        try:
            return emotion_of(rating)
        except ValueError as cause:
            msg = (
                f"The touchpoint {shown(place)} of `{self.called}` has the rating {shown(rating)}. "
                "Give a number from 1 (very bad) to 5 (very good)."
            )
            raise MapError(msg) from cause

    def journey_map(self, journey: Element) -> JourneyMap:
        status = text_in(journey, "journeystatus")
        title = self.title or "Journey"
        fields = {
            "id": _id(text_in(journey, "journeyid"), title, "journey", set()),
            "name": title,
            "scenario": text_in(journey, "journeyshortsummary"),
            "context": text_in(journey, "journeylongsummary"),
            "status": status if status in STATUSES else "draft",
            "actors": tuple(self.actors.values()),
            "channels": tuple(self.channels.values()),
            "stages": tuple(
                stage.model_copy(update={"touchpoints": tuple(self.touchpoints[raw])})
                for raw, stage in self.stages.items()
            ),
        }
        return JourneyMap.model_validate(fields)


def _id(raw: str, name: str, otherwise: str, taken: set[str]) -> str:
    id_ = raw if ID.fullmatch(raw) and raw not in taken else new_id(raw or name, taken, otherwise)
    taken.add(id_)
    return id_


def _label(element: Element, end: str) -> str:
    return text_in(element, end, f"{end}label") or text_in(element, f"{end}description")


def _kind(element: Element) -> str:
    category = text_in(element, "category").lower()
    if category in KINDS:
        return category
    written_kind = f"{local_name(element)} {attribute(element, 'type').lower()}"
    speaks = "communication" in written_kind or text_in(element, "receiver")
    return "communication" if speaks else "action"
