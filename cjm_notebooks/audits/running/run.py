"""Running a template: a notebook is filled in, executed and written as a page.

All files are made in a folder of their own and put in place at the end, each in one step. A run
that stops leaves the notebook so far as `NAME.failed.ipynb` and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from warnings import warn

import nbformat
from nbformat import NotebookNode

from cjm_notebooks import errors
from cjm_notebooks.audits.files.browser import browser
from cjm_notebooks.audits.files.pictures import CHARTS, leave_pictures
from cjm_notebooks.audits.page import page
from cjm_notebooks.audits.running.kernel import StoppedError, execute
from cjm_notebooks.audits.running.order import Order, ordered
from cjm_notebooks.audits.running.record import Step
from cjm_notebooks.audits.running.reins import Reins
from cjm_notebooks.audits.running.rescue import keep_failed, tidy
from cjm_notebooks.errors import AuditError, JourneyError
from cjm_notebooks.language import N_


@dataclass(frozen=True)
class RunFiles:
    """What a run has left: all of it in `folder`; `pdf` and `charts` only where a browser was."""

    folder: Path
    notebook: Path
    page: Path
    findings: Path
    measured: Path
    tables: Path
    pdf: Path | None
    charts: Path | None


def run_template(
    template: str | Path,
    parameters: Mapping[str, object],
    out: Path,
    name: str,
    *,
    progress: Callable[[Step], None] = lambda step: None,
    pictures: bool = False,
) -> RunFiles:
    """Run `template` and leave its notebook, its page and its results in the folder `out`.

    Raises  what `ordered` and `carry_out` raise
    """
    order = ordered(template, parameters, out, name, pictures=pictures)
    return carry_out(order, progress=progress)


def carry_out(
    order: Order,
    *,
    progress: Callable[[Step], None] = lambda step: None,
    reins: Reins | None = None,
) -> RunFiles:
    """Run what was ordered. Whoever holds the `reins` can end it from another thread.

    Raises  whatever of `cjm_notebooks.errors` a cell stops with; AuditError when a cell stops with
            another error, the run is ended, or a file cannot be written
    """
    held = reins or Reins()
    steps = _Steps(order.template, progress)
    with _workplace(order.out, order.name) as work:
        written = work / f"{order.name}.ipynb"
        values = {**order.values, "folder": str(work)}
        try:
            notebook = execute(order.template, written, values, steps.begin, held)
            steps.end(order.words.render(N_("The page")))
            tidy(notebook, work, order.out)
            with _writing(order.out):
                nbformat.write(notebook, written)
                html = work / f"{order.name}.html"
                html.write_text(page(notebook, order.words), "utf-8")
            if order.pictures:
                _picture(html)
            _go_on(held)
        except StoppedError as stop:
            failed = keep_failed(work, order.out, order.name)
            raise _explained(stop, steps.last, failed, held) from stop
        with _writing(order.out):
            return _put_in_place(work, order.out, order.name)


def _picture(html: Path) -> None:
    """A run is complete without pictures, so what is wrong with the browser does not end it."""
    if browser() is None:
        return
    try:
        leave_pictures(html)
    except JourneyError as error:
        warn(f"{error} The other files are complete.", stacklevel=2)


def _go_on(reins: Reins) -> None:
    if reins.ended:
        raise StoppedError(reins.ended, "ended from outside")


class _Steps:
    """Counts the cells as they begin to run."""

    def __init__(self, template: Path, progress: Callable[[Step], None]) -> None:
        cells = nbformat.read(template, as_version=4).cells
        filled_in, page_itself = 1, 1
        self.total = sum(cell.cell_type == "code" for cell in cells) + filled_in + page_itself
        self.progress = progress
        self.last = Step(number=0, total=self.total, heading="")

    def begin(self, cell: NotebookNode) -> None:
        first = cell.source.strip().partition("\n")[0]
        heading = first.lstrip("# ") if first.startswith("#") else ""
        self._tell(Step(number=self.last.number + 1, total=self.total, heading=heading))

    def end(self, heading: str) -> None:
        self._tell(Step(number=self.total, total=self.total, heading=heading))

    def _tell(self, step: Step) -> None:
        self.last = step
        self.progress(step)


@contextmanager
def _workplace(out: Path, name: str) -> Iterator[Path]:
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=f".{name}-", dir=out.resolve())
    with folder as work:
        yield Path(work)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        msg = f"`{out}` cannot be written: {cause.strerror}. Check the folder and its permissions."
        raise AuditError(msg) from cause


def _explained(stop: StoppedError, step: Step, failed: Path, reins: Reins) -> JourneyError:
    """An error of ours as what it is; any other with where it came from and what to do."""
    if reins.ended:
        return AuditError(_ended(step, reins))
    kind = getattr(errors, stop.error, None)
    if isinstance(kind, type) and issubclass(kind, JourneyError):
        return kind(stop.message)
    place = f"Cell {step.number} of {step.total - 1} (“{step.heading}”)"
    if stop.error == "DeadKernelError":
        return AuditError(
            f"{place} lost its kernel, most likely because memory ran out. Close other programs, "
            "or audit a shorter period."
        )
    return AuditError(
        f"{place} stopped with {stop.error}: {stop.message}. The notebook so far is "
        f"`{failed.name}` in `{failed.parent}`: open it and run that cell again."
    )


def _ended(step: Step, reins: Reins) -> str:
    place = f"cell {step.number} of {step.total - 1} (“{step.heading}”)"
    if step.number == 0:
        place = "the start of its kernel"
    if reins.ended == "cancelled":
        return f"The run was cancelled at {place}."
    return (
        f"The run took longer than its time limit and was ended at {place}. Allow it more time, or "
        "give it less to read."
    )


def _put_in_place(work: Path, out: Path, name: str) -> RunFiles:
    for stale in (f"{name}.pdf", f"{name}{CHARTS}"):
        _take_away(out / stale)
    for file in sorted(work.iterdir()):
        if file.is_dir():
            _take_away(out / file.name)
        file.replace(out / file.name)
    (out / f"{name}.failed.ipynb").unlink(missing_ok=True)
    pdf, charts = out / f"{name}.pdf", out / f"{name}{CHARTS}"
    return RunFiles(
        folder=out,
        notebook=out / f"{name}.ipynb",
        page=out / f"{name}.html",
        findings=out / "findings.json",
        measured=out / f"{name}.measured.json",
        tables=out / "tables.xlsx",
        pdf=pdf if pdf.exists() else None,
        charts=charts if charts.exists() else None,
    )


def _take_away(old: Path) -> None:
    if old.is_dir():
        rmtree(old)
    else:
        old.unlink(missing_ok=True)
