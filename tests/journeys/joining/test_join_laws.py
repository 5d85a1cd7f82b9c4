"""What joining promises for every map and every log."""

from collections import Counter

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import cjm_notebooks as cjm

NAMES = ["look", "login", "buy", "ask", "other"]


def rule(name, **context):
    return {"where": {"is": name}, **context}


def shop_map(stages):
    return cjm.JourneyMap.model_validate(
        {
            "id": "shop",
            "name": "I buy shoes",
            "stages": stages,
            "outcomes": [{"id": "paid", "name": "Paid", "kind": "success", "match": rule("buy")}],
        }
    )


def stage(id_, *touchpoints):
    return {
        "id": id_,
        "name": id_.title(),
        "touchpoints": [{"id": id_, "name": id_, "match": match} for id_, match in touchpoints],
    }


BROWSE = stage("browse", ("look", rule("look")), ("sign-in", rule("login", before=["pay"])))
BUY = stage("purchase", ("pay", rule("buy")))
USE = stage("use", ("return", rule("login", after=["pay"])), ("help", rule("ask")))
SHOP = shop_map([BROWSE, BUY, USE])

steps = st.lists(
    st.tuples(st.sampled_from("uvw"), st.sampled_from(NAMES), st.integers(0, 10**6)),
    min_size=1,
    max_size=25,
    unique_by=lambda step: (step[0], step[2]),
)


def joined(rows, journey_map=SHOP):
    table = pd.DataFrame(rows, columns=["who", "what", "second"])
    events = cjm.Events(table, customer="who", event="what", at="second", unit="s")
    return cjm.join(journey_map, events)


def counts(journeys):
    """Events of each touchpoint by its id, and of each unmatched name."""
    ids = [touchpoint.id for touchpoint in journeys.map.touchpoints]
    matched = Counter(ids[place] for place in journeys.touchpoint)
    return matched, Counter(journeys.names[name] for name in journeys.unmatched.name)


@settings(max_examples=25)
@given(rows=steps, data=st.data())
def test_any_order_of_the_rows_gives_the_same_journeys_when_times_differ(rows, data):
    shuffled = data.draw(st.permutations(rows))
    assert joined(shuffled).content_hash() == joined(rows).content_hash()


@settings(max_examples=25)
@given(rows=steps, data=st.data())
def test_moving_stages_and_touchpoints_on_the_map_changes_no_count(rows, data):
    stages = [
        {**part, "touchpoints": data.draw(st.permutations(part["touchpoints"]))}
        for part in data.draw(st.permutations([BROWSE, BUY, USE]))
    ]
    moved = joined(rows, shop_map(stages))
    assert counts(moved) == counts(joined(rows))
    assert moved.outcome_at.tolist() == joined(rows).outcome_at.tolist()


@settings(max_examples=25)
@given(rows=steps)
def test_every_event_is_at_one_touchpoint_or_unmatched(rows):
    matched, unmatched = counts(joined(rows))
    assert matched.total() + unmatched.total() == len(rows)
    assert Counter({"look": matched["look"], "ask": matched["help"], "buy": matched["pay"]}) == (
        Counter({name: sum(row[1] == name for row in rows) for name in ("look", "ask", "buy")})
    )


def test_one_event_name_before_and_after_the_purchase_lands_in_two_stages():
    journeys = joined([("u", "login", 1), ("u", "buy", 2), ("u", "login", 3), ("u", "login", 4)])
    stages = [journeys.map.stages[place].id for place in journeys.stage]
    assert stages == ["browse", "purchase", "use", "use"]


def test_buckets_hold_every_customer_once_and_whole():
    rows = [(f"c{n}", name, n) for n in range(500) for name in ("look", "buy")]
    journeys = joined(rows)
    parts = list(journeys.buckets())
    assert sum(part.n_customers for part in parts) == 500
    assert [n for part in parts for n in part.touchpoint] == journeys.touchpoint.tolist()
    assert all(part.starts[0] == 0 and part.starts[-1] == part.n_events for part in parts)
