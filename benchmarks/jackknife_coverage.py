"""How often 95 % intervals of the jackknife over buckets hold the truth, beside the bootstrap.

Each run draws customers from a model whose truth is known. The bootstrap draws customers too, so
that both take them as the units; it costs as many estimates as it has draws, the jackknife at most
256 and no second look at the customers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.results import table, write_section
from cjm_notebooks.metrics.markov_attribution import removal_effects
from cjm_notebooks.statistics.partials import BUCKETS
from cjm_notebooks.statistics.partials.per_bucket import PerBucket

RUNS = 1000
DRAWS = 399
CUSTOMERS = (50, 200, 1000)
HEADING = "Coverage of the jackknife"

Bounds = tuple[np.ndarray, np.ndarray]
TO_TENTHS = np.array(
    [[2, 3, 1, 0, 1, 3], [1, 1, 4, 1, 1, 2], [0, 2, 2, 3, 2, 1], [2, 0, 1, 3, 3, 1]], float
)
BEGIN_TENTHS = np.array([5, 2, 2, 1], float)


@dataclass(frozen=True)
class Model:
    """`draw(rng, customers)` gives sums (customers, ...); `estimate` turns groups of them around.

    `truth` (cells,): what the estimates should be. `is_share` says which interval metrics use.
    """

    name: str
    draw: Callable[[np.random.Generator, int], np.ndarray]
    estimate: Callable[[np.ndarray], np.ndarray]
    truth: np.ndarray
    is_share: bool


def visits_that_hit(rng: np.random.Generator, customers: int) -> np.ndarray:
    """Customers with one to many visits and a share of hits of their own."""
    visits = rng.geometric(1 / 4, customers)
    return np.stack([rng.binomial(visits, rng.beta(0.45, 1.05, customers)), visits], axis=1)


def events_of_journeys(rng: np.random.Generator, customers: int) -> np.ndarray:
    """Whoever has many journeys has short ones, of a length of their own."""
    journeys = rng.geometric(1 / 3, customers)
    mean = rng.gamma(4, 2.5, customers) / np.sqrt(journeys)
    return np.stack([rng.poisson(mean * journeys), journeys], axis=1)


def walks(rng: np.random.Generator, customers: int) -> np.ndarray:
    """One to many walks a customer over four places: (customers, 4, 6) moves."""
    walk = np.repeat(np.arange(customers), rng.geometric(1 / 2, customers))
    places, ends = TO_TENTHS.shape
    moves = np.zeros((customers, places, ends), np.int64)
    here = rng.choice(places, len(walk), p=BEGIN_TENTHS / BEGIN_TENTHS.sum())
    cumulated = (TO_TENTHS / 10).cumsum(axis=1)
    while len(walk):
        there = (rng.random(len(walk))[:, None] > cumulated[here]).sum(axis=1)
        np.add.at(moves, (walk, here, there), 1)
        walk, here = walk[there < places], there[there < places]
    return moves


def ratio(sums: np.ndarray) -> np.ndarray:
    return np.asarray(sums[:, :1] / sums[:, 1:])


def true_effects() -> np.ndarray:
    """Of removal, from as many walks as the chances say."""
    places = len(TO_TENTHS)
    moves, begin = TO_TENTHS[:, :places] / 10, BEGIN_TENTHS / BEGIN_TENTHS.sum()
    times = np.linalg.solve(np.eye(places) - moves.T, begin)
    return removal_effects((times[:, None] * TO_TENTHS / 10)[None])[0]


def true_ratio() -> np.ndarray:
    """E(events) / E(journeys): 10 E(√journeys) / 3, over the geometric distribution."""
    journeys = np.arange(1, 400)
    chance = (1 / 3) * (2 / 3) ** (journeys - 1)
    return np.array([10 * (np.sqrt(journeys) * chance).sum() / 3])


def models() -> Iterator[Model]:
    yield Model("share with repeats", visits_that_hit, ratio, np.array([0.3]), is_share=True)
    yield Model("events per journey", events_of_journeys, ratio, true_ratio(), is_share=False)
    yield Model("removal effects", walks, removal_effects, true_effects(), is_share=True)


def jackknife(model: Model, rng: np.random.Generator, sums: np.ndarray) -> Bounds:
    bucket = rng.integers(0, BUCKETS, len(sums))
    kept = PerBucket.of(bucket, sums)
    if not model.is_share:
        return kept.interval(model.estimate)[1]
    return kept.share_interval(model.estimate, np.bincount(bucket)[kept.bucket])[1]


def bootstrap(model: Model, rng: np.random.Generator, sums: np.ndarray) -> Bounds:
    """The percentile interval."""
    customers = len(sums)
    drawn = rng.integers(0, customers, (DRAWS, customers))
    weight = np.bincount(
        (drawn + np.arange(DRAWS)[:, None] * customers).ravel(), minlength=DRAWS * customers
    ).reshape(DRAWS, customers)
    flat = weight.astype(float) @ sums.reshape(customers, -1)
    estimates = model.estimate(flat.reshape(DRAWS, *sums.shape[1:]))
    low, high = np.quantile(estimates, [0.025, 0.975], axis=0)
    return low, high


def coverage(model: Model, customers: int) -> list[str]:
    rng = np.random.default_rng([20240620, customers])
    held: dict[str, list[np.ndarray]] = {"jackknife": [], "bootstrap": []}
    widths: dict[str, list[np.ndarray]] = {"jackknife": [], "bootstrap": []}
    for _ in range(RUNS):
        sums = model.draw(rng, customers)
        for name, interval in (("jackknife", jackknife), ("bootstrap", bootstrap)):
            low, high = interval(model, rng, sums)
            held[name].append((low <= model.truth) & (model.truth <= high))
            widths[name].append(high - low)
    shares = [f"{np.mean(held[name]):.1%}" for name in held]
    wider = np.nanmean(widths["jackknife"]) / np.nanmean(widths["bootstrap"])
    return [model.name, str(customers), *shares, f"{wider:.2f}"]


def main() -> None:
    rows = []
    for model in models():
        for customers in CUSTOMERS:
            rows.append(coverage(model, customers))
            print(*rows[-1], sep="\t", flush=True)
    columns = ["estimate", "customers", "jackknife", "bootstrap", "jackknife's width / bootstrap's"]
    text = (
        f"How many of {RUNS} intervals of 95 % hold the truth: of the delete-a-group jackknife "
        f"over {BUCKETS} buckets of customers, of the percentile bootstrap of customers ({DRAWS} "
        "draws). Chance alone moves a share by up to 1.4 points. Removal effects are averaged "
        "over four places."
    )
    write_section(HEADING, f"{text}\n\n{table(columns, rows)}")


if __name__ == "__main__":
    main()
