"""Running a template: a notebook is filled in, executed and written as a page.

All files are made in a folder of their own and put in place at the end, each in one step. A run
that stops leaves the notebook so far as `NAME.failed.ipynb` and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode

from cjm_notebooks import errors
from cjm_notebooks.audits.kernel import StoppedError, execute
from cjm_notebooks.audits.page import page
from cjm_notebooks.audits.parameters import parameters_of, validated
from cjm_notebooks.audits.templates import template_path
from cjm_notebooks.errors import AuditError, JourneyError, ParameterError
from cjm_notebooks.language import N_, language

LEFT_BY_PAPERMILL = ("papermill", "execution")
FILLED_IN = "injected-parameters"


@dataclass(frozen=True)
class Step:
    """How far a run has come: the cell that is running, counted from 1, and what it does."""

    number: int
    total: int
    heading: str


@dataclass(frozen=True)
class RunFiles:
    """What a run has left: all of it in `folder`."""

    folder: Path
    notebook: Path
    page: Path
    findings: Path
    measured: Path


def run_template(
    template: str | Path,
    parameters: Mapping[str, object],
    out: Path,
    name: str,
    *,
    progress: Callable[[Step], None] = lambda step: None,
) -> RunFiles:
    """Run `template` and leave its notebook, its page and its results in the folder `out`.

    A template declares the parameters `folder` and `name`, which say where its results go; they
    are filled in here. If it declares `language`, the page is in that language.

    Raises  ParameterError when a parameter is unknown or does not fit; whatever of
            `cjm_notebooks.errors` a cell stops with; AuditError when a cell stops with another
            error, or a file cannot be written
    """
    source = template_path(template)
    declared = parameters_of(source)
    if Path(name).name != name:
        msg = f"`name` is `{name}`. Give the beginning of a file name, such as `spring`."
        raise ParameterError(msg)
    values = validated(source, declared, {**parameters, "folder": ".", "name": name})
    defaults = {parameter.name: parameter.default for parameter in declared}
    words = language(str((defaults | values).get("language", "en")))
    steps = _Steps(source, progress)
    with _workplace(out, name) as work:
        written = work / f"{name}.ipynb"
        try:
            notebook = execute(source, written, {**values, "folder": str(work)}, steps.begin)
        except StoppedError as stop:
            failed = _keep_failed(work, out, name)
            raise _explained(stop, steps.last, failed) from stop
        steps.end(words.render(N_("The page")))
        _tidy(notebook, work, out)
        with _writing(out):
            nbformat.write(notebook, written)
            (work / f"{name}.html").write_text(page(notebook, words), "utf-8")
            return _put_in_place(work, out, name)


class _Steps:
    """Counts the cells as they begin to run."""

    def __init__(self, template: Path, progress: Callable[[Step], None]) -> None:
        cells = nbformat.read(template, as_version=4).cells
        filled_in, page_itself = 1, 1
        self.total = sum(cell.cell_type == "code" for cell in cells) + filled_in + page_itself
        self.progress = progress
        self.last = Step(0, self.total, "")

    def begin(self, cell: NotebookNode) -> None:
        first = cell.source.strip().partition("\n")[0]
        heading = first.lstrip("# ") if first.startswith("#") else ""
        self._tell(Step(self.last.number + 1, self.total, heading))

    def end(self, heading: str) -> None:
        self._tell(Step(self.total, self.total, heading))

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


def _tidy(notebook: NotebookNode, work: Path, out: Path) -> None:
    """Leave nothing that differs between two runs: times, chance ids, and where it worked."""
    for part in (notebook, *notebook.cells):
        for key in LEFT_BY_PAPERMILL:
            part.metadata.pop(key, None)
    worked_in, now_in = (json.dumps(str(folder))[1:-1] for folder in (work, out))
    for cell in notebook.cells:
        cell.source = cell.source.replace(worked_in, now_in)
        if FILLED_IN in cell.metadata.get("tags", ()):
            cell.id = FILLED_IN


def _keep_failed(work: Path, out: Path, name: str) -> Path:
    written, failed = work / f"{name}.ipynb", out / f"{name}.failed.ipynb"
    if written.exists():
        notebook = nbformat.read(written, as_version=4)
        _tidy(notebook, work, out)
        nbformat.write(notebook, written)
        written.replace(failed)
    return failed


def _explained(stop: StoppedError, step: Step, failed: Path) -> JourneyError:
    """An error of ours as what it is; any other with where it came from and what to do."""
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


def _put_in_place(work: Path, out: Path, name: str) -> RunFiles:
    for file in sorted(work.iterdir()):
        file.replace(out / file.name)
    (out / f"{name}.failed.ipynb").unlink(missing_ok=True)
    return RunFiles(
        folder=out,
        notebook=out / f"{name}.ipynb",
        page=out / f"{name}.html",
        findings=out / "findings.json",
        measured=out / f"{name}.measured.json",
    )
