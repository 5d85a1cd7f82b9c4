"""A first map from recorded events, for people to correct."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Events
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.ledger import open_table, workspace
from cjm_notebooks.maps import Condition, Hypothesis, JourneyMap, Rule, Stage, Touchpoint
from cjm_notebooks.maps.naming import new_id

WORD_BORDERS = re.compile(r"[\s_\-.:/|]+|(?<=[a-z0-9])(?=[A-Z])")
CLEARLY_LONGER = 3.0
DECIMALS = 9
SHORTEST_GAP = 1_000_000
NAMES = """
    WITH placed AS (
        SELECT id, name,
            row_number() OVER in_order - 1 AS place,
            count(*) OVER (PARTITION BY id) AS events,
            utc - min(utc) OVER (PARTITION BY id) AS elapsed
        FROM ({events})
        WINDOW in_order AS (PARTITION BY id ORDER BY {order})
    ), first_ones AS (
        SELECT name, id, min(place) / greatest(any_value(events) - 1, 1) AS position,
            min(elapsed) AS elapsed
        FROM placed GROUP BY name, id
    )
    SELECT name, count(*) / (SELECT count(DISTINCT id) FROM placed) AS share,
        round(avg(position), {decimals}) AS position,
        quantile_disc(elapsed, 0.5) AS elapsed
    FROM first_ones GROUP BY name ORDER BY position, elapsed, name
"""


@dataclass(frozen=True)
class _Seen:
    """One event name: the share of customers with it, its position in their events and its time.

    `position` is 0 for what comes first and 1 for what comes last, `elapsed` counts microseconds
    from a customer's first event.
    """

    name: str | int | float | bool
    share: float
    position: float
    elapsed: int


def draft(
    events: Events, *, name: str, smallest_share: float = 0.01, most_stages: int = 7
) -> JourneyMap:
    """A map drafted from `events`: a touchpoint for each event name, in stages.

    Touchpoints stand in the order of the mean position at which customers first came there. Their
    time is the median time after a customer's first event. A stage ends where the time to the next
    touchpoint is clearly longer than elsewhere: all such gaps in order of length, there is a place
    where one is at least three times the one before, and the gaps from the widest such place
    upwards divide the stages, the longest first up to `most_stages`. Without such a place there is
    one stage. Names of fewer than `smallest_share` of the customers get no touchpoint and stand in
    the map's `context`.

    Raises  SourceError when the events cannot be read or none has a customer, a time and a name
            ParameterError when `smallest_share` or `most_stages` cannot be used
    """
    if not 0 <= smallest_share < 1:
        msg = f"`smallest_share` is {smallest_share}. Give a share of customers from 0 to below 1."
        raise ParameterError(msg)
    if most_stages < 1:
        msg = f"`most_stages` is {most_stages}. Give 1 or more."
        raise ParameterError(msg)
    seen = _seen(events)
    common = [one for one in seen if one.share >= smallest_share]
    rare = sorted(f"`{one.name}`" for one in seen if one.share < smallest_share)
    left_out = (
        f"Fewer than {100 * smallest_share:.3g} % of the customers had these events, which no "
        f"touchpoint claims: {', '.join(rare)}."
    )
    return JourneyMap(
        id=new_id(name),
        name=name,
        status="draft",
        basis="assumption",
        context=left_out if rare else "",
        stages=_stages(common, most_stages),
        hypotheses=(
            Hypothesis(
                id="drafted-stages",
                statement="Customers come through these touchpoints in this order, and a new stage "
                "begins where they take their time.",
                prior="Drafted from the order and the times of recorded events.",
            ),
        ),
    )


def _seen(events: Events) -> list[_Seen]:
    with workspace() as connection:
        ledger = open_table(connection, events.table, "events")
        customer = ledger.id_text(events.customer, "customer")
        event = ledger.column(events.event, "event")
        order = ["utc", "row"]
        if events.sequence is not None:
            order.insert(1, ledger.column(events.sequence, "sequence"))
        usable = (
            f"SELECT *, {customer} AS id, {event} AS name, "
            f"{times(ledger, events.clock).utc} AS utc FROM {ledger.view} "
            "WHERE id IS NOT NULL AND name IS NOT NULL AND utc IS NOT NULL"
        )
        query = NAMES.format(events=usable, order=", ".join(order), decimals=DECIMALS)
        rows = connection.execute(query).fetchall()
    if not rows:
        msg = f"No row of `{ledger.called}` has a customer, a time that can be read and a name."
        raise SourceError(msg)
    return [_Seen(_plain(name), *numbers) for name, *numbers in rows]


def _plain(name: object) -> str | int | float | bool:
    return name if isinstance(name, (str, int, float)) else str(name)


def _stages(seen: Sequence[_Seen], most_stages: int) -> tuple[Stage, ...]:
    taken: set[str] = set()
    stages = []
    for group in _grouped(seen, most_stages):
        touchpoints = tuple(_touchpoint(one, taken) for one in group)
        first, last = touchpoints[0].name, touchpoints[-1].name
        name = first if len(touchpoints) == 1 else f"{first} to {last[0].lower()}{last[1:]}"
        id_ = new_id(f"stage {name}", taken)
        taken.add(id_)
        stages.append(Stage(id=id_, name=name, touchpoints=touchpoints))
    return tuple(stages)


def _grouped(seen: Sequence[_Seen], most_stages: int) -> list[Sequence[_Seen]]:
    gaps = [max(after.elapsed - before.elapsed, SHORTEST_GAP) for before, after in pairwise(seen)]
    shortest = _shortest_long_gap(gaps)
    long_ones = [place for place, gap in enumerate(gaps) if gap >= shortest]
    longest = sorted(long_ones, key=lambda place: gaps[place], reverse=True)
    ends = sorted(place + 1 for place in longest[: most_stages - 1])
    return [
        seen[start:end]
        for start, end in zip([0, *ends], [*ends, len(seen)], strict=True)
        if start < end
    ]


def _shortest_long_gap(gaps: Sequence[int]) -> float:
    """The gap above the widest jump between gaps in order of length; infinite without one."""
    in_order = sorted(gaps)
    jumps = [(longer / gap, longer) for gap, longer in pairwise(in_order)]
    widest, longer = max(jumps, default=(0.0, 0))
    return longer if widest >= CLEARLY_LONGER else float("inf")


def _touchpoint(one: _Seen, taken: set[str]) -> Touchpoint:
    name = _in_words(str(one.name))
    id_ = new_id(name, taken, otherwise="touchpoint")
    taken.add(id_)
    where = Condition.model_validate({"is": one.name})
    return Touchpoint(id=id_, name=name, match=Rule(where=where))


def _in_words(name: str) -> str:
    """`add_to_cart`, `AddToCart` and `add.to.cart` as `Add to cart`."""
    words = [word for word in WORD_BORDERS.split(name) if word]
    shouted = name.isupper()
    lower = [word if word.isupper() and not shouted else word.lower() for word in words]
    words_of = " ".join(lower) or "Unnamed"
    return words_of[0].upper() + words_of[1:]
