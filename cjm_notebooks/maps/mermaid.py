"""Mermaid's `journey` diagrams: what of a map they can show, and what a map can take from them.

They show the names of the map, its stages and touchpoints, how each touchpoint feels, and the
actors who start and receive it. Mermaid has no ids, no half scores and no missing ones, and a name
cannot hold `:`, `;`, `#` or a line end. What a line cannot say stands in a comment before it, so
that our own diagrams give back ids, names and emotions exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor

from pydantic import JsonValue

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.part import Named
from cjm_notebooks.maps.people import Actor
from cjm_notebooks.maps.reading_errors import shown
from cjm_notebooks.maps.stage import Stage
from cjm_notebooks.maps.touchpoint import Touchpoint

NEUTRAL = 3
LOOKALIKES = str.maketrans({":": "：", ";": "；", "#": "＃", "%": "％"})
WORD_JOINER = "\u2060"
KEYWORD = re.compile(r"(journey|title|section|acctitle|accdescr)\b", re.IGNORECASE)
NOT_PRINTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
COMMENT = re.compile(r"%%\s*id=(?P<id>\S+)\s*(?P<facts>\{.*\})?$")
TITLE = re.compile(r"title\s+(.*)$", re.IGNORECASE)
SECTION = re.compile(r"section\s+(.*)$", re.IGNORECASE)
TASK = re.compile(r"(?P<name>[^:]+):(?P<score>[^:]*)(?::(?P<actors>.*))?$")
IGNORED = re.compile(r"%%|#|acctitle\b|accdescr\b|$", re.IGNORECASE)
BLOCK = re.compile(r"\A---\n.*?\n---$|^\s*accDescr\s*\{[^}]*\}", re.IGNORECASE | re.M | re.S)


def to_mermaid(journey_map: JourneyMap) -> str:
    """The map as the text of a `journey` diagram.

    The score is the emotion plus 3, rounded; without an emotion it is 3.
    """
    actors = {actor.id: _drawn(actor.name).replace(",", "，") for actor in journey_map.actors}
    lines = ["journey", f"  {_comment(journey_map)}", f"  title {_drawn(journey_map.name)}"]
    for stage in journey_map.stages:
        lines += [f"  {_comment(stage)}", f"  section {_drawn(stage.name)}"]
        for touchpoint in stage.touchpoints:
            lines += [f"    {_comment(touchpoint)}", f"    {_task(touchpoint, actors)}"]
    return "\n".join(lines) + "\n"


def _comment(part: Named) -> str:
    """The id, and as JSON whatever the line after it cannot say."""
    facts: dict[str, JsonValue] = {}
    if _drawn(part.name) != part.name:
        facts["name"] = part.name
    if isinstance(part, Touchpoint) and part.emotion != _score(part.emotion) - NEUTRAL:
        facts["emotion"] = part.emotion
    exactly = json.dumps(facts, ensure_ascii=False).replace("%", r"\u0025") if facts else ""
    return f"%% id={part.id} {exactly}".rstrip()


def _task(touchpoint: Touchpoint, actors: Mapping[str, str]) -> str:
    ends = (touchpoint.initiator, touchpoint.receiver)
    present = ", ".join(actors.get(end, end) for end in ends if end)
    task = f"{_drawn(touchpoint.name)}: {_score(touchpoint.emotion)}"
    return f"{task}: {present}" if present else task


def _drawn(name: str) -> str:
    plain = NOT_PRINTED.sub(" ", name).strip().translate(LOOKALIKES)
    return f"{WORD_JOINER}{plain}" if KEYWORD.match(plain) else plain or "…"


def _score(emotion: float | None) -> int:
    return NEUTRAL if emotion is None else floor(emotion + NEUTRAL + 0.5)


def from_mermaid(text: str, name: str = "the text") -> JourneyMap:
    """The map that a `journey` diagram shows; messages call the text `name`.

    Actors become the map's actors, the first of a task starting it and the second receiving it.
    Styling, accessible titles and comments of others are left out.

    Raises  MapError with the number of the line that cannot be read
    """
    blanked = BLOCK.sub(lambda block: "\n" * block[0].count("\n"), text.lstrip("\ufeff"))
    lines = [(number, line.strip()) for number, line in enumerate(blanked.split("\n"), 1)]
    said = [
        (number, line) for number, line in lines if COMMENT.match(line) or not IGNORED.match(line)
    ]
    first = said[0][1] if said else ""
    if first != "journey":
        msg = f"`{name}` begins with {shown(first)}. A journey diagram begins with `journey`."
        raise MapError(msg)
    diagram = _Diagram(name)
    for number, line in said[1:]:
        diagram.take(line, number)
    return diagram.journey_map()


@dataclass
class _Diagram:
    """What has been read so far."""

    called: str
    map_id: str = "journey"
    title: str = "Journey"
    stages: list[Stage] = field(default_factory=list)
    touchpoints: list[list[Touchpoint]] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    comment: re.Match[str] | None = None

    def take(self, line: str, number: int) -> None:
        if comment := COMMENT.match(line):
            self.comment = comment
            return
        facts = self._facts(number)
        if title := TITLE.match(line):
            self.title = _name(title[1], facts)
            self.map_id = self._id(self.title, "journey", set())
        elif section := SECTION.match(line):
            self._begin(_name(section[1], facts))
        elif task := TASK.match(line):
            self._add(task, facts, number)
        else:
            msg = (
                f"Line {number} of `{self.called}` is {shown(line)}. "
                "Write a task as `Task name: 3: Actor`, with a score from 1 to 5."
            )
            raise MapError(msg)
        self.comment = None

    def _facts(self, number: int) -> Mapping[str, JsonValue]:
        written = self.comment and self.comment["facts"]
        try:
            facts = json.loads(written) if written else {}
        except (ValueError, RecursionError) as cause:
            msg = (
                f"The comment before line {number} of `{self.called}` holds {shown(written)}, "
                "which is not JSON. Correct it or delete the comment."
            )
            raise MapError(msg) from cause
        return facts if isinstance(facts, dict) else {}

    def _id(self, name: str, otherwise: str, taken: set[str]) -> str:
        given = self.comment["id"] if self.comment else None
        id_ = given if given and given not in taken else new_id(name, taken, otherwise)
        taken.add(id_)
        return id_

    def _begin(self, name: str) -> None:
        self.stages.append(Stage(id=self._id(name, "stage", self.taken), name=name))
        self.touchpoints.append([])

    def _add(self, task: re.Match[str], facts: Mapping[str, JsonValue], number: int) -> None:
        name = _name(task["name"], facts)
        touchpoint_id = self._id(name, "touchpoint", self.taken)
        if not self.stages:
            self.comment = None
            self._begin(self.title)
        listed = [actor.strip() for actor in (task["actors"] or "").split(",")]
        actors = [self._actor(actor) for actor in listed if actor]
        self.touchpoints[-1].append(
            Touchpoint(
                id=touchpoint_id,
                name=name,
                emotion=self._emotion(task["score"].strip(), facts, number),
                initiator=actors[0] if actors else None,
                receiver=actors[1] if len(actors) > 1 else None,
            )
        )

    def _actor(self, name: str) -> str:
        if name not in self.actors:
            taken = {actor.id for actor in self.actors.values()}
            self.actors[name] = Actor(id=new_id(name, taken, "actor"), name=name)
        return self.actors[name].id

    def _emotion(self, score: str, facts: Mapping[str, JsonValue], number: int) -> float | None:
        exactly = facts.get("emotion", False)
        if exactly is None and score == str(NEUTRAL):
            return None
        if isinstance(exactly, float) and -2 <= exactly <= 2 and score == str(_score(exactly)):
            return exactly
        if not score:
            return None
        if not re.fullmatch(r"\d+(\.\d+)?", score) or not 1 <= float(score) <= 5:
            msg = (
                f"Line {number} of `{self.called}` has the score {shown(score)}. "
                "Give a number from 1 (very bad) to 5 (very good)."
            )
            raise MapError(msg)
        return float(score) - NEUTRAL

    def journey_map(self) -> JourneyMap:
        filled = [
            stage.model_copy(update={"touchpoints": tuple(touchpoints)})
            for stage, touchpoints in zip(self.stages, self.touchpoints, strict=True)
        ]
        return JourneyMap(
            id=self.map_id,
            name=self.title,
            actors=tuple(self.actors.values()),
            stages=tuple(filled),
        )


def _name(drawn: str, facts: Mapping[str, JsonValue]) -> str:
    """The exact name from the comment, unless somebody has since changed the line."""
    exactly = facts.get("name")
    plain = drawn.strip()
    if isinstance(exactly, str) and _drawn(exactly) == plain:
        return exactly
    return plain.removeprefix(WORD_JOINER) or "…"
