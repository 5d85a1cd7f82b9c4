"""Events, minutes and retries of journeys, each counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.effort import Effort
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys
from tests.journeys.ways import counted, ways

DAY = 24 * 60
ANY = Effort()
BIN = 0.0055


def effort(
    *customers: str, until: float = 100, on: JourneyMap = ONE_EACH, of: Effort = ANY
) -> pd.DataFrame:
    table = measure(of, journeys(*customers, until=until, on=on))
    return table.set_index(table["stage"].fillna("whole"))


def test_events_of_a_journey_are_counted_in_each_stage_and_as_a_whole() -> None:
    table = effort("home@1 product@2 cart@3", "home@1")
    assert table["journeys"].to_dict() == {
        "browse": 2,
        "cart": 1,
        "pay": 0,
        "support": 0,
        "whole": 2,
    }
    assert table.loc[["browse", "cart", "whole"], "events_per_journey"].tolist() == [1.5, 1, 2]
    assert np.isnan(table.loc["pay", "events_per_journey"])


def test_retry_is_an_event_where_the_journey_has_been_before() -> None:
    table = effort("home@1 home@2 product@3 home@4 cart@5", "home@1")
    assert table.loc[["browse", "cart", "whole"], "retries_per_journey"].tolist() == [1, 0, 1]


def test_minutes_run_from_the_first_to_the_last_event_in_the_stage() -> None:
    table = effort("home@1 cart@2 product@4 help@6")
    assert table.loc[["browse", "cart", "whole"], "mean_minutes"].tolist() == [3 * DAY, 0, 5 * DAY]
    assert table.loc["whole", "p50_minutes"] == pytest.approx(5 * DAY, rel=BIN)


def test_quantiles_of_events_are_numbers_that_were_seen() -> None:
    some = [" ".join(f"home@{day}" for day in range(1, n + 1)) for n in (1, 2, 3, 4, 20)]
    row = effort(*some).loc["whole"]
    assert row[["p50_events", "p90_events", "events_per_journey"]].tolist() == [3, 20, 6]


def test_very_many_events_are_told_to_half_a_percent() -> None:
    many = " ".join(f"home@{1 + n / 1440}" for n in range(1000))
    row = effort(many).loc["whole"]
    assert row["p50_events"] == pytest.approx(1000, rel=BIN)
    assert row["events_per_journey"] == 1000


def test_only_journeys_with_the_asked_ending_count() -> None:
    some = "home@1 cart@2 paid@3", "home@1 cancelled@2", "home@1 home@2 home@3"
    wholes = {
        ending: effort(*some, of=Effort(ending=ending)).loc["whole", "events_per_journey"]
        for ending in ("success", "failure", "left")
    }
    assert wholes == {"success": 2, "failure": 1, "left": 3}


def test_events_after_the_outcome_count_unless_told_otherwise() -> None:
    some = "cart@1 paid@2 help@3"
    table = effort(some, of=Effort(until_outcome=True))
    assert effort(some).loc[["support", "whole"], "journeys"].tolist() == [1, 1]
    assert effort(some).loc["whole", ["events_per_journey", "mean_minutes"]].tolist() == [
        2,
        2 * DAY,
    ]
    assert table.loc["support", "journeys"] == 0
    assert table.loc["whole", ["events_per_journey", "mean_minutes"]].tolist() == [1, 0]


def test_journey_whose_outcome_came_first_took_no_effort_until_then() -> None:
    table = effort("paid@1 home@2", of=Effort(until_outcome=True))
    assert table["journeys"].tolist() == [0] * 5


def test_open_journeys_are_shown_and_not_counted() -> None:
    table = effort("home@99 home@99.5", "home@1", until=100)
    assert table.loc["browse", ["recent", "journeys", "events_per_journey"]].tolist() == [1, 1, 1]
    assert table.loc["whole", "recent"] == 1


def test_where_one_is_open_who_began_lately_is_shown_and_not_counted() -> None:
    """With 30 days of quiet, day 40 is the last on which one that counts began."""
    some = "home@40 home@50 home@95 paid@95", "home@41 paid@42"
    row = effort(*some, "home@99", until=100).loc["whole"]
    assert row[["recent", "journeys", "events_per_journey"]].tolist() == [2, 1, 3]
    row = effort(*some, until=100).loc["whole"]
    assert row[["recent", "journeys", "events_per_journey"]].tolist() == [0, 2, 2]


def test_mean_has_an_interval_around_it_once_two_buckets_were_seen() -> None:
    some = ["home@1"] * 20 + ["home@1 home@2 home@3"] * 20
    row = effort(*some).loc["whole"]
    assert row["events_low"] < 2 < row["events_high"]
    assert row["retries_low"] < 1 < row["retries_high"]


def test_interval_is_about_that_of_student_where_each_customer_counts_once() -> None:
    """Twenty ones and twenty threes: 2 +- 2.02 * sqrt(1.0256 / 40) are 1.676 and 2.324."""
    row = effort(*["home@1"] * 20, *["home@1 home@2 home@3"] * 20).loc["whole"]
    assert row["events_low"] == pytest.approx(1.676, abs=0.06)
    assert row["events_high"] == pytest.approx(2.324, abs=0.06)


def test_journeys_of_one_customer_widen_the_interval() -> None:
    strangers = ["home@1 paid@2"] * 20 + ["home@1 home@1.2 home@1.4 paid@2"] * 20
    regulars = ["home@1 paid@2 home@3 paid@4"] * 10
    regulars += ["home@1 home@1.2 home@1.4 paid@2 home@3 home@3.2 home@3.4 paid@4"] * 10
    alone, again = (effort(*some, on=UNTIL_OUTCOME).loc["whole"] for some in (strangers, regulars))
    assert alone["events_per_journey"] == again["events_per_journey"] == 2
    assert again["events_low"] < alone["events_low"]
    assert alone["events_high"] < again["events_high"]


def test_one_customer_cannot_bound_the_mean() -> None:
    row = effort("home@1 cart@2").loc["whole"]
    assert row[["events_low", "events_high"]].isna().all()


def test_nobody_made_no_effort() -> None:
    table = effort("about@1")
    assert table["journeys"].tolist() == [0] * 5
    assert table[["events_per_journey", "p50_events", "p50_minutes"]].isna().all(axis=None)


def test_ending_is_one_that_journeys_have() -> None:
    with pytest.raises(ParameterError, match=r"`ending` is `sucess`.*Did you mean `success`\?"):
        Effort(ending="sucess")  # type: ignore[arg-type]


@given(journeys=drawn_journeys, ending=st.sampled_from([None, "success", "failure", "left"]))
def test_effort_is_the_one_counted_one_by_one(journeys: Journeys, ending: str | None) -> None:
    of = Effort(ending=ending, until_outcome=True)  # type: ignore[arg-type]
    table = measure(of, journeys)
    count = counted(journeys)
    stages = {t.id: s.id for s in journeys.map.stages for t in s.touchpoints}
    for row in table.itertuples():
        whole = not isinstance(row.stage, str)
        recent, stays = 0, []
        for way in ways(journeys):
            here = [i for i, stop in enumerate(way.stops) if whole or stages[stop] == row.stage]
            if here and way not in count:
                recent += 1
            elif here and ending in (None, way.end):
                stops = [way.stops[i] for i in here]
                minutes = (way.seconds[here[-1]] - way.seconds[here[0]]) / 60
                stays.append((len(stops), len(stops) - len(set(stops)), minutes))
        assert (row.journeys, row.recent) == (len(stays), recent)
        if stays:
            means = np.array(stays).mean(axis=0)
            got = [row.events_per_journey, row.retries_per_journey, row.mean_minutes]
            assert got == pytest.approx(means.tolist())
