"""A metric over journeys that are in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.metrics import Metric
from cjm_notebooks.statistics.partials import Additive
from cjm_notebooks.statistics.partials.per_bucket import jackknife_error

if TYPE_CHECKING:
    import pandas as pd

P = TypeVar("P", bound=Additive)


def measure(metric: Metric[P], journeys: Journeys) -> pd.DataFrame:
    """The report of `metric` over all journeys, with intervals that treat customers as the unit."""
    return metric.report(observe(metric, journeys), journeys.map)


def observe(metric: Metric[P], journeys: Journeys) -> P:
    """The partial over all journeys.

    Where a customer counts more than once it is added up bucket by bucket of whole customers, since
    only these tell how much customers differ.
    """
    whole = metric.observe(journeys)
    if not whole.has_repeats:
        return whole
    return reduce(add, _of_buckets(metric, journeys))


def jackknife(
    metric: Metric[P], journeys: Journeys, columns: Sequence[str]
) -> dict[str, np.ndarray]:
    """The standard error of any column of a report, for estimates without a closed form.

    Each of the (at most 256) buckets of customers is left out in turn, so that the metric is
    observed once and reported once a bucket.

    Shape   one array a column, as long as the report
    Empty   NaN below two buckets with customers
    Raises  ParameterError when the report changes its length without a bucket
    Source  Wolter 2007, Introduction to variance estimation, chapter 4
    """
    nobody = metric.observe(journeys.part(0, 0))
    parts = list(_of_buckets(metric, journeys))
    before = list(accumulate(parts, add, initial=nobody))
    after = list(accumulate(reversed(parts), add, initial=nobody))[::-1]
    whole = metric.report(before[-1], journeys.map)
    groups = len(parts)
    if groups < 2:
        return {column: np.full(len(whole), np.nan) for column in columns}
    left_out = [
        metric.report(before[place] + after[place + 1], journeys.map) for place in range(groups)
    ]
    if any(len(report) != len(whole) for report in left_out):
        msg = (
            f"{type(metric).__name__} reports other rows when customers are left out, so that its "
            "rows have no standard error. Report one row for each place of the map."
        )
        raise ParameterError(msg)
    errors = {}
    for column in columns:
        values = np.stack([report[column].to_numpy(dtype=float) for report in left_out])
        errors[column] = jackknife_error(values)
    return errors


def _of_buckets(metric: Metric[P], journeys: Journeys) -> Iterator[P]:
    return (metric.observe(bucket).sealed() for bucket in journeys.buckets())
