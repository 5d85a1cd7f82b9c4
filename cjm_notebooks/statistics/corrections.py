"""Keeping many tests honest: twenty tests of nothing find something once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.intervals import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """The p-values of one run, adjusted so that q of those below q are false at most.

    A NaN is no test: it stays NaN and is not counted.

    Source  Benjamini and Hochberg 1995, Controlling the false discovery rate
    """
    from scipy.stats import false_discovery_control

    raw = np.asarray(p, dtype=np.float64)
    tested = ~np.isnan(raw)
    adjusted = raw.copy()
    if tested.any():
        adjusted[tested] = false_discovery_control(raw[tested])
    return adjusted
