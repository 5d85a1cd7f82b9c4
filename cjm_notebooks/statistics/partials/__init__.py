"""What metrics are made of: figures of some customers that add up to the figures of all.

`Rate` holds shares, `Scores` answers on a scale, `Durations` times, `Tally` counts in cells of
which few are seen, and `PerBucket` sums from which anything else can be estimated with an interval.
A metric combines them with plain integer arrays in a frozen dataclass of its own that inherits from
`Additive`.
"""

from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.buckets import BUCKETS, SEALED
from cjm_notebooks.statistics.partials.durations import Durations
from cjm_notebooks.statistics.partials.per_bucket import PerBucket
from cjm_notebooks.statistics.partials.rate import Rate
from cjm_notebooks.statistics.partials.scores import Scores
from cjm_notebooks.statistics.partials.tally import Tally

__all__ = [
    "BUCKETS",
    "SEALED",
    "Additive",
    "Durations",
    "PerBucket",
    "Rate",
    "Scores",
    "Tally",
]
