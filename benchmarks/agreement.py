"""Whether a side says what the limit says."""

from __future__ import annotations

from typing import Any

import numpy as np

NOTHING = 1e-9
LITTLE = 0.01


def agreement(found: dict[str, Any], limit: dict[str, Any]) -> str:
    """In words: how far a measured answer is from the limit's, and what it was an answer to."""
    away = difference(found["answer"], limit["answer"])
    if found["another"]:
        return f"{found['another']}: up to {away:.0%} away"
    if away <= NOTHING:
        return "the same"
    return f"within {away:.2%}" if away <= LITTLE else f"**other numbers**, up to {away:.2%} away"


def difference(answer: dict[str, Any], limit: dict[str, Any]) -> float:
    """The largest relative difference of any number in both; infinite where only one is 0."""
    worst = 0.0
    for name in answer.keys() & limit.keys():
        here, there = np.asarray(answer[name], float), np.asarray(limit[name], float)
        with np.errstate(divide="ignore", invalid="ignore"):
            away = np.abs(here - there) / np.abs(there)
        worst = max(worst, float(np.where(here == there, 0, away).max()))
    return worst
