"""What can be said of an outcome that only another source has recorded."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.statistics.intervals import wilson


@dataclass(frozen=True)
class OutcomeBounds:
    """An outcome of the customers of one source that another source has recorded.

    Of the customers who were not found there, nobody knows. `low` takes it that none of them
    succeeded, `high` that as many did as the other source has successes without a match. The truth
    lies between, whatever made some be found and others not. `share` is of those who were found,
    with its interval; it stands for all only if they were found by chance.

    Unit    shares, 0 to 1
    Empty   None where nobody is there, or nobody was found
    Source  Manski 2003, Partial identification of probability distributions, chapter 1
    """

    customers: int
    matched: int
    succeeded: int
    unmatched_successes: int

    @property
    def low(self) -> float | None:
        return self.succeeded / self.customers if self.customers else None

    @property
    def high(self) -> float | None:
        lost = self.customers - self.matched
        best = self.succeeded + min(lost, self.unmatched_successes)
        return best / self.customers if self.customers else None

    @property
    def share(self) -> float | None:
        return self.succeeded / self.matched if self.matched else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.matched:
            return None
        low, high = wilson(self.succeeded, self.matched)
        return float(low), float(high)
