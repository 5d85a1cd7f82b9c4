"""A bar that shows how much of the events has been read."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cjm_notebooks.journeys.joining.parts import JourneyParts
from cjm_notebooks.journeys.journeys import Journeys

STEPS = 1000


def parts_of(journeys: Journeys | JourneyParts, progress: bool | None) -> Iterator[Journeys]:
    """The parts, one after the other; with a bar when there are many and somebody looks on."""
    if isinstance(journeys, Journeys):
        yield journeys
    elif progress is False or (progress is None and not _somebody_looks_on()):
        yield from journeys
    else:
        yield from _with_bar(journeys)


def _with_bar(parts: JourneyParts) -> Iterator[Journeys]:
    from rich.console import Console
    from rich.progress import Progress, TimeRemainingColumn

    columns = (
        *Progress.get_default_columns()[:-1],
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Sorting and measuring events", total=STEPS)
        for part, share in parts.with_share():
            yield part
            bar.update(task, completed=round(share * STEPS))


def _somebody_looks_on() -> bool:
    return sys.stderr.isatty() or "ipykernel" in sys.modules
