"""Counting generated tables by themselves, without a metric of the kit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from cjm_notebooks.catalogue import entry
from cjm_notebooks.teaching.generators import Generated, Generator

ERRORS = 4
"""How many standard errors a count may be away from what was planted."""


@cache
def large(name: str) -> Generated:
    return entry("teaching.generators", Generator, name)().generate(60_000, seed=11)


@dataclass(frozen=True)
class Counted:
    """Who did what, customer by event, and what is known of each customer."""

    did: pd.DataFrame  # the first time of each event, by customer
    known: pd.DataFrame

    @classmethod
    def of(cls, name: str) -> Counted:
        given = large(name)
        events = given.events.table.to_pandas()
        did = events.groupby(["customer", "event"])["at"].min().unstack()
        known = given.customers.table.to_pandas().set_index("customer")
        return cls(did.reindex(known.index), known)

    def who(self, event: str) -> np.ndarray:
        """bool, (customers,)."""
        return self.did[event].notna().to_numpy()

    def is_(self, segment: str, value: str) -> np.ndarray:
        return (self.known[segment] == value).to_numpy()


def is_planted(hits: np.ndarray, among: np.ndarray, share: float) -> bool:
    """Whether the share of `hits` is as planted, but for chance."""
    n = int(among.sum())
    error = np.sqrt(share * (1 - share) / n)
    return bool(abs(hits[among].mean() - share) < ERRORS * error)


def difference(hits: np.ndarray, one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Of two shares, with its standard error."""
    a, b = hits[one].mean(), hits[other].mean()
    error = np.sqrt(a * (1 - a) / one.sum() + b * (1 - b) / other.sum())
    return float(a - b), float(error)


def is_apart_by(hits: np.ndarray, one: np.ndarray, other: np.ndarray, by: float) -> bool:
    found, error = difference(hits, one, other)
    return abs(found - by) < ERRORS * error


def ratings(name: str) -> pd.DataFrame:
    given = large(name)
    answers = given.feedback.table.to_pandas()
    return answers.merge(given.customers.table.to_pandas(), on="customer")
