"""Times are read as UTC only when their zone or unit is certain."""

from datetime import UTC, datetime

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Clock
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.ledger import open_table


def read(values, **clock):
    """The times as ISO text in UTC, and how many rows each rule noticed."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ledger = open_table(connection, pa.table({"at": values}), "rows_")
        found = times(ledger, Clock("at", **clock))
        utc = [
            value and datetime.fromtimestamp(value / 1e6, UTC).isoformat()
            for (value,) in connection.execute(
                f"SELECT {found.utc} FROM rows_ ORDER BY row"
            ).fetchall()
        ]
        noticed = {
            rule: ledger.numbers(f"SELECT count(*) FROM rows_ WHERE {sql}")[0]
            for rule, sql in found.noticed.items()
        }
    return utc, {rule: rows for rule, rows in noticed.items() if rows}


def test_summer_time_in_berlin_is_two_hours_ahead():
    assert read(["2024-07-01 09:00:00"], zone="Europe/Berlin")[0] == ["2024-07-01T07:00:00+00:00"]


def test_an_hour_shown_twice_is_read_as_the_first_and_counted():
    utc, noticed = read(["2024-10-27 02:30:00", "2024-10-27 04:30:00"], zone="Europe/Berlin")
    assert utc == ["2024-10-27T00:30:00+00:00", "2024-10-27T03:30:00+00:00"]
    assert noticed == {"clock_shown_twice": 1}


def test_an_hour_that_the_clock_left_out_is_counted():
    _, noticed = read([datetime.fromisoformat("2024-03-31T02:30")], zone="Europe/Berlin")
    assert noticed == {"clock_left_out": 1}


def test_an_offset_in_the_text_needs_no_zone():
    assert (
        read(["2024-07-01T09:00:00+02:00", "2024-07-01T07:00:00Z"])[0]
        == ["2024-07-01T07:00:00+00:00"] * 2
    )


def test_times_without_a_zone_are_refused_until_one_is_stated():
    with pytest.raises(
        SourceError, match=r"have no zone\. Say where the clock stood, such as `zon"
    ):
        read(["2024-07-01 09:00:00"])
    with pytest.raises(SourceError, match="have no zone"):
        read([datetime.fromisoformat("2024-07-01")])


def test_mixed_zones_are_refused_without_a_zone_and_counted_with_one():
    mixed = ["2024-07-01 09:00:00", "2024-07-01T09:00:00Z", "2024-07-01T10:00:00Z"]
    with pytest.raises(SourceError, match="no zone in 1 rows and one in 2"):
        read(mixed)
    utc, noticed = read(mixed, zone="Europe/Berlin")
    assert utc[:2] == ["2024-07-01T07:00:00+00:00", "2024-07-01T09:00:00+00:00"]
    assert noticed == {"mixed_zones": 1}


def test_numbers_are_refused_until_their_unit_is_stated():
    with pytest.raises(SourceError, match=r"holds numbers, and their unit is not stated"):
        read([1_719_817_200])


def test_eleven_digits_are_seconds_when_the_caller_says_so():
    assert read([17_198_172_000], unit="s")[0] == ["2514-12-27T22:00:00+00:00"]


def test_the_same_moment_in_every_unit_is_the_same_time():
    for unit, digits in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)):
        assert read([1_719_817_200 * digits], unit=unit)[0] == ["2024-07-01T07:00:00+00:00"]


def test_a_zone_that_does_not_exist_names_the_nearest():
    with pytest.raises(SourceError, match=r"`Europe/Berlon`.*Did you mean `Europe/Berlin`"):
        read(["2024-07-01 09:00:00"], zone="Europe/Berlon")


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_time_with_a_zone_needs_none_however_fine_it_is(unit):
    moments = pd.Series(pd.to_datetime(["2024-07-01T09:00+02:00"])).astype(
        f"datetime64[{unit}, Europe/Berlin]"
    )
    assert read(moments)[0] == ["2024-07-01T07:00:00+00:00"]


def test_text_that_is_no_time_is_null_and_nat_stays_null():
    assert read(["soon", "2024-07-01T07:00:00Z"])[0] == [None, "2024-07-01T07:00:00+00:00"]
    assert read(pd.Series([pd.NaT, pd.Timestamp("2024-07-01")]), zone="UTC")[0][0] is None


def test_a_column_that_cannot_be_a_time_is_refused():
    with pytest.raises(SourceError, match="is BOOLEAN, which is no time"):
        read([True])


def test_times_that_begin_with_the_day_are_read_in_the_format_that_is_stated():
    utc, noticed = read(
        ["31.12.2025 14:05", "1.2.2025 9:05", "31.02.2025 10:00", "2025-03-01 10:00", None],
        time_format="%d.%m.%Y %H:%M",
        zone="Europe/Berlin",
    )
    assert utc == ["2025-12-31T13:05:00+00:00", "2025-02-01T08:05:00+00:00", None, None, None]
    assert noticed == {}


def test_the_format_decides_whether_the_third_of_april_or_the_fourth_of_march_is_meant():
    assert read(["03/04/2025"], time_format="%d/%m/%Y", zone="UTC")[0][0][:10] == "2025-04-03"
    assert read(["03/04/2025"], time_format="%m/%d/%Y", zone="UTC")[0][0][:10] == "2025-03-04"


def test_a_format_with_an_offset_needs_no_zone():
    utc, _ = read(["31.12.2025 14:05 +0100"], time_format="%d.%m.%Y %H:%M %z")
    assert utc == ["2025-12-31T13:05:00+00:00"]
    with pytest.raises(SourceError, match="have no zone"):
        read(["31.12.2025 14:05"], time_format="%d.%m.%Y %H:%M")


def test_two_digits_are_no_year_of_four_and_mean_this_century():
    assert read(["31.12.25"], time_format="%d.%m.%Y", zone="UTC")[0] == [None]
    utc, _ = read(["31.12.25"], time_format="%d.%m.%y", zone="UTC")
    assert utc == ["2025-12-31T00:00:00+00:00"]


def test_days_written_as_whole_numbers_are_read_with_and_without_gaps():
    assert read([20251231], time_format="%Y%m%d", zone="UTC")[0] == ["2025-12-31T00:00:00+00:00"]
    assert read([20251231.0, None], time_format="%Y%m%d", zone="UTC")[0] == [
        "2025-12-31T00:00:00+00:00",
        None,
    ]


def test_an_autumn_night_is_counted_in_a_stated_format_too():
    _, noticed = read(
        ["27.10.2024 02:30", "27.10.2024 04:30"],
        time_format="%d.%m.%Y %H:%M",
        zone="Europe/Berlin",
    )
    assert noticed == {"clock_shown_twice": 1}


@pytest.mark.parametrize("time_format", ["%Q %Y", "%H:%M", "day", ""])
def test_what_is_no_format_of_days_is_named_with_the_cure(time_format):
    with pytest.raises(SourceError, match=r"is no format of days\. Write it in the signs of"):
        read(["31.12.2025"], time_format=time_format, zone="UTC")


def test_times_that_are_no_texts_have_no_format():
    with pytest.raises(SourceError, match=r"and are no texts\. Leave out `time_format`\."):
        read([datetime.fromisoformat("2024-07-01")], time_format="%d.%m.%Y", zone="UTC")
    with pytest.raises(SourceError, match=r"and a `unit`\. Leave out `unit`\."):
        read(["1"], time_format="%d.%m.%Y", unit="s")
