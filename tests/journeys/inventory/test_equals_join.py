"""No number of the inventory is another one than that of the join."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import Events, JourneyMap, Journeys, join, measure
from cjm_notebooks.catalogue import entry
from cjm_notebooks.checks.unmapped_events import UnmappedEvents
from cjm_notebooks.journeys.choosing import microseconds
from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.maps import Condition, Cut, JourneySettings, Outcome, Rule, Stage, Touchpoint
from cjm_notebooks.matching import bind, unbind
from cjm_notebooks.metrics.coverage import Coverage
from cjm_notebooks.sources import Source

HOTEL = Path(__file__).parents[3] / "examples" / "hotel"
IDS = ("a", "b", "c")
FIRST = datetime(2025, 1, 1, tzinfo=UTC)

names = st.sampled_from(["look", "buy", "ask", "odd"])
conditions = st.one_of(
    names.map(lambda name: Condition(is_=name)),
    st.sampled_from(["l*", "*k", "*"]).map(lambda pattern: Condition(glob=pattern)),
    st.sampled_from(["web", "app"]).map(lambda name: Condition(column="channel", is_=name)),
    st.tuples(names, st.sampled_from(["web", "app"])).map(
        lambda pair: Condition(
            all=(Condition(is_=pair[0]), Condition(column="channel", is_=pair[1]))
        )
    ),
)
plain_rules = st.builds(Rule, where=conditions, priority=st.sampled_from([0, 0, 1]))
rules = st.one_of(
    plain_rules,
    st.builds(
        Rule,
        where=conditions,
        after=st.just(("a",)),
        within=st.sampled_from([None, timedelta(days=2)]),
        nth=st.sampled_from([None, 1, 2]),
    ),
    st.builds(Rule, where=conditions, before=st.just(("a",))),
)
cuts = st.sampled_from(
    [
        Cut(),
        Cut(by="inactivity", inactivity=timedelta(days=1)),
        Cut(by="column", column="order"),
        Cut(by="outcome"),
    ]
)


@st.composite
def maps(draw: st.DrawFn) -> JourneyMap:
    found = [draw(st.none() | plain_rules | rules) for _ in IDS[1:]]
    matches = [draw(plain_rules), *found]
    touchpoints = tuple(
        Touchpoint(id=id_, name=id_, match=match) for id_, match in zip(IDS, matches, strict=True)
    )
    outcomes = (Outcome(id="won", name="Won", match=draw(st.none() | plain_rules)),)
    return JourneyMap(
        id="m",
        name="M",
        journey=JourneySettings(cut=draw(cuts)),
        stages=(Stage(id="s", name="S", touchpoints=touchpoints),),
        outcomes=outcomes,
    )


@st.composite
def events(draw: st.DrawFn) -> Events:
    row = st.tuples(
        st.sampled_from(["anna", "bob", "cleo"]),
        names,
        st.sampled_from(["web", "app", None]),
        st.integers(0, 6),
        st.sampled_from(["o1", "o2"]),
    )
    rows = draw(st.lists(row, min_size=1, max_size=14))
    table = pd.DataFrame(rows, columns=["who", "event", "channel", "day", "order"])
    table["at"] = [FIRST + timedelta(days=day) for day in table.pop("day")]
    repeated = draw(st.sampled_from(["keep", "set_aside"]))
    return Events(table, customer="who", at="at", duplicates=repeated)


def counts_of_join(journeys: Journeys) -> dict[str, tuple[int, int]]:
    """Events and customers of each touchpoint, from the journeys."""
    customer = journeys.journey_customer[journeys.journey]
    found = {}
    for place, touchpoint in enumerate(journeys.map.touchpoints):
        mine = journeys.touchpoint == place
        found[touchpoint.id] = (int(mine.sum()), len(np.unique(customer[mine])))
    return found


def counts_of(inventory: Inventory, journey_map: JourneyMap) -> dict[str, tuple[int, int]]:
    return {
        one.id: (one.events, one.customers)
        for one in inventory.targets(journey_map)
        if one.kind == "touchpoint"
    }


@given(events(), st.lists(maps(), min_size=1, max_size=2), st.sampled_from([None, "channel"]))
@settings(max_examples=40, deadline=None)
def test_every_map_has_the_numbers_of_its_join(
    recorded: Events, tried: list[JourneyMap], channel: str | None
) -> None:
    inventory = Inventory(recorded, channel)
    for journey_map in tried:
        journeys = join(journey_map, recorded)
        assert counts_of(inventory, journey_map) == counts_of_join(journeys)
        coverage = measure(Coverage(), journeys)
        stray = coverage[coverage["touchpoint"].isna()]
        unclaimed = int(stray["events"].sum() - stray["outcome_events"].sum())
        covered = inventory.covered(journey_map)
        assert (covered.events, covered.unclaimed) == (coverage["events"].sum(), unclaimed)
        rows = inventory.rows(journey_map)
        assert sum(row.unclaimed for row in rows) == unclaimed
        assert sum(row.events for row in rows) == covered.events
        undecided = {o.other for o in inventory.overlaps(journey_map) if o.reason == "id"}
        assert bool(coverage["undecided"].sum()) <= bool(undecided)


@given(events(), maps(), names)
@settings(max_examples=25, deadline=None)
def test_preview_says_what_the_two_joins_say(
    recorded: Events, journey_map: JourneyMap, name: str
) -> None:
    changed = bind(journey_map, "b", name)
    preview = Inventory(recorded).preview(journey_map, changed)
    before, after = (counts_of_join(join(one, recorded)) for one in (journey_map, changed))
    for one in preview.targets:
        if one.kind == "touchpoint":
            assert tuple(zip(one.events, one.customers, strict=True)) == (
                before[one.id],
                after[one.id],
            )


@given(events(), maps(), st.integers(0, 3), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_period_counts_the_events_that_lie_in_it(
    recorded: Events, journey_map: JourneyMap, start: int, days: int
) -> None:
    low, high = (date(2025, 1, 1) + timedelta(days=day) for day in (start, start + days))
    journeys = join(journey_map, recorded)
    inside = (journeys.at >= microseconds(low, "low")) & (journeys.at < microseconds(high, "high"))
    customer = journeys.journey_customer[journeys.journey]
    found = counts_of(Inventory(recorded).during(low, high), journey_map)
    for place, touchpoint in enumerate(journey_map.touchpoints):
        mine = inside & (journeys.touchpoint == place)
        assert found[touchpoint.id] == (int(mine.sum()), len(np.unique(customer[mine])))


@pytest.mark.parametrize("hotel", ["H1", "H2"])
def test_hotel_has_the_numbers_of_its_join_before_and_after_a_change(hotel: str) -> None:
    journey_map = JourneyMap.load(HOTEL / "hotel.cjm.json")
    read = entry("sources", Source, "hotel-bookings", HOTEL)(hotel=hotel).read()
    inventory = Inventory(read.events)
    (first, *_) = (one for one in inventory.rows(journey_map) if one.touchpoint)
    changed = unbind(journey_map, str(first.touchpoint), str(first.values["event"]))
    preview = inventory.preview(journey_map, changed)
    for side, one_map in enumerate((journey_map, changed)):
        assert {
            one.id: (one.events[side], one.customers[side])
            for one in preview.targets
            if one.kind == "touchpoint"
        } == counts_of_join(join(one_map, read.events))
    (lost,) = (one for one in preview.targets if one.id == first.touchpoint)
    assert lost.events[1] < lost.events[0]


def test_share_on_the_map_is_what_check_c01_leaves() -> None:
    journey_map = JourneyMap(
        id="m",
        name="M",
        stages=(
            Stage(
                id="s",
                name="S",
                touchpoints=(Touchpoint(id="a", name="A", match=Rule(where=Condition(is_="a"))),),
            ),
        ),
        outcomes=(Outcome(id="won", name="Won", match=Rule(where=Condition(is_="won"))),),
    )
    table = pd.DataFrame({"event": ["a", "won", "odd", "odd"], "who": 1, "at": [FIRST] * 4})
    recorded = Events(table, customer="who", at="at")
    journeys = join(journey_map, recorded)
    found = UnmappedEvents().inspect(measure(Coverage(), journeys), journeys.quality)
    assert found.value == 0.5
    assert Inventory(recorded).covered(journey_map).share == 0.5
    assert Inventory(replace(recorded, duplicates="set_aside")).covered(journey_map).events == 3
