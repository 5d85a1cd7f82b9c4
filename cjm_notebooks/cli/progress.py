"""How far the work is, on the screen while it runs and gone when it is over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from cjm_notebooks.cli.terminal import err, printable

if TYPE_CHECKING:
    from cjm_notebooks.audits.batches.run import Progress as Batched
    from cjm_notebooks.audits.running.record import Step
    from cjm_notebooks.teaching.classroom.collecting import Progress as Collected


@contextmanager
def cells() -> Iterator[Callable[[Step], None]]:
    """One bar over the cells, with the heading of the one that is running."""
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    screen = err()
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Starting a kernel", total=None)

        def show(step: Step) -> None:
            bar.update(task, completed=step.number - 1, total=step.total, description=step.heading)

        yield show


class _Rows:
    """A bar over all, one for each that is under way, and a line for each that has ended."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.every = bar.add_task("", total=None)
        self.shown: dict[str, TaskID] = {}
        self.told = 0

    def over_all(self, words: str, done: int, total: int) -> None:
        self.bar.update(self.every, completed=done, total=total, description=words)

    def tell(self, ended: Sequence[str]) -> None:
        """Of all lines those that were not said before."""
        for line in ended[self.told :]:
            self.bar.console.print(Text(printable(line)), soft_wrap=True)
        self.told = len(ended)

    def keep(self, running: Collection[str]) -> None:
        for name in [name for name in self.shown if name not in running]:
            self.bar.remove_task(self.shown.pop(name))
        for name in running:
            if name not in self.shown:
                self.shown[name] = self.bar.add_task(name, total=None)


@contextmanager
def _rows() -> Iterator[_Rows]:
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    screen = err()
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        yield _Rows(bar)


@contextmanager
def importing() -> Iterator[Callable[[int], None]]:
    """How many rows came, and how many in a second."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    screen, begun = err(), monotonic()
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Opening", total=None)

        def show(rows: int) -> None:
            each_second = rows / max(monotonic() - begun, 0.001)
            bar.update(task, description=f"{rows:,} rows, {each_second:,.0f} a second")

        yield show


@contextmanager
def runs() -> Iterator[Callable[[Batched], None]]:
    """A bar over all runs, and one with the cell of each that is running."""
    with _rows() as rows:

        def show(batch: Batched) -> None:
            rows.tell([f"{entry.status:<9} {entry.name}" for entry in batch.ended])
            rows.over_all(_counts(batch), batch.kept + len(batch.ended), batch.total)
            steps = dict(batch.running)
            rows.keep(steps)
            for name, step in steps.items():
                if step is not None:
                    words = f"{name}: {step.heading}"
                    rows.bar.update(
                        rows.shown[name],
                        completed=step.number - 1,
                        total=step.total,
                        description=words,
                    )

        yield show


@contextmanager
def submissions() -> Iterator[Callable[[Collected], None]]:
    """A bar over the class, and one for each submission that is running."""
    with _rows() as rows:

        def show(progress: Collected) -> None:
            rows.tell([f"{one.status:<10} {one.student}" for one in progress.ended])
            done = progress.kept + len(progress.ended)
            before = f", {progress.kept} of them before" if progress.kept else ""
            words = f"{done} of {progress.total} students{before}"
            rows.over_all(words, done, progress.total)
            rows.keep(progress.running)

        yield show


def _counts(batch: Batched) -> str:
    failed = sum(entry.status != "done" for entry in batch.ended)
    words = f"{batch.kept + len(batch.ended)} of {batch.total} runs"
    words += f", {batch.kept} of them before" if batch.kept else ""
    return words + (f", {failed} not done" if failed else "")
