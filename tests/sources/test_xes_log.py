"""Event logs in XES, counted by hand in the fixtures."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from cjm_notebooks import JourneyMap, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.maps import Stage
from cjm_notebooks.sources.xes_log import XesLog

FOLDER = Path(__file__).parent / "fixtures" / "xes_log"
CLEAN = XesLog(FOLDER / "clean.xes")
EXAMPLES = (
    CLEAN,
    XesLog(FOLDER / "clean.xes", transitions=("start", "complete"), attributes=("country",)),
)
SHOP = JourneyMap(id="shop", name="Shop", stages=(Stage(id="s", name="S"),))


def column(source: XesLog, name: str) -> list[str | None]:
    found = source.read().events
    assert found is not None
    return list(pa.table(found.table)[name].to_pylist())


def test_events_are_those_of_the_transition_asked_for_or_of_none() -> None:
    assert column(CLEAN, "customer") == ["C-101", "C-101", "C-102", "C-102"]
    assert column(CLEAN, "event") == ["Apply", "Check", "審査", None]
    (quality,) = CLEAN.read().quality
    assert (quality.read, quality.kept) == (5, 4)
    assert quality.set_aside == {"other_transition": Counted(1, (1,))}


def test_start_of_an_activity_may_be_an_event_too() -> None:
    both = replace(CLEAN, transitions=("start", "complete"))
    assert column(both, "transition") == ["complete", "start", "COMPLETE", None, None]


def test_attributes_are_those_of_the_event_or_of_all_it_belongs_to() -> None:
    named = replace(CLEAN, attributes=("channel", "country", "note"))
    assert column(named, "channel") == ["web", None, None, None]
    assert column(named, "country") == ["DE", "DE", None, None]
    assert column(named, "note") == [None] * 4


def test_employees_are_not_named_unless_asked_for() -> None:
    found = CLEAN.read().events
    assert found is not None
    assert pa.table(found.table).column_names == ["customer", "event", "at", "transition"]


def test_times_keep_their_offset() -> None:
    (quality,) = join(SHOP, CLEAN.read().events).quality
    assert (quality.kept, quality.first_at) == (4, 1_721_030_400_000_000)
    assert quality.noticed_rows("no_event_name") == 1


def test_customer_may_be_another_attribute() -> None:
    assert column(replace(CLEAN, customer="country"), "customer") == ["DE", "DE", None, None]


def test_packed_log_reads_like_the_log(tmp_path: Path) -> None:
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress((FOLDER / "clean.xes").read_bytes()))
    assert column(XesLog(packed), "event") == column(CLEAN, "event")


def test_packed_log_that_breaks_off_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress((FOLDER / "clean.xes").read_bytes())[:-40])
    with pytest.raises(SourceError, match=r"`log\.xes\.gz` cannot be unpacked: .* Export it again"):
        XesLog(packed).read()


def test_log_that_breaks_off_is_refused_with_its_line() -> None:
    with pytest.raises(
        SourceError, match=r"`malformed\.xes` is not XML from line 15, column 1: no"
    ):
        XesLog(FOLDER / "malformed.xes").read()


def test_log_that_declares_entities_is_refused() -> None:
    with pytest.raises(SourceError, match=r"`entities\.xes` holds `<!DOCTYPE`, which can make a"):
        XesLog(FOLDER / "entities.xes").read()


def test_file_without_an_event_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.xes"
    page.write_text("<html><body/></html>")
    with pytest.raises(SourceError, match=r"`page\.xes` holds no event\. Is it an XES log\?"):
        XesLog(page).read()


def test_missing_file_names_the_nearest() -> None:
    with pytest.raises(
        SourceError, match=r"no file `cleen\.xes` in `xes_log`\. Did you mean `clea"
    ):
        XesLog(FOLDER / "cleen.xes").read()


def test_attribute_cannot_take_the_name_of_a_column() -> None:
    with pytest.raises(ParameterError, match="`attributes` names `event`, which is a column"):
        XesLog("log.xes", attributes=("event",))
