"""Asking metrics: in one pass over the buckets of customers, wherever these come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from cjm_notebooks.engine.progress import parts_of
from cjm_notebooks.engine.saved import SavedPartials
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.parts import JourneyParts
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.statistics.partials import Additive

if TYPE_CHECKING:
    import pandas as pd

P = TypeVar("P", bound=Additive)
Source = Journeys | JourneyParts
Measurable = Source | Split[Journeys] | Split[JourneyParts]
Group = str | None


def measure(
    metric: Metric[P],
    journeys: Measurable,
    *,
    saved: SavedPartials | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """The report of `metric` over all journeys, with intervals that treat customers as the unit.

    Split journeys (`journeys.split_by("country")`) give the report of each group one below the
    other, named in a first column `segment`. `saved` keeps what was observed for the next time.
    Long work over `JourneyParts` shows a progress bar, unless `progress` is False.
    """
    return measure_all([metric], journeys, saved=saved, progress=progress)[metric]


def measure_all(
    metrics: Iterable[AnyMetric],
    journeys: Measurable,
    *,
    saved: SavedPartials | None = None,
    progress: bool | None = None,
) -> dict[AnyMetric, pd.DataFrame]:
    """The report of each metric, as `measure` gives it, in one pass over the journeys."""
    asked = tuple(dict.fromkeys(metrics))
    source = journeys.journeys if isinstance(journeys, Split) else journeys
    split = journeys if isinstance(journeys, Split) else None
    groups = _totals(asked, parts_of(source, progress), split, saved)
    if saved is not None:
        saved.write()
    if split is None:
        return {
            metric: metric.report(total, source.map)
            for metric, total in zip(asked, groups[None], strict=True)
        }
    return {
        metric: _below_each_other(metric, groups, place, source)
        for place, metric in enumerate(asked)
    }


def observe(metric: Metric[P], journeys: Journeys) -> P:
    """The partial over all journeys, each bucket of customers sealed."""
    (found,) = _totals((metric,), [journeys], None, None)[None]
    partial: P = found
    return partial


def _totals(
    metrics: Sequence[AnyMetric],
    parts: Iterable[Journeys],
    split: Split[Any] | None,
    saved: SavedPartials | None,
) -> dict[Group, list[Any]]:
    """The sum of each metric's partials, for each group."""
    totals: dict[Group, list[Any]] = {}
    observed: set[int] = set()
    for part in parts:
        _refuse_split_buckets(part, observed)
        if not totals:
            totals = {group: _nobody(metrics, some) for group, some in _groups(part, split)}
        for bucket in part.buckets():
            for group, some in _groups(bucket, split):
                if not some.n_customers:
                    continue
                new = _observed(metrics, some, saved, group)
                sums = totals.setdefault(group, _nobody(metrics, some))
                totals[group] = [one + other for one, other in zip(sums, new, strict=True)]
    return totals


def _refuse_split_buckets(part: Journeys, observed: set[int]) -> None:
    here = set(np.unique(part.bucket).tolist())
    if observed & here:
        msg = (
            f"Customers of bucket {min(observed & here)} are in two parts, so that one customer "
            "may be split over both. Give each part whole buckets of customers."
        )
        raise ParameterError(msg)
    observed |= here


def _groups(journeys: Journeys, split: Split[Any] | None) -> Iterator[tuple[Group, Journeys]]:
    return iter([(None, journeys)]) if split is None else split.groups(journeys)


def _nobody(metrics: Sequence[AnyMetric], like: Journeys) -> list[Any]:
    nobody = like.part(0, 0)
    return [metric.observe(nobody).sealed() for metric in metrics]


def _observed(
    metrics: Sequence[AnyMetric], bucket: Journeys, saved: SavedPartials | None, group: Group
) -> list[Any]:
    if saved is not None:
        return saved.partials(metrics, bucket, str(group))
    return [metric.observe(bucket).sealed() for metric in metrics]


def _below_each_other(
    metric: AnyMetric, groups: dict[Group, list[Any]], place: int, source: Source
) -> pd.DataFrame:
    import pandas as pd

    reports = {group: metric.report(totals[place], source.map) for group, totals in groups.items()}
    tables = [
        report.assign(segment=pd.Series([group] * len(report), dtype="str"))
        for group, report in reports.items()
    ]
    whole = pd.concat(tables, ignore_index=True)
    return whole[["segment", *whole.columns.drop("segment")]]
