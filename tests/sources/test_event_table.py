"""Events, one a row: every row is handed on, and the join accounts for it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from cjm_notebooks import JourneyMap, join
from cjm_notebooks.maps import Condition, Rule, Stage, Touchpoint
from cjm_notebooks.sources.event_table import EventTable

HOME = Touchpoint(id="home", name="Home", match=Rule(where=Condition(is_="home")))
SHOP = JourneyMap(
    id="shop", name="Shop", stages=(Stage(id="look", name="Look", touchpoints=(HOME,)),)
)

EXAMPLES = (
    EventTable(
        pa.table({"who": ["1", None], "what": ["home", "cart"], "when": ["2025-03-01"] * 2}),
        customer="who",
        event="what",
        at="when",
        zone="UTC",
    ),
)


def test_columns_of_a_file_are_read_as_they_are_named(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("who,what,when\n1,home,2025-03-01T10:00\n1,cart,2025-03-01T10:05\n,home,\n")
    source = EventTable(file, customer="who", event="what", at="when", zone="UTC")
    journeys = join(SHOP, source.read().events)
    assert (journeys.n_events, len(journeys.unmatched.at)) == (1, 1)
    (quality,) = journeys.quality
    assert (quality.read, quality.kept, quality.set_aside_rows("no_customer")) == (3, 2, 1)


def test_times_that_begin_with_the_day_are_read_and_what_does_not_fit_is_counted(
    tmp_path: Path,
) -> None:
    file = tmp_path / "log.csv"
    file.write_text(
        "who,what,when\n1,home,31.12.2025 14:05\n1,home,2025-12-31\n1,home,01.01.2026 9:00\n"
    )
    source = EventTable(
        file, customer="who", event="what", at="when", zone="UTC", time_format="%d.%m.%Y %H:%M"
    )
    (quality,) = join(SHOP, source.read().events).quality
    assert (quality.read, quality.kept, quality.set_aside_rows("unreadable_time")) == (3, 2, 1)
    assert (quality.first_at, quality.last_at) == (1_767_189_900_000_000, 1_767_258_000_000_000)
