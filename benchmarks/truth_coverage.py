"""How often each interval that the kit prints holds the value of very many customers."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

import numpy as np
import pandas as pd

from benchmarks.generate import GENERATED
from benchmarks.truth_findings import EARLY, LATE, MIDDLE, SIZES, generator
from cjm_notebooks import Journeys, join, measure_all
from cjm_notebooks.catalogue import entries, id_of
from cjm_notebooks.journeys.passes.sides import around
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.metrics.behaviour_shift import BehaviourShift
from cjm_notebooks.metrics.group_scores import GroupScores
from cjm_notebooks.metrics.group_shares import GroupShares

SEED_OF_MANY = 2**32 - 1
SPLIT = {"webshop": "tenure", "coffee-app": "city", "two-countries": "country", "null": "age"}
ROUNDING = 1e-9
Keys = tuple[object, ...]
Estimates = dict[tuple[str, str, Keys], float]


@dataclass(frozen=True)
class Held:
    """Of one interval of one metric: how often it held the truth, and missed it on either side."""

    held: int = 0
    above: int = 0
    below: int = 0

    def __add__(self, other: Held) -> Held:
        return Held(self.held + other.held, self.above + other.above, self.below + other.below)

    @property
    def intervals(self) -> int:
        return self.held + self.above + self.below


def metrics_for(name: str) -> list[AnyMetric]:
    """Each metric as it comes, and those that have to be told what to compare."""
    told: list[AnyMetric] = [
        GroupShares(split=SPLIT[name]),
        GroupScores(split=SPLIT[name]),
        GroupShares(periods=around(MIDDLE)),
        GroupScores(periods=around(MIDDLE)),
        BehaviourShift(EARLY, LATE),
    ]
    kinds = {type(one) for one in told}
    usual = [kind() for kind in entries("metrics", Metric).values() if kind not in kinds]
    return [*usual, *told]


def truth_of(name: str, customers: int) -> Estimates:
    """Every estimate in so many customers, counted once and kept."""
    path = GENERATED / f"truth-{name}-{customers}.pickle"
    if not path.exists():
        GENERATED.mkdir(exist_ok=True)
        found = {key: value for key, value, *_ in _estimates(name, customers, SEED_OF_MANY)}
        path.write_bytes(pickle.dumps(found))
    known: Estimates = pickle.loads(path.read_bytes())
    return known


def coverage(name: str, seed: int, many: int) -> dict[tuple[str, str], Held]:
    """One data set of the usual size, beside one of `many` customers."""
    truth = truth_of(name, many)
    found: dict[tuple[str, str], Held] = {}
    for key, _, low, high in _estimates(name, SIZES[name], seed):
        true = truth.get(key, np.nan)
        if np.isfinite([true, low, high]).all() and low < high and not _is_certain(key, true):
            above, below = true > high + ROUNDING, true < low - ROUNDING
            held = Held(int(not above and not below), int(above), int(below))
            found[key[:2]] = found.get(key[:2], Held()) + held
    return found


def summed(each: Iterable[dict[tuple[str, str], Held]]) -> dict[tuple[str, str], Held]:
    total: dict[tuple[str, str], Held] = {}
    for one in each:
        for key, held in one.items():
            total[key] = total.get(key, Held()) + held
    return total


def _is_certain(key: tuple[str, str, Keys], true: float) -> bool:
    """A share of nobody or of all: no interval can miss it on that side."""
    return "share" in key[1] and true in (0.0, 1.0)


def _joined(name: str, customers: int, seed: int) -> Journeys:
    given = generator(name).generate(customers, seed)
    return join(
        given.right_map,
        given.events,
        feedback=given.feedback,
        customers=given.customers,
        as_of=datetime.combine(given.as_of, time(), UTC),
    )


def _estimates(
    name: str, customers: int, seed: int
) -> Iterator[tuple[tuple[str, str, Keys], float, float, float]]:
    """Metric, estimate and row with the value, and both ends of its interval."""
    journeys = _joined(name, customers, seed)
    for metric, report in measure_all(metrics_for(name), journeys).items():
        called = _called(metric)
        for estimate, low, high in _intervals(report):
            values = report[[estimate, low, high]].to_numpy(np.float64, na_value=np.nan)
            for keys, (value, down, up) in zip(_keys(report), values, strict=True):
                yield (called, estimate, keys), value, down, up


def _called(metric: AnyMetric) -> str:
    how = "split" if getattr(metric, "split", "") else "periods" if _periods(metric) else ""
    return f"{id_of(type(metric))} ({how})" if how else id_of(type(metric))


def _periods(metric: AnyMetric) -> bool:
    return isinstance(getattr(metric, "periods", None), tuple) and bool(vars(metric)["periods"])


def _intervals(report: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Each estimate stands right before the ends of its interval."""
    columns = [str(name) for name in report.columns]
    for place, name in enumerate(columns[:-1]):
        is_low = name == "low" or (name.endswith("_low") and name != "scale_low")
        if is_low and place and columns[place + 1] == name.removesuffix("low") + "high":
            yield columns[place - 1], name, columns[place + 1]


def _keys(report: pd.DataFrame) -> Iterator[Keys]:
    """What a row is about: its texts, and the whole numbers that are no counts of people."""
    names = [
        name
        for name in report.columns
        if name != "reason"
        and (
            report[name].dtype.kind in "OTb"
            or str(report[name].dtype) in ("str", "string", "category")
            or name in ROWS
        )
    ]
    columns = [report[name].astype(str).tolist() for name in names]
    return zip(*(columns or [[str(row) for row in range(len(report))]]), strict=True)


ROWS = {"day", "days", "period", "hours", "step", "age", "at_least", "at_most"}
