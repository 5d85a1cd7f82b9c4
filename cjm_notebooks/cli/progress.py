"""How far the work is, on the screen while it runs and gone when it is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from cjm_notebooks.cli.terminal import err, printable

if TYPE_CHECKING:
    from cjm_notebooks.audits.batches.run import Progress as Batched
    from cjm_notebooks.audits.running.record import Step
    from cjm_notebooks.teaching.classroom.collecting import Progress as Collected


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


@contextmanager
def runs() -> Iterator[Callable[[Batched], None]]:
    """A bar over all runs, one for each that is running, and a line for each that has ended."""
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    screen = err()
    shown: dict[str, TaskID] = {}
    told = 0
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        every = bar.add_task("", total=None)

        def show(batch: Batched) -> None:
            nonlocal told
            done = batch.kept + len(batch.ended)
            for entry in batch.ended[told:]:
                screen.print(Text(printable(f"{entry.status:<9} {entry.name}")), soft_wrap=True)
            told = len(batch.ended)
            bar.update(every, completed=done, total=batch.total, description=_counts(batch))
            steps = dict(batch.running)
            for name in [name for name in shown if name not in steps]:
                bar.remove_task(shown.pop(name))
            for name, step in steps.items():
                if name not in shown:
                    shown[name] = bar.add_task(name, total=None)
                if step is not None:
                    words = f"{name}: {step.heading}"
                    done_cells = step.number - 1
                    bar.update(
                        shown[name], completed=done_cells, total=step.total, description=words
                    )

        yield show


@contextmanager
def submissions() -> Iterator[Callable[[Collected], None]]:
    """A bar over the class, one for each submission that is running, a line for each that ended."""
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    screen = err()
    shown: dict[str, TaskID] = {}
    told = 0
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        every = bar.add_task("", total=None)

        def show(progress: Collected) -> None:
            nonlocal told
            for one in progress.ended[told:]:
                screen.print(Text(printable(f"{one.status:<10} {one.student}")), soft_wrap=True)
            told = len(progress.ended)
            done = progress.kept + told
            before = f", {progress.kept} of them before" if progress.kept else ""
            words = f"{done} of {progress.total} students{before}"
            bar.update(every, completed=done, total=progress.total, description=words)
            for student in [one for one in shown if one not in progress.running]:
                bar.remove_task(shown.pop(student))
            for student in progress.running:
                if student not in shown:
                    shown[student] = bar.add_task(student, total=None)

        yield show


def _counts(batch: Batched) -> str:
    failed = sum(entry.status != "done" for entry in batch.ended)
    words = f"{batch.kept + len(batch.ended)} of {batch.total} runs"
    words += f", {batch.kept} of them before" if batch.kept else ""
    return words + (f", {failed} not done" if failed else "")
