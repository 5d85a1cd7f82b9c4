"""What people said, word for word: as the evidence of the map quotes them, and beside scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cjm_notebooks.builders.exploring.chosen import Chosen
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.journeys.quoting import commented, days
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.evidence import Evidence
from cjm_notebooks.privacy.personal import find, mask_start

SHOWN = 20
LONGEST = 10_000


@dataclass(frozen=True)
class Voice:
    """One quote: where it comes from, how many people that rests on, and how strong it is."""

    quote: str
    source: str
    n: int | None
    strength: str | None
    contradicts: bool


def voices(journey_map: JourneyMap, place: str | None) -> tuple[Voice, ...]:
    """The quotes about a stage or touchpoint, or all, strongest evidence first.

    Whoever did not agree is not quoted, nor is anything that holds personal data.
    """
    places = _places(journey_map, place)
    named = set(_evidence_of(journey_map, places))
    told = [
        evidence
        for evidence in journey_map.evidence
        if _may_be_shown(evidence)
        and (place is None or evidence.id in named or places & {*_about(evidence)})
    ]
    told.sort(key=lambda evidence: evidence.strength or "E")
    return tuple(
        Voice(
            evidence.quote,
            evidence.name or evidence.source or evidence.id,
            evidence.n,
            evidence.strength,
            contradicts=bool(places & set(evidence.contradicts)),
        )
        for evidence in told
    )


@dataclass(frozen=True)
class Comment:
    """What somebody said beside a score, personal data masked; `letters` long before it was cut.

    `touchpoint` is a name of the map, empty for the journey as a whole; `day` is in ISO 8601 and
    empty where it is not known.
    """

    said: str
    letters: int
    touchpoint: str
    question: str
    score: float
    scale: tuple[float, float]
    day: str


@dataclass(frozen=True)
class Comments:
    """How many comments there are, how many customers wrote them, and the newest ones."""

    comments: int
    customers: int
    newest: tuple[Comment, ...]


def comments(chosen: Chosen, shown: int = SHOWN) -> Comments:
    """What the chosen customers said about the chosen place, or about anything.

    The newest come first, in the order of `verbatims`, and at most `LONGEST` letters of each.

    Raises  ParameterError when too few customers are chosen
    """
    if chosen.problem:
        raise ParameterError(str(chosen.problem))
    journeys = chosen.journeys
    rows, answers = commented(journeys, chosen.choice.place), journeys.answers
    return Comments(
        len(rows),
        len(np.unique(answers.customer[rows])),
        tuple(_newest(journeys, rows[:shown])),
    )


def _newest(journeys: Journeys, rows: np.ndarray) -> Iterator[Comment]:
    answers = journeys.answers
    names = [*(touchpoint.name for touchpoint in journeys.map.touchpoints), ""]
    texts, when = answers.said(rows), days(answers.at[rows])
    for row, text, day in zip(rows, texts, when, strict=True):
        question = answers.questions[answers.question[row]]
        yield Comment(
            mask_start(text, LONGEST),
            len(text),
            names[answers.touchpoint[row]],
            question.id,
            float(answers.score[row]),
            question.scale,
            "" if np.isnat(day) else str(day),
        )


def _places(journey_map: JourneyMap, place: str | None) -> set[str]:
    """The place, and the touchpoints in it."""
    inside = [
        touchpoint.id
        for stage in journey_map.stages
        if stage.id == place
        for touchpoint in stage.touchpoints
    ]
    return {place, *inside} if place else set()


def _about(evidence: Evidence) -> Iterator[str]:
    yield from (*evidence.supports, *evidence.contradicts)


def _evidence_of(journey_map: JourneyMap, places: set[str]) -> Iterator[str]:
    for touchpoint in journey_map.touchpoints:
        if touchpoint.id in places:
            yield from touchpoint.evidence
            claims = (touchpoint.expectation, touchpoint.moment_of_truth, *touchpoint.pain_points)
            yield from (id_ for claim in claims if claim for id_ in claim.evidence)


def _may_be_shown(evidence: Evidence) -> bool:
    return (
        bool(evidence.quote.strip())
        and evidence.consent is not False
        and not evidence.pii
        and not find([evidence.quote], "quote")
    )
