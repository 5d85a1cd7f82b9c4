"""Where an event that no rule claims may belong: each suggestion with its reasons.

Three kinds of reason are looked for, each with a strength from 0 to 1, and a suggestion is as
strong as they are together: `1 - (1 - 0.9 name) (1 - 0.6 together) (1 - 0.4 position)`. What was
measured on few customers counts less: by `n / (n + 10)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

ReasonKind = Literal["name", "together", "position"]
WEIGHTS: dict[ReasonKind, float] = {"name": 0.9, "together": 0.6, "position": 0.4}
WORDS = {"strong": 0.7, "fair": 0.4, "weak": 0.25}
LEAST_OF_A_REASON = 0.2
DOUBT = 10


@dataclass(frozen=True)
class Reason:
    """One reason, how strong it is (0 to 1) and why, in a sentence."""

    kind: ReasonKind
    strength: float
    words: str


@dataclass(frozen=True)
class Suggestion:
    """A touchpoint where an event may belong; `events` and `customers` are what it would bring."""

    event: str | int | float | bool
    touchpoint: str
    strength: float
    reasons: tuple[Reason, ...]
    events: int
    customers: int

    @property
    def word(self) -> str:
        """`strong` from 0.7, `fair` from 0.4, else `weak`."""
        return next((word for word, least in WORDS.items() if self.strength >= least), "weak")


def together(reasons: Iterable[Reason]) -> float:
    """How strong reasons are together."""
    return 1 - prod(1 - WEIGHTS[reason.kind] * reason.strength for reason in reasons)


def trust(customers: np.ndarray) -> np.ndarray:
    """float64. How far what was seen of so many customers counts."""
    return np.asarray(customers / (customers + DOUBT))
