"""Hiding small groups, and as much around them as would give them away.

A count of 1 to `k_min` - 1 people is hidden. What remains still tells: a hidden part is the total
less the other parts. So every sum a reader can know, within a row or down a column, is an
equation between cells, and further cells are hidden, the smallest first, until no hidden cell
follows from the equations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.privacy.equations import hide
from cjm_notebooks.privacy.published import Published
from cjm_notebooks.privacy.running_counts import thinned
from cjm_notebooks.privacy.unknowns import Flags


@dataclass(frozen=True)
class Suppressed:
    """A table that can be shown: hidden counts are `NA`, hidden estimates NaN."""

    table: pd.DataFrame
    hidden: pd.DataFrame  # bool, the shape of `table`
    hidden_cells: int


def suppress(table: pd.DataFrame, rule: Published, k_min: int) -> Suppressed:
    """The table without what it would tell about groups of fewer than `k_min` people.

    A count of 0 stays, since it is about nobody, unless nothing else can protect its neighbour.
    A share whose hits, or trials that were no hits, are a small group loses its hits too. An
    estimate is hidden with any count it rests on. Totals that other tables show are taken as
    hidden there by the same rule. Rows of running counts are thinned until no two of them tell of
    a small group between them.

    Empty   a table without rows, or without counts of people, comes back as it is
    Raises  ParameterError when a column is missing, a count is not a whole number from 0 up, or
            `k_min` is below 1
    Source  Willenborg and de Waal 2001, Elements of statistical disclosure control
    """
    if k_min < 1:
        msg = f"`k_min` is {k_min}. Give the size of the smallest group to show, 1 or more."
        raise ParameterError(msg)
    _require_columns(table, rule)
    if rule.running is not None and not table.empty:
        table = thinned(table, rule.running, k_min)
    columns = [_whole_numbers(table, name) for name in rule.counts]
    counts = np.array(columns).reshape(len(columns), len(table)).T
    groups: list[NDArray[np.int64]] = []
    if rule.within:
        known = table.groupby(list(rule.within), dropna=False, observed=True, sort=False)
        groups = [np.asarray(rows) for rows in known.indices.values()]
    return _without(table, rule, hide(counts, rule, k_min, groups))


def _without(table: pd.DataFrame, rule: Published, hidden: Flags) -> Suppressed:
    nothing = np.zeros(len(table), np.bool_)
    masks = {str(name): nothing for name in table.columns}
    changed: dict[str, pd.Series] = {}
    for name, cells in zip(rule.counts, hidden.T, strict=True):
        masks[name] = cells
        changed[name] = table[name].astype("Int64").mask(cells)
    for name in rule.withheld:
        masks[name] = ~nothing
        changed[name] = table[name].astype("Float64").mask(masks[name])
    for name, rests_on in rule.estimates.items():
        masks[name] = np.logical_or.reduce([masks[count] for count in rests_on])
        changed[name] = table[name].astype("float64").mask(masks[name])
    mask = pd.DataFrame(masks, index=table.index)
    return Suppressed(table.assign(**changed), mask, int(mask.to_numpy().sum()))


def _require_columns(table: pd.DataFrame, rule: Published) -> None:
    running = [] if rule.running is None else [rule.running.along, rule.running.by]
    for name in [*rule.counts, *rule.estimates, *rule.within, *rule.withheld, *running]:
        if name not in table.columns:
            hint = did_you_mean(name, map(str, table.columns))
            msg = f"The table has no column `{name}`, which is to be published. {hint}"
            raise ParameterError(msg)


def _whole_numbers(table: pd.DataFrame, name: str) -> NDArray[np.float64]:
    values = table[name].to_numpy(dtype=np.float64, na_value=np.nan)
    odd = values[(values < 0) | (values != np.floor(values)) & ~np.isnan(values)]
    if len(odd):
        msg = f"`{name}` holds {odd[0]:g}. A count of people is a whole number from 0 up."
        raise ParameterError(msg)
    return values
