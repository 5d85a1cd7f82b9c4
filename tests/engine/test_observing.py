"""Every metric over whole groups of customers, in memory and in parts, at once and over days."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import Customers, Journeys, SavedPartials, join, measure, measure_all
from cjm_notebooks.engine import observe
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Events, Feedback
from cjm_notebooks.journeys.joining.build import Tables
from cjm_notebooks.journeys.joining.parts import JourneyParts, join_in_parts
from cjm_notebooks.journeys.tables import group_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import AnyMetric
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, recorded
from tests.journeys.drawn import customers
from tests.test_metric_laws import every_metric, metrics

CART = 1
every_map = pytest.mark.parametrize("journey_map", [ONE_EACH, UNTIL_OUTCOME], ids=["one", "many"])


@cache
def world() -> tuple[Events, Feedback, Customers]:
    """Some hundred customers with all kinds of journeys, amounts, ties and answers."""
    said = [words.replace("paid@", "paid$20@") for words in islice(customers(), 0, None, 4)]
    events, feedback = recorded(*said)
    assert feedback is not None
    ids = events.table["customer"].unique()
    table = pd.DataFrame(
        {"customer": ids, "country": ["DE", "FR", None] * (len(ids) // 3) + ["DE"] * (len(ids) % 3)}
    )
    return events, feedback, Customers(table, "customer")


@cache
def joined(journey_map: JourneyMap) -> Journeys:
    events, feedback, about = world()
    return join(journey_map, events, feedback=feedback, customers=about)


@cache
def in_memory(journey_map: JourneyMap) -> dict[AnyMetric, pd.DataFrame]:
    return measure_all(metrics(), joined(journey_map))


@cache
def in_parts(journey_map: JourneyMap) -> tuple[dict[AnyMetric, pd.DataFrame], JourneyParts]:
    events, feedback, about = world()
    tables = Tables(journey_map, events, feedback, about, None)
    parts = JourneyParts(tables, memory=10**9, rows=100)
    return measure_all(metrics(), parts, progress=True), parts


def assert_same(metric: AnyMetric, got: pd.DataFrame, wanted: pd.DataFrame) -> None:
    exact = metric.tolerance == 0
    pd.testing.assert_frame_equal(got, wanted, check_exact=exact, rtol=metric.tolerance, atol=0)


@every_map
@every_metric
def test_parts_report_what_the_whole_reports(metric: AnyMetric, journey_map: JourneyMap) -> None:
    assert_same(metric, in_parts(journey_map)[0][metric], in_memory(journey_map)[metric])


@every_map
def test_parts_hold_whole_groups_and_give_the_same_account(journey_map: JourneyMap) -> None:
    _, parts = in_parts(journey_map)
    each = list(parts)
    groups = [group for part in each for group in np.unique(group_of(part.customer_codes))]
    assert len(each) > 3
    assert groups == sorted(set(groups))
    assert parts.quality == joined(journey_map).quality


def test_parts_have_the_rows_that_numpy_sorts_in_the_same_order() -> None:
    whole = joined(ONE_EACH)
    for name in ("at", "kind", "starts", "customer_codes"):
        one_by_one = [getattr(part, name) for part in in_parts(ONE_EACH)[1]]
        if name == "starts":
            one_by_one = [np.diff(starts) for starts in one_by_one]
        wanted = np.diff(whole.starts) if name == "starts" else getattr(whole, name)
        assert np.concatenate(one_by_one).tolist() == wanted.tolist()


def test_a_customer_in_two_parts_is_refused() -> None:
    whole = joined(ONE_EACH)
    _, parts = in_parts(ONE_EACH)

    class Torn(JourneyParts):
        def __iter__(self):
            yield whole.part(0, 10)
            yield whole.part(10, whole.n_customers)

    before, middle = group_of(whole.customer_codes[9:11]).tolist()
    assert before == middle
    torn = Torn(parts.tables, parts.memory, parts.rows)
    with pytest.raises(ParameterError, match=rf"group {middle} are in two parts"):
        measure(StageReach(), torn, progress=False)


def test_a_split_reports_each_group_below_the_other() -> None:
    whole = joined(ONE_EACH)
    table = measure(StageReach(), whole.split_by("country"))
    assert list(table)[:2] == ["segment", "stage"]
    assert table["segment"].drop_duplicates().tolist() == ["DE", "FR", None] or (
        table["segment"].drop_duplicates().isna().tolist() == [False, False, True]
    )
    french = table[table["segment"] == "FR"].drop(columns="segment").reset_index(drop=True)
    pd.testing.assert_frame_equal(french, measure(StageReach(), whole.where("country", "FR")))


def test_split_parts_report_what_the_split_whole_reports() -> None:
    _, parts = in_parts(ONE_EACH)
    got = measure(DropOff(), parts.split_by("country"))
    pd.testing.assert_frame_equal(got, measure(DropOff(), joined(ONE_EACH).split_by("country")))


def test_an_unknown_segment_is_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"no segment `county`\. Did you mean `country`"):
        joined(ONE_EACH).split_by("county")


@pytest.mark.parametrize("memory", ["a lot", "4", "4 GiB", "-1 GB"])
def test_memory_is_an_amount_with_a_unit(memory: str) -> None:
    with pytest.raises(ParameterError, match=r"Give a number with MB, GB or TB, such as \"4 GB\""):
        join_in_parts(ONE_EACH, world()[0], memory=memory)


def test_too_little_memory_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ParameterError, match=r"Less than 500 MB is not enough to sort with"):
        join_in_parts(ONE_EACH, Events("nowhere.csv", customer="c", at="t"), memory="499 MB")


def test_the_account_of_parts_is_unknown_before_they_were_read() -> None:
    with pytest.raises(ParameterError, match=r"once all events were gone through"):
        _ = join_in_parts(ONE_EACH, world()[0]).quality


def without_the_last_day(events: Events) -> Events:
    """The same customers until day 60: later events and the end of the data are not yet there."""
    table, day = events.table, 86_400_000_000
    at = table["at"].where(table["event"] != "tick", 60 * day)
    return replace(events, table=table.assign(at=at)[at <= 60 * day])


@every_map
def test_a_day_more_reports_what_a_full_run_reports(
    journey_map: JourneyMap, tmp_path: Path
) -> None:
    events, feedback, about = world()
    before = join(journey_map, without_the_last_day(events), feedback=feedback, customers=about)
    measure_all(metrics(), before, saved=SavedPartials(tmp_path))
    again = SavedPartials(tmp_path)
    for metric, report in measure_all(metrics(), joined(journey_map), saved=again).items():
        assert_same(metric, report, in_memory(journey_map)[metric])
    assert again.reused > 0
    assert again.observed > 0


def test_only_the_bucket_of_the_customer_who_came_back_is_observed_again(tmp_path: Path) -> None:
    said = ["home@1 cart@2", "home@1", "cart@3 paid@4", "home@2 help@3"]
    before = journeys(*said)
    assert len(before.buckets()) == len(said)
    first = SavedPartials(tmp_path)
    measure(StageReach(), before, saved=first)
    assert (first.observed, first.reused) == (4, 0)
    later = SavedPartials(tmp_path)
    measure(StageReach(), journeys(*said[:-1], said[-1] + " home@50"), saved=later)
    assert (later.observed, later.reused) == (1, 3)


def test_a_journey_that_is_no_longer_open_is_observed_again(tmp_path: Path) -> None:
    said = ["home@1 cart@2", "home@80"]
    before = measure(StageReach(), journeys(*said, until=100), saved=SavedPartials(tmp_path))
    later = SavedPartials(tmp_path)
    table = measure(StageReach(), journeys(*said, until=120), saved=later)
    assert (later.observed, later.reused) == (1, 1)
    assert (before.loc[1, "open"], table.loc[1, "open"]) == (1, 0)


@every_metric
def test_who_watches_the_end_says_so(metric: AnyMetric) -> None:
    """Closed journeys report the same a year later, but for metrics that count the time since."""
    said = ["home@1 cart@2 paid@150", "home@1 cart@2", "product@1 home@2 csat:home=2@3"]
    said += ["cart@1 cancelled@5 home@90", "home@150 cart@151", "home@140 product@149"]
    early, late = (journeys(*said, until=until) for until in (200, 565))
    assert not (early.is_open | late.is_open).any()
    same = observe_report(metric, early).equals(observe_report(metric, late))
    assert same or metric.watches_the_end


def observe_report(metric: AnyMetric, of: Journeys) -> pd.DataFrame:
    return metric.report(observe(metric, of), of.map)


def test_a_file_that_is_no_partial_is_refused(tmp_path: Path) -> None:
    someone = journeys("home@1")
    measure(StageReach(), someone, saved=SavedPartials(tmp_path))
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\x80\x05cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ParameterError, match=r"holds no partials\. Delete it; they are observed"):
        measure(StageReach(), someone, saved=SavedPartials(tmp_path))


def test_journeys_of_one_customer_count_as_less_than_those_of_many() -> None:
    loyal = " ".join(f"home@{day} cart@{day}.1 paid@{day}.2" for day in range(1, 21))
    reach = measure(StageReach(), journeys(loyal, *["home@1"] * 20, on=UNTIL_OUTCOME))
    row = reach.loc[CART]
    assert (row["reached"], row["journeys"]) == (20, 40)
    low, high = wilson(np.array([20]), np.array([40]))
    assert row["high"] - row["low"] > 1.5 * (high - low)[0]
