"""What can be read on the card of every metric, check, source and view."""

from __future__ import annotations

import re

import pytest

from cjm_notebooks.catalogue import entries
from cjm_notebooks.checks import Check
from cjm_notebooks.engine import measure
from cjm_notebooks.metrics import Metric
from cjm_notebooks.sources import Source
from cjm_notebooks.views import View
from tests.journeys import journeys

LABELS = {
    "metrics": (Metric, ("Unit", "Shape", "Empty")),
    "checks": (Check, ("Unit", "Findings", "Skips")),
    "sources": (Source, ("Memory", "Raises")),
    "views": (View, ("Reads", "Draws")),
}
METRICS = [one for entry in entries("metrics", Metric).values() for one in entry.examples()]
ENTRIES = [
    pytest.param(id_, entry, labels, id=f"{shelf}/{id_}")
    for shelf, (kind, labels) in LABELS.items()
    for id_, entry in entries(shelf, kind).items()
]

every_entry = pytest.mark.parametrize(("id_", "entry", "labels"), ENTRIES)
every_metric = pytest.mark.parametrize("metric", METRICS, ids=repr)


@every_entry
def test_card_says_what_its_shelf_promises(
    id_: str, entry: type[object], labels: tuple[str, ...]
) -> None:
    card = entry.__doc__ or ""
    assert [label for label in labels if not re.search(rf"^ *{label} +\S", card, re.M)] == []


@every_entry
def test_card_begins_with_a_sentence(id_: str, entry: type[object], labels: object) -> None:
    first = (entry.__doc__ or "").splitlines()[0]
    assert first.endswith(".")
    assert not first.startswith(entry.__name__)


@every_entry
def test_class_is_named_after_its_file(id_: str, entry: type[object], labels: object) -> None:
    assert entry.__name__ == id_.title().replace("-", "")


@pytest.mark.parametrize("shelf", ["metrics", "checks", "views"])
def test_every_entry_shows_at_least_one_example(shelf: str) -> None:
    found = entries(shelf, LABELS[shelf][0])
    assert [id_ for id_, entry in found.items() if not entry.examples()] == []


@every_metric
def test_published_columns_are_columns_of_the_report(metric: Metric) -> None:
    someone = journeys("home@1 cart@2 paid@3 csat:cart=4@4 nps=9@5", "home@1 expected:home=3")
    published = metric.published
    named = {*published.counts, *published.estimates, *published.within}
    assert named - {*measure(metric, someone)} == set()


@every_metric
def test_whatever_lies_between_low_and_high_is_published_as_an_estimate(metric: Metric) -> None:
    report = measure(metric, journeys("home@1 cart@2 paid@3", "home@1"))
    ends = [name for name in report if re.search(r"(^|_)(low|high|share)$", name)]
    scale = {"scale_low", "scale_high"}
    assert {*ends} - scale - {*metric.published.estimates} == set()
