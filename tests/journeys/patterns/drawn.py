"""Patterns over the shop of the tests, and what they mean said once more, slowly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from hypothesis import strategies as st

from cjm_notebooks import Journeys
from cjm_notebooks.journeys.patterns import (
    ANY,
    GAP,
    At,
    Bound,
    Either,
    Element,
    Pattern,
    Repeat,
)
from cjm_notebooks.journeys.patterns import Sequence as InOrder
from tests.journeys import MICROSECONDS_PER_DAY

TOUCHPOINTS = ("home", "product", "cart", "pay", "help")
OUTCOMES = ("paid", "cancelled")
STAGES = {"browse": ("home", "product"), "support": ("help",)}
DAY = timedelta(days=1)

names = st.sampled_from((*TOUCHPOINTS[:3], *OUTCOMES, *STAGES))
lengths = st.integers(0, 3).map(DAY.__mul__)
bounds = st.none() | st.builds(Bound, st.sampled_from(("<=", ">", ">=")), lengths)
single = (
    st.just(ANY)
    | names.map(lambda name: At((name,)))
    | st.builds(At, st.lists(names, min_size=1, max_size=2).map(tuple), st.booleans())
)


def wider(parts: st.SearchStrategy[Element], bounded: bool) -> st.SearchStrategy[Element]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    between = st.tuples(bounds, bounds) if bounded else st.just((None, None))
    return (
        st.builds(lambda of, limits: InOrder(of, limits[: len(of) - 1]), some, between)
        | st.builds(Either, some)
        | st.builds(Repeat, parts, st.integers(0, 2), st.none() | st.integers(2, 3))
    )


def drawn_patterns(bounded: bool) -> st.SearchStrategy[Pattern]:
    return st.builds(
        Pattern,
        st.recursive(single | st.just(GAP), partial(wider, bounded=bounded), max_leaves=6),
        st.booleans(),
        st.booleans(),
        st.none() | lengths if bounded else st.none(),
    )


patterns = drawn_patterns(bounded=True)
patterns_without_times = drawn_patterns(bounded=False)

Event = tuple[str, float]  # name and day
Limits = tuple[Bound, ...]


def takes(element: At, name: str) -> bool:
    named = {place for one in element.names for place in STAGES.get(one, (one,))}
    return name in TOUCHPOINTS and name not in named if element.excluded else name in named


def meets(limits: Limits, days: float) -> bool:
    compared = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}
    return all(compared[one.sign](days, one.length / DAY) for one in limits)


def endings_of(
    element: Element, events: Sequence[Event], place: int, limits: Limits
) -> Iterator[tuple[int, Limits]]:
    """Where the element can end that begins at `place`, with the bounds on the next step.

    `limits` bound the step to `place`, unless the match begins there.
    """
    if isinstance(element, At):
        if place < len(events) and takes(element, events[place][0]):
            days = events[place][1] - events[place - 1][1]
            if place == 0 or meets(limits, days):
                yield place + 1, ()
    elif isinstance(element, Either):
        for part in element.parts:
            yield from endings_of(part, events, place, limits)
    elif isinstance(element, Repeat):
        yield from rounds_of(element, events, place, limits)
    else:
        reached = {(place, limits)}
        for bound, part in zip((None, *element.bounds), element.parts, strict=True):
            onward = {(end, (*before, bound) if bound else before) for end, before in reached}
            reached = {found for now in onward for found in endings_of(part, events, *now)}
        yield from reached


def rounds_of(
    element: Repeat, events: Sequence[Event], place: int, limits: Limits
) -> Iterator[tuple[int, Limits]]:
    """A round without an event is none; where the part may be left out, so may all rounds."""
    found = list(endings_of(element.part, events, place, limits))
    left_out = [(end, after) for end, after in found if end == place]
    yield from [(place, limits)] if element.least == 0 else left_out
    least = 1 if left_out else max(element.least, 1)
    reached, rounds = {(place, limits)}, 0
    while reached and rounds != element.most:
        rounds += 1
        reached = {
            (end, after)
            for begin, before in reached
            for end, after in endings_of(element.part, events, begin, before)
            if end > begin
        }
        if rounds >= least:
            yield from reached


def first_match(pattern: Pattern, events: Sequence[Event], is_open: bool) -> tuple[int, int] | None:
    """Its first and last event: the earliest end, and the latest beginning of those."""
    for last in range(len(events)):
        if pattern.to_end and (is_open or last < len(events) - 1):
            continue
        for first in range(last, -1, -1):
            if pattern.from_start and first:
                continue
            within = pattern.within
            if within is not None and events[last][1] - events[first][1] > within / DAY:
                continue
            ends = endings_of(pattern.element, events[first:], 0, ())
            if any(end == last - first + 1 for end, _ in ends):
                return first, last
    return None


def events_of(journeys: Journeys) -> Iterator[list[Event]]:
    """Each journey up to its outcome, and the outcome."""
    day = MICROSECONDS_PER_DAY
    for journey in range(journeys.n_journeys):
        outcome = int(journeys.outcome[journey])
        last = journeys.outcome_at[journey] if outcome >= 0 else journeys.end_of_data
        its = slice(journeys.starts[journey], journeys.starts[journey + 1])
        seen = zip(journeys.touchpoint[its], journeys.at[its], strict=True)
        events = [(TOUCHPOINTS[place], at / day) for place, at in seen if at <= last]
        yield events + [(OUTCOMES[outcome], last / day)] * (outcome >= 0)
