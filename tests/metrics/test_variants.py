"""The ways through the map, each journey counted by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.variants import Variants
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys
from tests.journeys.ways import counted, ways

BY_TOUCHPOINT = Variants(by="touchpoint")


def variants(
    *customers: str, until: float = 100, on: JourneyMap = ONE_EACH, of: Variants = BY_TOUCHPOINT
) -> pd.DataFrame:
    return measure(of, journeys(*customers, until=until, on=on)).set_index("variant")


def test_same_sequence_is_the_same_variant() -> None:
    table = variants("home@1 cart@2", "home@5 cart@9", "cart@1 home@2")
    assert table["journeys"].to_dict() == {"home > cart": 2, "cart > home": 1}
    assert table["share"].tolist() == [2 / 3, 1 / 3]
    assert table["steps"].tolist() == [2, 2]


def test_stages_are_told_apart_unless_touchpoints_are_asked_for() -> None:
    some = "home@1 cart@2", "product@1 cart@2"
    assert variants(*some, of=Variants())["journeys"].to_dict() == {"browse > cart": 2}
    assert len(variants(*some)) == 2


def test_events_in_a_row_at_one_place_are_one_step_unless_all_are_wanted() -> None:
    some = "home@1 home@2 cart@3", "home@1 cart@2"
    assert variants(*some)["journeys"].to_dict() == {"home > cart": 2}
    every = variants(*some, of=Variants(by="touchpoint", collapse=False))
    assert every["journeys"].to_dict() == {"home > cart": 1, "home > home > cart": 1}


def test_variant_ends_with_the_outcome() -> None:
    table = variants("home@1 paid@2 help@3", "home@1")
    assert table["journeys"].to_dict() == {"home": 2}
    assert table.loc["home", ["succeeded", "success_share"]].tolist() == [1, 0.5]


def test_journey_whose_outcome_came_first_has_the_empty_variant() -> None:
    assert variants("paid@1 home@2")["steps"].to_dict() == {"": 0}


def test_longer_journeys_are_told_apart_by_their_first_steps_only() -> None:
    first_two = Variants(by="touchpoint", longest=2)
    table = variants("home@1 cart@2", "home@1 cart@2 pay@3", "home@1 cart@2 home@3", of=first_two)
    assert table["journeys"].to_dict() == {"home > cart > ...": 2, "home > cart": 1}


def test_most_frequent_variant_stands_first_and_equal_ones_in_map_order() -> None:
    table = variants("pay@1", "cart@1", "pay@1", "home@1 pay@2", "home@1", "cart@1 home@2")
    assert list(table.index) == ["pay", "home", "home > pay", "cart", "cart > home"]


def test_coverage_runs_on_and_what_is_not_shown_is_still_counted() -> None:
    some = ["home@1"] * 3 + ["cart@1"] * 2 + ["pay@1", "help@1", "product@1"]
    table = variants(*some, of=Variants(by="touchpoint", top=2))
    assert table["coverage"].to_dict() == {"home": 3 / 8, "cart": 5 / 8}
    assert table["of_variants"].tolist() == [5, 5]


def test_open_journeys_came_so_far_and_count_nowhere_else() -> None:
    table = variants("home@1", "home@99", "cart@99", until=100)
    assert table["recent"].to_dict() == {"home": 1, "cart": 1}
    assert table["journeys"].to_dict() == {"home": 1, "cart": 0}
    assert table["all_journeys"].tolist() == [1, 1]
    assert table["of_variants"].tolist() == [1, 1]
    assert np.isnan(table.loc["cart", "success_share"])


def test_where_one_is_open_who_began_lately_counts_nowhere_else() -> None:
    """With 30 days of quiet, day 40 is the last on which one that counts began."""
    some = "home@40 paid@95", "home@41 paid@42", "cart@1"
    table = variants(*some, "home@99", until=100)
    assert table["recent"].to_dict() == {"home": 2, "cart": 0}
    assert table["journeys"].to_dict() == {"home": 1, "cart": 1}
    assert table["success_share"].to_dict() == {"home": 1, "cart": 0}
    assert variants(*some, until=100)["journeys"].to_dict() == {"home": 2, "cart": 1}


def test_journeys_of_one_customer_widen_the_interval() -> None:
    strangers = ["home@1 paid@2"] * 20 + ["cart@1 paid@2"] * 20
    regulars = ["home@1 paid@2 home@3 paid@4"] * 10 + ["cart@1 paid@2 cart@3 paid@4"] * 10
    alone, again = (variants(*some, on=UNTIL_OUTCOME).loc["home"] for some in (strangers, regulars))
    assert alone["share"] == again["share"] == 0.5
    assert again["low"] < alone["low"] < alone["high"] < again["high"]


def test_nobody_takes_no_way() -> None:
    assert variants("about@1").empty


def test_many_touchpoints_are_still_told_apart() -> None:
    """A sum of touchpoint numbers would take these for one."""
    table = variants("home@1 pay@2", "pay@1 home@2", "product@1 cart@2", "cart@1 product@2")
    assert len(table) == 4


def test_by_is_stage_or_touchpoint() -> None:
    with pytest.raises(ParameterError, match=r"`by` is `stages`.* Did you mean `stage`\?"):
        Variants(by="stages")  # type: ignore[arg-type]


def test_top_is_at_least_one() -> None:
    with pytest.raises(ParameterError, match=r"`top` is 0\. Give the number of variants to show"):
        Variants(top=0)


def test_longest_is_at_least_one() -> None:
    with pytest.raises(ParameterError, match=r"`longest` is 0\. Give the number of steps"):
        Variants(longest=0)


@given(journeys=drawn_journeys)
def test_variants_are_those_counted_one_by_one(journeys: Journeys) -> None:
    table = measure(Variants(by="touchpoint", top=100), journeys).set_index("variant")
    every, over = ways(journeys), counted(journeys)
    succeeded = [way for way in over if way.end == "success"]
    every, over, success = (
        Counter(" > ".join(way.arrivals) for way in some) for some in (every, over, succeeded)
    )
    for column, wanted in (("journeys", over), ("recent", every - over), ("succeeded", success)):
        assert Counter(table[column].to_dict()) == Counter(wanted)
    assert list(table["of_variants"].unique()) == ([len(over)] if len(table) else [])
