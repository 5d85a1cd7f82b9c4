"""Bookings of a resort hotel (H1) and a city hotel (H2), as published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Counted, Customers, Quality
from cjm_notebooks.sources import Import, Source
from cjm_notebooks.sources.milestone_table import MilestoneTable

DATA = Path(__file__).parent.parent / "data"
HOTELS = ("H1", "H2")
EUROPE = (
    "ALB AND ARM AUT AZE BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA FRO GBR GEO GGY GIB "
    "GRC HRV HUN IMN IRL ISL ITA JEY LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL ROU RUS SMR "
    "SRB SVK SVN SWE UKR"
)
BOOKINGS = """
    SELECT
        printf('{hotel}-%05d', file_row_number + 1) AS booking,
        arrival - to_days(LeadTime::INTEGER) AS booked_on,
        CASE WHEN DaysInWaitingList > 0
            THEN booked_on + to_days(DaysInWaitingList::INTEGER) END AS confirmed_on,
        CASE WHEN status = 'Check-Out' THEN arrival END AS arrived_on,
        CASE WHEN status = 'Check-Out' THEN ended END AS left_on,
        CASE WHEN status = 'Canceled' THEN ended END AS cancelled_on,
        CASE WHEN status = 'No-Show' THEN ended END AS missed_on,
        trim(MarketSegment) AS market_segment,
        trim(CustomerType) AS customer_type,
        trim(DepositType) AS deposit,
        CASE WHEN LeadTime < 7 THEN 'under a week' WHEN LeadTime < 30 THEN 'under a month'
            WHEN LeadTime < 90 THEN '1 to 3 months' WHEN LeadTime < 180 THEN '3 to 6 months'
            ELSE 'over 6 months' END AS lead_time,
        CASE WHEN IsRepeatedGuest = 1 THEN 'returning' ELSE 'new' END AS guest,
        CASE WHEN Children > 0 OR Babies > 0 THEN 'with children'
            WHEN Adults = 1 THEN 'alone' WHEN Adults = 2 THEN 'two adults'
            ELSE 'other' END AS party,
        CASE WHEN country = 'PRT' THEN 'Portugal'
            WHEN list_contains(string_split('{europe}', ' '), country) THEN 'rest of Europe'
            WHEN country <> 'NULL' THEN 'overseas' END AS home,
        nullif(country, 'NULL') AS country,
        CASE WHEN BookingChanges > 0 THEN 'changed' ELSE 'as booked' END AS changes
    FROM (
        SELECT *, trim(ReservationStatus) AS status, trim(Country) AS country,
            ReservationStatusDate::TIMESTAMP AS ended,
            strptime(ArrivalDateYear || trim(ArrivalDateMonth) || ArrivalDateDayOfMonth, '%Y%B%d')
                AS arrival
        FROM read_parquet('{path}', file_row_number = true)
    )
    ORDER BY file_row_number
"""
MILESTONES = {
    "booked": "booked_on",
    "confirmed after waiting": "confirmed_on",
    "arrived": "arrived_on",
    "checked out": "left_on",
    "cancelled": "cancelled_on",
    "no-show": "missed_on",
}
SEGMENTS = (
    "market_segment",
    "customer_type",
    "deposit",
    "lead_time",
    "guest",
    "party",
    "home",
    "changes",
)


@dataclass(frozen=True)
class HotelBookings(Source):
    """What happened to each booking of one hotel, and what sort of booking it was.

    The file has one row a booking and says no more than days: when the guest was to arrive, how
    long before that the room was booked, how many days the booking was on the waiting list, and on
    which day it was checked out, cancelled or given up as a no-show. Days are read as midnights in
    UTC. Text is stripped of the blanks it is padded with, and the text `NULL` is no value.

    Nothing is set aside but the milestones a booking did not reach. What was derived is counted:
    `booked_on_from_lead_time`, `confirmed_on_from_days_waiting`, `no_home`.

    Memory  one hotel, at most 79,330 bookings
    Raises  ParameterError when there is no such hotel
    """

    hotel: str = "H2"

    def __post_init__(self) -> None:
        if self.hotel not in HOTELS:
            msg = f"There is no hotel `{self.hotel}`. Choose `H1`, the resort, or `H2`, the city."
            raise ParameterError(msg)

    def read(self) -> Import:
        path = DATA / f"{self.hotel}.parquet"
        with duckdb.connect() as connection:
            bookings = connection.sql(
                BOOKINGS.format(hotel=self.hotel, path=path, europe=EUROPE)
            ).to_arrow_table()
        events = MilestoneTable(
            bookings,
            customer="booking",
            milestones=MILESTONES,
            attributes=("market_segment",),
            zone="UTC",
        ).read()
        derived = {
            "booked_on_from_lead_time": len(bookings),
            "confirmed_on_from_days_waiting": len(bookings) - bookings["confirmed_on"].null_count,
            "no_home": bookings["home"].null_count,
        }
        return Import(
            events=events.events,
            customers=Customers(bookings, customer="booking", segments=SEGMENTS),
            quality=(
                Quality(
                    table=path.name,
                    read=len(bookings),
                    kept=len(bookings),
                    noticed={rule: Counted(rows) for rule, rows in derived.items()},
                ),
                *events.quality,
            ),
        )
