"""Asking metrics: in one pass over the groups of customers, wherever these come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from cjm_notebooks.engine.on_spark import SparkJourneys
from cjm_notebooks.engine.progress import parts_of
from cjm_notebooks.engine.saved import SavedPartials
from cjm_notebooks.engine.totals import Totals, totals_of
from cjm_notebooks.journeys.joining.parts import JourneyParts
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.statistics.partials import Additive

if TYPE_CHECKING:
    import pandas as pd

P = TypeVar("P", bound=Additive)
Source = Journeys | JourneyParts | SparkJourneys
Measurable = Source | Split[Journeys] | Split[JourneyParts] | Split[SparkJourneys]


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
    if isinstance(source, SparkJourneys):
        groups = source.totals(asked, split, saved)
    else:
        groups = totals_of(asked, parts_of(source, progress), split, saved)
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
    """The partial over all journeys, each group of customers sealed."""
    (found,) = totals_of((metric,), [journeys], None, None)[None]
    partial: P = found
    return partial


def _below_each_other(
    metric: AnyMetric, groups: Totals, place: int, source: Source
) -> pd.DataFrame:
    import pandas as pd

    reports = {group: metric.report(totals[place], source.map) for group, totals in groups.items()}
    tables = [
        report.assign(segment=pd.Series([group] * len(report), dtype="str"))
        for group, report in reports.items()
    ]
    whole = pd.concat(tables, ignore_index=True)
    return whole[["segment", *whole.columns.drop("segment")]]
