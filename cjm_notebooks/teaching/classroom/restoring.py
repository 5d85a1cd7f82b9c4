"""A submission with the cells that nobody may alter put back as they were handed out."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cjm_notebooks.teaching.classroom.copies import LOCKED, locked_cells, part_of

MOST_BYTES = 20_000_000


class UnreadableError(ValueError):
    """A file is no notebook that can be run."""


@dataclass(frozen=True)
class Restored:
    """What is run, and which cells of it had been altered or deleted."""

    notebook: NotebookNode
    altered: tuple[str, ...]
    deleted: tuple[str, ...]


def content_of(file: Path) -> bytes:
    """What tells one state of a submission from another; of what will not be read, its size."""
    if file.is_symlink():
        return b""
    size = file.stat().st_size
    return str(size).encode() if size > MOST_BYTES else file.read_bytes()


def read_submission(file: Path) -> NotebookNode:
    """Raises  UnreadableError saying what the file is instead of a notebook"""
    if file.is_symlink() or not file.is_file():
        msg = "It is a link or a folder, not a file."
        raise UnreadableError(msg)
    if file.stat().st_size > MOST_BYTES:
        msg = f"It has more than {MOST_BYTES // 1_000_000} MB. Clear its outputs."
        raise UnreadableError(msg)
    try:
        notebook: NotebookNode = nbformat.reads(file.read_text("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except (
        *(OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError),
        nbformat.ValidationError,
    ) as cause:
        msg = "It is not a Jupyter notebook."
        raise UnreadableError(msg) from cause
    return notebook


def restored(submission: NotebookNode, original: NotebookNode) -> Restored:
    """The submission with every locked cell as in the original, in its place.

    A cell that was altered is replaced. One that was deleted comes back behind the last cell of its
    question, the first at the top, the last at the end. A locked cell that is there twice counts
    once.
    """
    wanted = locked_cells(original)
    kept: list[NotebookNode] = []
    altered, seen = [], set()
    for cell in submission.cells:
        part, question = part_of(cell)
        key = f"{part} {question}".strip()
        if part not in LOCKED:
            kept.append(deepcopy(cell))
        elif key in wanted and key not in seen:
            seen.add(key)
            if cell.cell_type != "code" or cell.source.strip() != wanted[key].source.strip():
                altered.append(key)
            kept.append(deepcopy(wanted[key]))
    deleted = [key for key in wanted if key not in seen]
    for key in deleted:
        kept.insert(_place(kept, *part_of(wanted[key])), deepcopy(wanted[key]))
    whole = deepcopy(submission)
    whole.cells = _with_hand_in_last(kept)
    return Restored(_fresh(whole), tuple(altered), tuple(deleted))


def _place(cells: list[NotebookNode], part: str, question: str) -> int:
    if part == "begin":
        return 0
    about = [at for at, cell in enumerate(cells) if question and part_of(cell)[1] == question]
    return about[-1] + 1 if about else len(cells)


def _with_hand_in_last(cells: list[NotebookNode]) -> list[NotebookNode]:
    last = [cell for cell in cells if part_of(cell)[0] == "hand-in"]
    return [*(cell for cell in cells if part_of(cell)[0] != "hand-in"), *last]


def _fresh(notebook: NotebookNode) -> NotebookNode:
    """As it is before it is run; ids are given anew, since a copied cell may bring one twice."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook
