"""What a person should look at again before the table is used."""

from __future__ import annotations

from collections.abc import Iterator

from cjm_notebooks.builders.mapping.layout import Layout
from cjm_notebooks.builders.mapping.yielded import Yielded

EARLIEST, LATEST = 631_152_000_000_000, 4_102_444_800_000_000  # microseconds of 1990 and of 2100
MANY_NAMES = 1_000
FEW_EVENTS = 20


def doubts(layout: Layout, found: Yielded) -> tuple[str, ...]:
    """Sentences, each with its cure, on what comes of a layout that can be read and seems wrong."""
    return tuple(_doubts(layout, found))


def _doubts(layout: Layout, found: Yielded) -> Iterator[str]:
    customer = layout.one("customer")
    if found.kept == 0:
        yield "Nothing is left. Look at the rules below, and choose other columns."
        return
    if layout.shape == "events" and found.kept == found.customers >= FEW_EVENTS:
        yield (
            f"Each customer has one event only. If `{customer}` numbers rows, choose the column "
            "that stays the same when a customer comes back."
        )
    if found.customers == 1 and found.kept >= FEW_EVENTS:
        yield f"All of it belongs to one customer. Choose another column than `{customer}`."
    if layout.shape == "events" and (found.names or 0) > MANY_NAMES:
        yield (
            f"`{layout.one('event')}` holds {found.names:,} different names. "
            "Choose a column that says what happened in fewer words."
        )
    if found.period is not None and not EARLIEST <= found.period[0] <= found.period[1] <= LATEST:
        yield (
            "Some times are before 1990 or after 2100. Choose another unit, or see what stands "
            "there instead of an unknown time."
        )
