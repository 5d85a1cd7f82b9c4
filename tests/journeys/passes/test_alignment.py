"""Journeys beside the designed order, each cost counted again over every way to keep it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import combinations, groupby, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.passes.alignment import Alignment, DesignedOrder, require_level
from cjm_notebooks.maps import Flow
from tests.journeys import ONE_EACH, journeys

TOUCHPOINTS = ["home", "product", "cart", "pay", "help"]


def designed(**touchpoints: Mapping[str, object]) -> JourneyMap:
    """The shop with other facts about some of its touchpoints."""
    stages = [
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    one.model_copy(update=touchpoints.get(one.id, {})) for one in stage.touchpoints
                )
            }
        )
        for stage in ONE_EACH.stages
    ]
    return ONE_EACH.model_copy(update={"stages": tuple(stages)})


def flowing(from_: str, to: str, kind: str) -> JourneyMap:
    flow = Flow.model_validate({"from": from_, "to": to, "kind": kind})
    return ONE_EACH.model_copy(update={"flows": (flow,)})


def required(on: JourneyMap) -> list[str]:
    wanted = DesignedOrder.of(on, "touchpoint").required
    return [id_ for id_, one in zip(TOUCHPOINTS, wanted, strict=True) if one]


def required_stages(on: JourneyMap) -> list[str]:
    wanted = DesignedOrder.of(on, "stage").required
    return [stage.id for stage, one in zip(on.stages, wanted, strict=True) if one]


def cheapest(stops: list[str], wanted: list[str]) -> float:
    """Fitness by trying every choice of arrivals that ascend."""
    places = [TOUCHPOINTS.index(stop) for stop, _ in groupby(stops)]
    needed = {TOUCHPOINTS.index(id_) for id_ in wanted if TOUCHPOINTS.index(id_) <= max(places)}
    costs = [
        len(places) - size + len(needed - {*kept})
        for size in range(len(places) + 1)
        for kept in combinations(places, size)
        if all(a < b for a, b in pairwise(kept))
    ]
    return 1 - min(costs) / (len(places) + len(needed))


ways = st.lists(st.sampled_from(TOUCHPOINTS), min_size=1, max_size=8)


@given(
    several=st.lists(ways, min_size=1, max_size=5), optional=st.sets(st.sampled_from(TOUCHPOINTS))
)
def test_fitness_is_that_of_the_cheapest_of_all_alignments(
    several: list[list[str]], optional: set[str]
) -> None:
    on = designed(**{id_: {"optionality": "optional"} for id_ in optional})
    wanted = [id_ for id_ in TOUCHPOINTS if id_ not in optional]
    written = [" ".join(f"{stop}@{day}" for day, stop in enumerate(stops)) for stops in several]
    found = Alignment.of(journeys(*written, on=on), DesignedOrder.of(on, "touchpoint")).fitness
    assert sorted(found) == pytest.approx(sorted(cheapest(stops, wanted) for stops in several))


@given(stops=ways)
def test_reordered_skipped_and_returned_are_read_off_the_way(stops: list[str]) -> None:
    written = " ".join(f"{stop}@{day}" for day, stop in enumerate(stops))
    way = Alignment.of(journeys(written), DesignedOrder.of(ONE_EACH, "touchpoint"))
    places = [TOUCHPOINTS.index(stop) for stop, _ in groupby(stops)]
    for place in range(len(TOUCHPOINTS)):
        came = place in places
        before = places[: places.index(place)] if came else []
        assert way.reordered[place, 0] == (came and any(other > place for other in before))
        assert way.skipped[place, 0] == (not came and max(places) > place)
        assert way.returned[place, 0] == (places.count(place) > 1)


def test_optional_and_conditional_touchpoints_are_not_required() -> None:
    on = designed(home={"optionality": "optional"}, cart={"optionality": "conditional"})
    assert required(on) == ["product", "pay", "help"]
    assert required_stages(on) == ["browse", "pay", "support"]


def test_touchpoint_that_no_rule_lets_be_seen_is_not_required() -> None:
    assert required(designed(pay={"match": None})) == ["home", "product", "cart", "help"]


def test_stage_without_touchpoints_is_not_required() -> None:
    stages = [one.model_copy(update={"touchpoints": ()}) for one in ONE_EACH.stages[:1]]
    on = ONE_EACH.model_copy(update={"stages": (*stages, *ONE_EACH.stages[1:])})
    assert required_stages(on) == ["cart", "pay", "support"]


@pytest.mark.parametrize("kind", ["next", "alternative", "skip"])
def test_flow_makes_what_it_passes_over_a_choice(kind: str) -> None:
    on = flowing("home", "pay", kind)
    assert required(on) == ["home", "pay", "help"]
    assert required_stages(on) == ["browse", "pay", "support"]


@pytest.mark.parametrize("kind", ["exit", "parallel"])
def test_flow_out_of_the_journey_or_beside_it_passes_over_nothing(kind: str) -> None:
    assert required(flowing("home", "help", kind)) == TOUCHPOINTS


def test_loop_leads_back_and_passes_over_nothing() -> None:
    assert required(flowing("pay", "home", "loop")) == TOUCHPOINTS


def test_flow_of_a_touchpoint_that_is_not_on_the_map_changes_nothing() -> None:
    assert required(flowing("home", "nowhere", "skip")) == TOUCHPOINTS


def test_promise_of_a_touchpoint_stands_before_its_planned_duration() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    on = designed(home={"duration": day}, cart={"duration": day, "sla": hour}, pay={"sla": hour})
    limit = DesignedOrder.of(on, "touchpoint").at_most / 3_600_000_000
    assert limit[[0, 2, 3]].tolist() == [24, 1, 1]
    assert np.all(limit[[1, 4]] > 24 * 365 * 100)


def test_other_levels_are_named() -> None:
    with pytest.raises(ParameterError, match=r"`level` is `stages`\. .* Did you mean `stage`"):
        require_level("stages")
