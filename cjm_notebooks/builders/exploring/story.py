"""What one customer did and said, told without who they are.

A story names the customer by a pseudonym of this exploration and counts the time from the first
thing they did: neither an id nor a date, nor the name of an event that the map does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from secrets import token_bytes
from typing import Literal

import numpy as np

from cjm_notebooks.builders.exploring.chosen import Chosen
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE, UNKNOWN_TIME
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND

Kind = Literal["touchpoint", "unmatched", "outcome", "answer"]


@dataclass(frozen=True)
class Moment:
    """One thing that happened; `wait_seconds` since the one before, None where no time is known."""

    kind: Kind
    journey: int | None = None
    name: str = ""
    stage: str = ""
    channel: str = ""
    question: str = ""
    score: float | None = None
    scale: tuple[float, float] | None = None
    wait_seconds: float | None = None


@dataclass(frozen=True)
class Story:
    """One customer: which of how many among the chosen, and their moments in order of time."""

    pseudonym: str
    place: int
    customers: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Stories:
    """Tells of single customers; the same one has the same pseudonym until the kernel ends."""

    _key: bytes = field(default_factory=lambda: token_bytes(32), repr=False)

    def tell(self, chosen: Chosen, place: int = 0) -> Story:
        """The customer at `place` among the chosen; after the last comes the first again.

        Raises  ParameterError when too few customers are chosen
        """
        if chosen.problem:
            raise ParameterError(str(chosen.problem))
        journeys = chosen.journeys
        customers = np.unique(journeys.journey_customer)
        at = place % len(customers)
        someone = int(customers[at])
        return Story(
            self.pseudonym(int(journeys.customer_codes[someone])),
            at,
            len(customers),
            tuple(_moments(journeys.part(someone, someone + 1))),
        )

    def pseudonym(self, code: int) -> str:
        """Four and four letters that nobody can lead back to the code without this key."""
        digest = blake2b(code.to_bytes(8, "big"), key=self._key, digest_size=4).hexdigest()
        return f"{digest[:4]}-{digest[4:]}"


Timed = tuple[int, Moment]


def _moments(one: Journeys) -> Iterator[Moment]:
    """In order of time; answers of unknown time come last."""
    found = [*_events(one), *_unmatched(one), *_outcomes(one), *_answers(one)]
    found.sort(key=lambda timed: (timed[0] == UNKNOWN_TIME, timed[0]))
    before: int | None = None
    for at, moment in found:
        known = at != UNKNOWN_TIME
        wait = (at - before) / MICROSECONDS_PER_SECOND if known and before is not None else None
        before = at if known else before
        yield replace(moment, wait_seconds=wait)


def _events(one: Journeys) -> Iterator[Timed]:
    names = _names_of_touchpoints(one.map)
    for at, place, journey in zip(one.at, one.touchpoint, one.journey, strict=True):
        name, stage, channel = names[place]
        yield int(at), Moment("touchpoint", int(journey) + 1, name, stage, channel)


def _unmatched(one: Journeys) -> Iterator[Timed]:
    for at in one.unmatched.at[~one.unmatched.is_outcome]:
        yield int(at), Moment("unmatched")


def _outcomes(one: Journeys) -> Iterator[Timed]:
    for journey in np.flatnonzero(one.outcome != NONE):
        name = one.map.outcomes[one.outcome[journey]].name
        yield int(one.outcome_at[journey]), Moment("outcome", int(journey) + 1, name)


def _answers(one: Journeys) -> Iterator[Timed]:
    answers, names = one.answers, [*_names_of_touchpoints(one.map), ("", "", "")]
    rows = zip(answers.at, answers.question, answers.touchpoint, answers.score, strict=True)
    for at, asked, place, score in rows:
        question, (name, stage, channel) = answers.questions[asked], names[place]
        said = Moment("answer", None, name, stage, channel, question.id, float(score))
        yield int(at), replace(said, scale=question.scale)


def _names_of_touchpoints(journey_map: JourneyMap) -> list[tuple[str, str, str]]:
    """Touchpoint, stage and channel, in map order."""
    channels = {channel.id: channel.name for channel in journey_map.channels}
    return [
        (place.name, stage.name, channels.get(place.channel or "", place.channel or ""))
        for stage in journey_map.stages
        for place in stage.touchpoints
    ]
