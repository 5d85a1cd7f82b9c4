"""From a stated journey to tables, maps and the truth: what all generators have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cjm_notebooks.events import Question
from cjm_notebooks.teaching.asking import Ask, answered
from cjm_notebooks.teaching.defects import maps_of
from cjm_notebooks.teaching.draws import Draws
from cjm_notebooks.teaching.generators import Generated, Generator, require
from cjm_notebooks.teaching.tables import customers_of, events_of, feedback_of
from cjm_notebooks.teaching.truth import Fact, Truth
from cjm_notebooks.teaching.walking import (
    Segment,
    Step,
    Strewn,
    drawn,
    marks_of,
    starts,
    values_of,
    walked,
)

Segments = Mapping[str, Segment]
WAKING = (1, 1, 0, 0, 0, 1, 2, 4, 5, 5, 5, 5, 6, 6, 5, 5, 6, 7, 9, 11, 12, 10, 6, 3)


@dataclass(frozen=True)
class Plan:
    """One journey, stated.

    Customers come in the first `weeks` from `begins`, by `hours` of the day, and are followed for
    `followed_weeks` more. `segments` stand in the table of customers, `hidden` ones decide
    something too and stand nowhere. `strewn` events happen beside those of the steps.
    """

    generator: str
    begins: date
    weeks: int
    followed_weeks: int
    segments: Segments
    steps: tuple[Step, ...]
    asks: tuple[Ask, ...]
    questions: tuple[Question, ...]
    hidden: Segments = field(default_factory=dict)
    hours: tuple[int, ...] = WAKING
    strewn: Strewn | None = None
    facts: tuple[Fact, ...] = ()


def generated(generator: Generator, plan: Plan, customers: int, seed: int) -> Generated:
    """Walk so many customers through the plan.

    Raises  ParameterError when so many cannot be generated, or the seed is none
    """
    require(generator, customers, seed)
    draws = Draws(plan.generator, seed, customers)
    segments = {**plan.segments, **plan.hidden}
    places = drawn(draws, segments)
    start = starts(draws, 7 * plan.weeks, plan.hours)
    walk = walked(draws, start, marks_of(places, segments), plan.steps)
    if plan.strewn is not None:
        walk.strew(plan.strewn)
    answers = answered(walk, plan.asks)
    known = {name: (values_of(of), places[name]) for name, of in plan.segments.items()}
    maps = maps_of(plan.generator)
    return Generated(
        events=events_of(walk, plan.begins),
        feedback=feedback_of(answers, plan.questions, customers, plan.begins),
        customers=customers_of(known, customers),
        as_of=plan.begins + timedelta(weeks=plan.weeks + plan.followed_weeks),
        right_map=maps.right,
        draft_map=maps.draft,
        truth=Truth(
            generator=plan.generator,
            seed=seed,
            customers=customers,
            facts=plan.facts,
            defects=maps.defects,
        ),
    )
