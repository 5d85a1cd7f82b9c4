"""What every metric promises, checked for each one in the catalogue, in a check or in a view."""

from __future__ import annotations

import pickle
from functools import reduce
from operator import add

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.catalogue import entries
from cjm_notebooks.checks import Check
from cjm_notebooks.metrics import Metric
from cjm_notebooks.statistics.partials import Additive
from cjm_notebooks.views import View
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, shop
from tests.journeys.drawn import drawn_journeys

AnyMetric = Metric[Additive]


def metrics() -> list[AnyMetric]:
    """Every example of the catalogue, and whatever else a check or a view reads, each once."""
    found = [
        example for entry in entries("metrics", Metric).values() for example in entry.examples()
    ]
    readers = [*entries("checks", Check).values(), *entries("views", View).values()]
    examples = [example for reader in readers for example in reader.examples()]
    readings = [reading for example in examples for reading in example.reads.values()]
    found += [reading for reading in readings if isinstance(reading, Metric)]
    return list(dict.fromkeys(found))


every_metric = pytest.mark.parametrize("metric", metrics(), ids=repr)
few = settings(max_examples=30)


def assert_same(metric: AnyMetric, journeys: Journeys, partial: Additive, whole: Additive) -> None:
    got, wanted = (metric.report(one, journeys.map) for one in (partial, whole))
    exact = metric.tolerance == 0
    pd.testing.assert_frame_equal(got, wanted, check_exact=exact, rtol=metric.tolerance, atol=0)


@every_metric
@few
@given(journeys=drawn_journeys, cuts=st.tuples(st.integers(0, 8), st.integers(0, 8)))
def test_any_grouping_of_whole_customers_reports_what_the_whole_reports(
    metric: AnyMetric, journeys: Journeys, cuts: tuple[int, int]
) -> None:
    low, high = sorted(min(cut, journeys.n_customers) for cut in cuts)
    bounds = [(0, low), (low, high), (high, journeys.n_customers)]
    a, b, c = (metric.observe(journeys.part(*bound)) for bound in bounds)
    whole = metric.observe(journeys)
    for partial in ((a + b) + c, a + (b + c), (c + a) + b):
        assert_same(metric, journeys, partial, whole)


@every_metric
@few
@given(journeys=drawn_journeys)
def test_sealed_groups_report_the_same_in_any_order(metric: AnyMetric, journeys: Journeys) -> None:
    nobody = metric.observe(journeys.part(0, 0))
    groups = [metric.observe(group).sealed() for group in journeys.groups()]
    backwards, forwards = reduce(add, reversed(groups), nobody), reduce(add, groups, nobody)
    assert_same(metric, journeys, backwards, forwards)
    assert_same(metric, journeys, backwards + nobody.sealed(), forwards)


@every_metric
@few
@given(journeys=drawn_journeys)
def test_nobody_changes_nothing(metric: AnyMetric, journeys: Journeys) -> None:
    seen, nobody = metric.observe(journeys), metric.observe(journeys.part(0, 0))
    assert_same(metric, journeys, seen + nobody, seen)
    assert_same(metric, journeys, nobody + seen, seen)


@every_metric
@few
@given(journeys=drawn_journeys)
def test_partial_survives_the_wire(metric: AnyMetric, journeys: Journeys) -> None:
    partial = metric.observe(journeys).sealed()
    assert_same(metric, journeys, pickle.loads(pickle.dumps(partial)), partial)


FEW = {
    "nobody": (),
    "one customer": ("home@1 cart@2 paid@3",),
    "one event": ("home@1",),
    "only unmatched events": ("odd@1 odd@2",),
    "all open": ("home@99", "cart@98 home@99.5", "product@97"),
    "all at one moment": ("home@5 cart@5 paid@5", "home@5 cart@5"),
    "only answers": ("csat:home=4@3", "nps=9"),
}
NO_OUTCOMES = shop().model_copy(update={"outcomes": ()})


@every_metric
@pytest.mark.parametrize("few", FEW.values(), ids=FEW)
@pytest.mark.parametrize("on", [ONE_EACH, UNTIL_OUTCOME, NO_OUTCOMES], ids=["one", "many", "none"])
def test_few_customers_have_a_report_of_finite_or_missing_numbers(
    metric: AnyMetric, few: tuple[str, ...], on: JourneyMap
) -> None:
    report = measure(metric, journeys(*few, on=on))
    numbers = report.select_dtypes("number").to_numpy(dtype=float)
    assert not np.isinf(numbers).any()
    counts = [name for name in metric.published.counts if name in report]
    assert not (report[counts] < 0).to_numpy().any()
