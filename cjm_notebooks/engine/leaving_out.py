"""The error of anything that a metric reports, and how sure a difference between two groups is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.metrics import AnyMetric
from cjm_notebooks.statistics.comparisons import student_p
from cjm_notebooks.statistics.corrections import benjamini_hochberg
from cjm_notebooks.statistics.intervals import student_quantile
from cjm_notebooks.statistics.partials.per_bucket import jackknife_error

if TYPE_CHECKING:
    import pandas as pd


def jackknife(
    metric: AnyMetric, journeys: Journeys, columns: Sequence[str]
) -> dict[str, np.ndarray]:
    """The standard error of any column of a report, for estimates without a closed form.

    Each of the (at most 64) groups of customers is left out in turn, so that the metric is
    observed once and reported once a group.

    Shape   one array a column, as long as the report
    Empty   NaN below two groups with customers, and in a row that some group alone accounts for
    Raises  ParameterError when the report has no such column
    Source  Wolter 2007, Introduction to variance estimation, chapter 4
    """
    found = _LeftOut.of(metric, journeys, columns)
    if len(found.without) < 2:
        return {column: np.full(len(found.whole), np.nan) for column in columns}
    errors = jackknife_error(np.stack(list(found.without.values())))
    return {column: errors[:, place] for place, column in enumerate(columns)}


def difference(
    metric: AnyMetric, one: Journeys, other: Journeys, columns: Sequence[str] = ()
) -> pd.DataFrame:
    """How two groups of customers differ in what a metric reports, and how sure that is.

    Each group of customers is left out on both sides in turn. `columns` are the estimates to
    compare, without any all of the metric. A row that only one group has is compared with nothing.
    All p-values of the table are corrected together, so that of the differences called real at
    `p_adjusted` below 0.05 at most one in twenty is expected to be an accident.

    Unit    that of each estimate; `difference` is `one` less `other`
    Shape   one row per row of the report and estimate; the columns that name the row come first
    Empty   null ends and p below two groups with customers, or where a few customers account for
            the row
    Raises  ParameterError when the report has no such column, or the groups are of two maps
    Source  Wolter 2007, Introduction to variance estimation, chapter 4; Benjamini and Hochberg
            1995, Controlling the false discovery rate
    """
    import pandas as pd

    if one.map.content_hash() != other.map.content_hash():
        msg = f"The groups are of two maps, `{one.map.id}` and `{other.map.id}`. Join both to one."
        raise ParameterError(msg)
    compared = tuple(columns) or _estimates(metric)
    here, there = (_LeftOut.of(metric, group, compared) for group in (one, other))
    rows = here.whole.index.union(there.whole.index, sort=False)
    ours, theirs = here.aligned(rows), there.aligned(rows)
    groups = sorted({*ours.without, *theirs.without})
    whole = ours.values - theirs.values
    error, degrees = np.full(whole.shape, np.nan), len(groups) - 1
    if degrees > 0:
        error = jackknife_error(np.stack([ours.less(g) - theirs.less(g) for g in groups]))
    reach = student_quantile(np.array(float(degrees)), 0.95) * error if degrees > 0 else error
    t = whole / np.where(error > 0, error, np.nan)
    p = student_p(t, float(max(degrees, 1)))
    names = pd.DataFrame(index=rows).reset_index().drop(columns="index", errors="ignore")
    table = names.loc[names.index.repeat(len(compared))].reset_index(drop=True)
    return table.assign(
        estimate=list(compared) * len(rows),
        one=ours.values.ravel(),
        other=theirs.values.ravel(),
        difference=whole.ravel(),
        low=(whole - reach).ravel(),
        high=(whole + reach).ravel(),
        p=p.ravel(),
        p_adjusted=benjamini_hochberg(p.ravel()),
    )


def _estimates(metric: AnyMetric) -> tuple[str, ...]:
    ends = ("low", "high")
    return tuple(name for name in metric.published.estimates if not name.endswith(ends))


@dataclass(frozen=True, eq=False)
class _LeftOut:
    """Some columns of a report, of all customers and without each group of customers.

    Attributes
    ----------
    whole
        the columns, by what names their rows.
    without
        per group float64, (rows, columns); NaN in a row that is not reported without it.
    """

    whole: pd.DataFrame
    without: Mapping[int, np.ndarray]

    @classmethod
    def of(cls, metric: AnyMetric, journeys: Journeys, columns: Sequence[str]) -> Self:
        nobody = metric.observe(journeys.part(0, 0)).sealed()
        groups = journeys.groups()
        parts: list[Any] = [metric.observe(group).sealed() for group in groups]
        before = list(accumulate(parts, add, initial=nobody))
        after = list(accumulate(reversed(parts), add, initial=nobody))[::-1]

        def reported(partial: Any) -> pd.DataFrame:
            report = metric.report(partial, journeys.map)
            for column in columns:
                if column not in report:
                    near = did_you_mean(column, [str(name) for name in report])
                    msg = f"{type(metric).__name__} reports no `{column}`. {near}"
                    raise ParameterError(msg)
            counted = {*metric.published.counts, *metric.published.estimates}
            names = [name for name in report if name not in {*counted, *metric.published.withheld}]
            named = report.set_index(names) if names else report
            return named[list(columns)].astype("float64")

        whole = reported(before[-1])
        without = {
            group.group: reported(before[i] + after[i + 1]).reindex(whole.index).to_numpy()
            for i, group in enumerate(groups)
        }
        return cls(whole, without)

    @property
    def values(self) -> np.ndarray:
        return self.whole.to_numpy()

    def aligned(self, rows: pd.Index) -> Self:
        """The same with these rows, NaN where there are none."""
        place = self.whole.index.get_indexer(rows)
        missing = place < 0
        without = {group: values[place] for group, values in self.without.items()}
        for values in without.values():
            values[missing] = np.nan
        return type(self)(self.whole.reindex(rows), without)

    def less(self, group: int) -> np.ndarray:
        """The values without a group; all of them where nobody on this side is in it."""
        return self.without.get(group, self.values)
