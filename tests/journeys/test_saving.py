"""Journeys in a file: the same when opened again, refused when made of something else."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import Customers, Events, Feedback, JourneyMap, Journeys, join, measure_all
from cjm_notebooks.errors import SourceError, StaleError
from cjm_notebooks.journeys.tables import arrays_of
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, recorded
from tests.test_metric_laws import metrics

SAID = ["home@1 cart@2 paid$20@3 csat:cart=4*2@4", "home@1 odd@2 nps=9", "cart@80", "csat:home=2"]


def world(folder: Path) -> tuple[Events, Feedback, Customers]:
    """Events in a file; feedback and customers in memory."""
    events, feedback = recorded(*SAID)
    assert feedback is not None
    file = folder / "events.parquet"
    pd.DataFrame(events.table).to_parquet(file)
    about = pd.DataFrame({"customer": ["customer 0", "customer 1"], "country": ["DE", None]})
    return (
        Events(file, customer="customer", at="at", unit="us", value="value"),
        feedback,
        Customers(about, "customer"),
    )


def saved(folder: Path, on: JourneyMap = ONE_EACH) -> tuple[Journeys, Path]:
    events, feedback, customers = world(folder)
    journeys = join(on, events, feedback=feedback, customers=customers)
    journeys.save(folder / "shop.journeys")
    return journeys, folder / "shop.journeys"


@pytest.mark.parametrize("on", [ONE_EACH, UNTIL_OUTCOME], ids=["one", "many"])
def test_what_is_opened_is_what_was_saved(tmp_path: Path, on: JourneyMap) -> None:
    journeys, file = saved(tmp_path, on)
    events, feedback, customers = world(tmp_path)
    opened = Journeys.open(file, on, events, feedback=feedback, customers=customers)
    for table in ("kinds", "unmatched", "answers"):
        before, after = getattr(journeys, table), getattr(opened, table)
        for name, array in arrays_of(before).items():
            assert getattr(after, name).dtype == array.dtype
            assert np.array_equal(getattr(after, name), array)
    assert opened.content_hash() == journeys.content_hash()
    assert opened.quality == journeys.quality
    assert opened.answers.questions == journeys.answers.questions
    wanted = measure_all(metrics(), journeys)
    for metric, report in measure_all(metrics(), opened).items():
        pd.testing.assert_frame_equal(report, wanted[metric])


def test_a_map_may_be_left_out_of_trust(tmp_path: Path) -> None:
    journeys, file = saved(tmp_path)
    assert Journeys.open(file).map == journeys.map


def test_another_map_is_refused(tmp_path: Path) -> None:
    _, file = saved(tmp_path)
    events, feedback, customers = world(tmp_path)
    with pytest.raises(StaleError, match=r"`shop\.journeys` was made of another version of map `s"):
        Journeys.open(file, UNTIL_OUTCOME, events, feedback=feedback, customers=customers)


def test_an_event_more_in_the_file_is_refused(tmp_path: Path) -> None:
    _, file = saved(tmp_path)
    events, feedback, customers = world(tmp_path)
    table = pd.read_parquet(tmp_path / "events.parquet")
    pd.concat([table, table.iloc[:1]]).to_parquet(tmp_path / "events.parquet")
    with pytest.raises(StaleError, match=r"made of another version of `events\.parquet`\. Join an"):
        Journeys.open(file, ONE_EACH, events, feedback=feedback, customers=customers)


def test_a_copy_with_the_same_content_is_the_same_data(tmp_path: Path) -> None:
    journeys, file = saved(tmp_path)
    events, feedback, customers = world(tmp_path)
    os.utime(tmp_path / "events.parquet", (0, 0))
    opened = Journeys.open(file, ONE_EACH, events, feedback=feedback, customers=customers)
    assert opened.n_events == journeys.n_events


def test_another_answer_in_memory_is_refused(tmp_path: Path) -> None:
    _, file = saved(tmp_path)
    events, _, customers = world(tmp_path)
    _, other = recorded(*SAID[:-1], "csat:home=3")
    with pytest.raises(StaleError, match=r"made of another version of `pandas table`"):
        Journeys.open(file, ONE_EACH, events, feedback=other, customers=customers)


def test_columns_read_in_another_way_are_refused(tmp_path: Path) -> None:
    _, file = saved(tmp_path)
    _, feedback, customers = world(tmp_path)
    plain = Events(tmp_path / "events.parquet", customer="customer", at="at", unit="us")
    with pytest.raises(StaleError, match=r"made of events whose columns were read in another way"):
        Journeys.open(file, ONE_EACH, plain, feedback=feedback, customers=customers)


def test_another_moment_is_refused(tmp_path: Path) -> None:
    _, file = saved(tmp_path)
    events, feedback, customers = world(tmp_path)
    noon = datetime(1970, 2, 1, 12, tzinfo=UTC)
    with pytest.raises(StaleError, match=r"was made of the data as of its end\. Join anew"):
        Journeys.open(file, ONE_EACH, events, feedback=feedback, customers=customers, as_of=noon)


def test_a_table_more_or_less_is_refused(tmp_path: Path) -> None:
    _, file = saved(tmp_path)
    events, feedback, _ = world(tmp_path)
    with pytest.raises(StaleError, match=r"was made of customers too, which are not given now"):
        Journeys.open(file, ONE_EACH, events, feedback=feedback)
    join(ONE_EACH, events).save(file)
    with pytest.raises(StaleError, match=r"was made of no feedback, which are given now"):
        Journeys.open(file, ONE_EACH, events, feedback=feedback)


def test_a_file_that_changed_since_it_was_joined_cannot_be_vouched_for(tmp_path: Path) -> None:
    events, _, _ = world(tmp_path)
    journeys = join(ONE_EACH, events)
    pd.read_parquet(tmp_path / "events.parquet").iloc[:3].to_parquet(tmp_path / "events.parquet")
    with pytest.raises(SourceError, match=r"`events\.parquet` changed since it was joined\. Join"):
        journeys.save(tmp_path / "shop.journeys")


def test_a_choice_of_journeys_is_not_saved_as_the_whole(tmp_path: Path) -> None:
    journeys, _ = saved(tmp_path)
    with pytest.raises(SourceError, match=r"Only journeys as `join` returns them can be saved"):
        journeys.where("country", "DE").save(tmp_path / "german.journeys")


@pytest.mark.parametrize("content", [b"", b"PAR1 is no such file", b"ARROW1\0\0"])
def test_a_file_without_journeys_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.journeys").write_bytes(content)
    with pytest.raises(SourceError, match=r"`odd\.journeys` holds no journeys\. Save some with"):
        Journeys.open(tmp_path / "odd.journeys")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"`none\.journeys` holds no journeys"):
        Journeys.open(tmp_path / "none.journeys")
