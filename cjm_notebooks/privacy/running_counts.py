"""Thinning rows whose running counts would tell of a few people from one row to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cjm_notebooks.privacy.published import Running


def thinned(table: pd.DataFrame, running: Running, k_min: int) -> pd.DataFrame:
    """Only rows between which each count grows by nobody or by at least `k_min` people.

    All groups keep the same values of `along`, and always the last one, so that what they add up
    to in the end is shown where it is no small group itself.
    """
    steps = table.pivot_table(
        index=running.along, columns=running.by, values=list(running.counts), sort=True
    )
    reached = steps.ffill().fillna(0).to_numpy()
    kept: list[int] = []
    for place in range(len(reached)):
        if _grows_by_enough(reached, kept, place, k_min):
            kept.append(place)
    last = len(reached) - 1
    while last >= 0 and last not in kept:
        if not kept or _grows_by_enough(reached, kept, last, k_min):
            kept.append(last)
        else:
            kept.pop()
    return table[table[running.along].isin(steps.index[kept])].reset_index(drop=True)


def _grows_by_enough(reached: np.ndarray, kept: list[int], place: int, k_min: int) -> bool:
    before = reached[kept[-1]] if kept else np.zeros(reached.shape[1])
    grown = reached[place] - before
    return bool(((grown == 0) | (grown >= k_min)).all())
