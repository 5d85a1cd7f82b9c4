"""119,390 bookings of two hotels: our figures against counts of the raw files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, Journeys, join, measure
from cjm_notebooks.catalogue import entry
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from cjm_notebooks.sources import Import, Source

HOTEL = Path(__file__).parents[2] / "examples" / "hotel"
PUBLISHED = {
    "H1": {"stayed": 28_938, "cancelled": 10_831, "no-show": 291},
    "H2": {"stayed": 46_228, "cancelled": 32_186, "no-show": 916},
}
WORDS = {"Check-Out": "stayed", "Canceled": "cancelled", "No-Show": "no-show"}

both_hotels = pytest.mark.parametrize("hotel", PUBLISHED)


@pytest.fixture(scope="module")
def journey_map() -> JourneyMap:
    return JourneyMap.load(HOTEL / "hotel.cjm.json")


@pytest.fixture(scope="module")
def read() -> dict[str, Import]:
    source = entry("sources", Source, "hotel-bookings", HOTEL)
    return {hotel: source(hotel=hotel).read() for hotel in PUBLISHED}


@pytest.fixture(scope="module")
def joined(journey_map: JourneyMap, read: dict[str, Import]) -> dict[str, Journeys]:
    return {
        hotel: join(journey_map, found.events, customers=found.customers)
        for hotel, found in read.items()
    }


def raw(hotel: str) -> pd.DataFrame:
    return pd.read_parquet(HOTEL / "data" / f"{hotel}.parquet")


def test_map_has_no_problems(journey_map: JourneyMap) -> None:
    assert journey_map.problems() == ()


@both_hotels
def test_every_booking_has_the_outcome_that_was_published(
    hotel: str, joined: dict[str, Journeys]
) -> None:
    journeys = joined[hotel]
    ids = [outcome.id for outcome in journeys.map.outcomes]
    assert dict(zip(ids, np.bincount(journeys.outcome).tolist(), strict=True)) == PUBLISHED[hotel]
    assert journeys.n_journeys == sum(PUBLISHED[hotel].values())
    assert not journeys.is_open.any()


@both_hotels
def test_outcomes_equal_a_plain_count_of_the_file(hotel: str) -> None:
    assert Counter(raw(hotel)["ReservationStatus"].str.strip().map(WORDS)) == PUBLISHED[hotel]


@both_hotels
def test_touchpoints_equal_a_plain_count_of_the_file(
    hotel: str, joined: dict[str, Journeys]
) -> None:
    journeys, bookings = joined[hotel], raw(hotel)
    segment = Counter(bookings["MarketSegment"].str.strip())
    status = Counter(bookings["ReservationStatus"].str.strip())
    seen = Counter(journeys.map.touchpoints[place].id for place in journeys.touchpoint)
    assert seen == {
        "books-online": segment["Online TA"],
        "books-with-operator": segment["Offline TA/TO"],
        "books-with-hotel": segment["Direct"],
        "books-for-company": segment["Corporate"] + segment["Aviation"],
        "books-for-group": segment["Groups"],
        "books-another-way": segment["Complementary"] + segment["Undefined"],
        "confirmed-after-waiting": (bookings["DaysInWaitingList"] > 0).sum(),
        "cancels-booking": status["Canceled"],
        "checks-in": status["Check-Out"],
        "does-not-come": status["No-Show"],
        "checks-out": status["Check-Out"],
    }
    assert len(journeys.unmatched.at) == 0


@both_hotels
def test_bookings_last_from_lead_time_to_the_last_day(
    hotel: str, joined: dict[str, Journeys]
) -> None:
    bookings, journeys = raw(hotel), joined[hotel]
    arrival = pd.to_datetime(
        bookings["ArrivalDateYear"].astype(str)
        + bookings["ArrivalDateMonth"].str.strip()
        + bookings["ArrivalDateDayOfMonth"].astype(str),
        format="%Y%B%d",
    )
    booked = arrival - pd.to_timedelta(bookings["LeadTime"], unit="D")
    days = (pd.to_datetime(bookings["ReservationStatusDate"]) - booked).dt.days
    ours = (journeys.outcome_at - journeys.at[journeys.first]) / 86_400_000_000
    assert sorted(ours) == sorted(days)


@both_hotels
def test_no_booking_is_confirmed_after_it_has_ended(
    hotel: str, joined: dict[str, Journeys]
) -> None:
    journeys = joined[hotel]
    assert (journeys.at <= journeys.outcome_at[journeys.journey]).all()


@both_hotels
def test_shares_reached_at_the_longest_duration_are_the_shares_of_all_bookings(
    hotel: str, joined: dict[str, Journeys]
) -> None:
    report = measure(TimeToOutcome(), joined[hotel])
    last = report.sort_values("days").groupby("outcome").tail(1).set_index("outcome")
    bookings = sum(PUBLISHED[hotel].values())
    for outcome, reached in PUBLISHED[hotel].items():
        assert last.loc[outcome, "reached"] == reached
        assert last.loc[outcome, "cumulative"] == pytest.approx(reached / bookings, rel=1e-12)


def test_what_was_derived_is_counted(read: dict[str, Import]) -> None:
    account = read["H2"].quality[0]
    assert (account.table, account.read, account.kept) == ("H2.parquet", 79_330, 79_330)
    assert account.noticed_rows("booked_on_from_lead_time") == 79_330
    assert account.noticed_rows("confirmed_on_from_days_waiting") == 3_443
    assert account.noticed_rows("no_home") == 24


def test_city_bookings_can_be_told_apart_by_what_they_are(joined: dict[str, Journeys]) -> None:
    city, bookings = joined["H2"], raw("H2")
    assert city.where("guest", "returning").n_journeys == (bookings["IsRepeatedGuest"] == 1).sum()
    assert city.where("home", "Portugal").n_journeys == (bookings["Country"] == "PRT").sum()
    assert city.where("deposit", "Non Refund").n_journeys == 12_868
    assert city.where("lead_time", "under a week").n_journeys == (bookings["LeadTime"] < 7).sum()


def test_third_hotel_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"There is no hotel `H3`\. Choose `H1`, the resort"):
        entry("sources", Source, "hotel-bookings", HOTEL)(hotel="H3")
