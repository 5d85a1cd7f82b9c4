"""What several questions need of the same journeys is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from cjm_notebooks.journeys.journeys import Journeys

T = TypeVar("T")


def once(of: Callable[[Journeys], T]) -> Callable[[Journeys], T]:
    """Keep what `of` returns with the journeys, for as long as these are there."""
    name = f"{of.__module__}.{of.__qualname__}"

    @wraps(of)
    def kept(journeys: Journeys) -> T:
        known = vars(journeys)
        if name not in known:
            known[name] = of(journeys)
        found: T = known[name]
        return found

    return kept
