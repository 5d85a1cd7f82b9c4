"""How far the work is, on the screen while it runs and gone when it is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cjm_notebooks.cli.terminal import err

if TYPE_CHECKING:
    from cjm_notebooks.audits.running.record import Step


@contextmanager
def cells() -> Iterator[Callable[[Step], None]]:
    """One bar over the cells, with the heading of the one that is running."""
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    screen = err()
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Starting a kernel", total=None)

        def show(step: Step) -> None:
            bar.update(task, completed=step.number - 1, total=step.total, description=step.heading)

        yield show
