"""How much customers do, counted by hand."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.engagement import Engagement
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def engagement(
    *customers: str, of: str = "events", on: JourneyMap = ONE_EACH, zone: str = "UTC"
) -> pd.DataFrame:
    table = measure(Engagement(zone), journeys(*customers, on=on))
    return table[table["measure"] == of].reset_index(drop=True)


def homes(events: int) -> str:
    return " ".join(f"home@{1 + place / 100}" for place in range(events))


def test_customers_fall_into_bins_that_double() -> None:
    table = engagement(*[homes(events) for events in (1, 2, 3, 4, 5, 8, 9)])
    assert table["at_least"].tolist() == [1, 2, 3, 5, 9]
    assert table["at_most"].tolist() == [1, 2, 4, 8, 16]
    assert table["customers"].tolist() == [1, 1, 2, 2, 1]
    assert table["all_customers"].tolist() == [7] * 5


def test_last_bin_has_no_upper_end() -> None:
    table = engagement(homes(1024), homes(1025))
    assert table["at_least"].tolist()[-2:] == [513, 1025]
    assert table["at_most"].tolist()[-2:] == [1024, pd.NA]
    assert table["customers"].tolist()[-2:] == [1, 1]
    assert table["mean"].tolist()[0] == 1024.5


def test_bins_below_the_last_that_holds_anyone_are_shown_empty() -> None:
    table = engagement(homes(5))
    assert table["customers"].tolist() == [0, 0, 0, 1]
    assert table["share"].tolist() == [0, 0, 0, 1]


def test_touchpoint_is_counted_once_and_a_day_too() -> None:
    customer = "home@1 home@1.5 product@2 cart@2.1 home@9"
    touchpoints, days = (engagement(customer, of=of) for of in ("touchpoints", "active_days"))
    assert (touchpoints["mean"][0], days["mean"][0]) == (3, 3)
    assert (touchpoints["customers"].tolist(), days["customers"].tolist()) == ([0, 0, 1],) * 2


def test_interval_of_a_share_is_wilsons() -> None:
    row = engagement(*[homes(1)] * 3, *[homes(2)] * 7).iloc[0]
    assert (row["share"], row["low"], row["high"]) == pytest.approx((0.3, 0.1078, 0.6032), abs=5e-5)


def test_interval_of_the_mean_is_students_and_never_below_1() -> None:
    # Mean 2, variance 1, t with 2 degrees of freedom 4.302653.
    row = engagement(homes(1), homes(2), homes(3)).iloc[0]
    assert (row["mean"], row["mean_low"]) == (2, 1)
    assert row["mean_high"] == pytest.approx(2 + 4.302653 / 3**0.5, abs=1e-6)


def test_equal_customers_leave_the_interval_of_the_mean_unknown() -> None:
    row = engagement(homes(2), homes(2), homes(2)).iloc[0]
    assert row["mean"] == 2
    assert row[["mean_low", "mean_high"]].isna().all()


def test_customer_with_a_journey_that_is_not_over_is_open() -> None:
    table = engagement("home@1", "home@90", "home@1 paid@2 home@95", on=UNTIL_OUTCOME)
    assert table["customers"].tolist() == [2, 1]
    assert table["open"].tolist() == [1, 1]


def test_journeys_of_one_customer_are_one_customer() -> None:
    table = engagement("home@1 paid@2 cart@3 paid@4 help@5", of="touchpoints", on=UNTIL_OUTCOME)
    assert table["customers"].tolist() == [0, 0, 1]


def test_what_no_touchpoint_claims_is_nothing_done() -> None:
    assert engagement("home@1 about@2 paid@3")["customers"].tolist() == [1]


def test_late_evening_in_utc_is_the_next_day_in_berlin() -> None:
    for zone, days in (("UTC", 1), ("Europe/Berlin", 2)):
        assert engagement("home@1 cart@1.99", of="active_days", zone=zone)["mean"][0] == days


def test_nobody_does_nothing() -> None:
    assert measure(Engagement(), journeys("about@1")).empty


steps = st.tuples(st.sampled_from(("home", "product", "cart", "help")), st.integers(0, 40))
histories = st.lists(st.lists(steps, min_size=1, max_size=9), max_size=6)


@settings(max_examples=30, deadline=None)
@given(histories)
def test_counting_customer_by_customer_says_the_same(
    histories: list[list[tuple[str, int]]],
) -> None:
    written = [" ".join(f"{name}@{half / 2}" for name, half in mine) for mine in histories]
    table = measure(Engagement(), journeys(*written))
    done = {
        "events": [len(mine) for mine in histories],
        "active_days": [len({half // 2 for _, half in mine}) for mine in histories],
        "touchpoints": [len({name for name, _ in mine}) for mine in histories],
    }
    for measured, numbers in done.items():
        rows = table[table["measure"] == measured]
        found = dict(zip(rows["at_most"], rows["customers"], strict=True))
        expected = Counter(1 << (number - 1).bit_length() for number in numbers)
        assert {end: count for end, count in found.items() if count} == dict(expected)
        assert all(row.mean == sum(numbers) / len(numbers) for row in rows.itertuples())


def test_unknown_zone_is_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"`zone` is `Europe/Berln`, .*`Europe/Berlin`"):
        Engagement("Europe/Berln")
