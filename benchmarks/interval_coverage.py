"""How often 95 % intervals hold the truth when customers count several times and are alike."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TypeVar

import numpy as np

from cjm_notebooks.statistics.intervals import Interval, mean_interval, quantile_ranks, wilson
from cjm_notebooks.statistics.partials import SEALED, Additive, Durations, Rate, Scores

A = TypeVar("A", bound=Additive)

RUNS = 1000
VISITS = 4
SETTINGS = [
    (5, 0.3, 0.4),
    (10, 0.3, 0.4),
    (10, 0.9, 0.4),
    (30, 0.3, 0.1),
    (100, 0.3, 0.4),
    (100, 0.9, 0.02),
    (1000, 0.3, 0.1),
    (1000, 0.3, 0.003),
]


def line(estimate: str, customers: int, alike: float, truth: float, *found: Interval) -> None:
    shares = [np.mean((low <= truth) & (truth <= high)) for low, high in found]
    print(f"{estimate:<16}{customers:>9}{alike:>7}" + "".join(f"{held:>16.3f}" for held in shares))


def rates(rng: np.random.Generator, customers: int, alike: float, share: float) -> None:
    """Each run is a cell: customers with a share of their own and one to many visits."""
    visits = rng.geometric(1 / VISITS, (RUNS, customers))
    spread = (1 - alike) / alike
    own = rng.beta(share * spread, (1 - share) * spread, (RUNS, customers))
    hits, group = rng.binomial(visits, own), rng.integers(0, SEALED, (RUNS, customers))
    parts = [
        Rate.of(*(np.where(group == g, n, 0).sum(axis=1) for n in (hits, visits, visits - 1)))
        for g in range(SEALED)
    ]
    rate = reduce(add, (part.sealed() for part in parts))
    plain = wilson(rate.hits, rate.trials)
    line(f"share of {share:g}", customers, alike, share, rate.interval(), plain)


def sealed(each: list[A], group: np.ndarray) -> A:
    """The sum over customers, those of one group sealed together."""
    together = (
        [one for one, of in zip(each, group, strict=True) if of == g] for g in np.unique(group)
    )
    return reduce(add, (reduce(add, some).sealed() for some in together))


def means_and_medians(rng: np.random.Generator, customers: int) -> None:
    """Of normal values, half of whose variance lies between customers."""
    cell = np.arange(RUNS).repeat(VISITS)
    shape = (customers, RUNS, VISITS)
    values = 100 + rng.normal(0, 7, (customers, RUNS, 1)) + rng.normal(0, 7, shape)
    flat = values.reshape(customers, -1)
    group = rng.integers(0, SEALED, customers)
    scores = sealed([Scores.of(cell, v, RUNS, repeats=VISITS - 1) for v in flat], group)
    waits = sealed([Durations.of(cell, v, RUNS, repeats=VISITS - 1) for v in flat], group)
    plain = mean_interval(scores.mean, scores.variance, scores.n)
    line("mean", customers, 0.5, 100, scores.interval(), plain)
    ordered = np.sort(values.swapaxes(0, 1).reshape(RUNS, -1))
    low, high = (int(rank) - 1 for rank in quantile_ranks(customers * VISITS))
    line(
        "median",
        customers,
        0.5,
        100,
        waits.quantile_interval(),
        (ordered[:, low], ordered[:, high]),
    )


def main() -> None:
    rng = np.random.default_rng(20240620)
    print(f"How many of {RUNS} intervals hold the truth; {VISITS} visits per customer on average")
    print(f"{'estimate':<16}{'customers':>9}{'alike':>7}{'ours':>16}{'visits as units':>16}")
    for customers, alike, share in SETTINGS:
        rates(rng, customers, alike, share)
    for customers in (10, 30, 100):
        means_and_medians(rng, customers)


if __name__ == "__main__":
    main()
