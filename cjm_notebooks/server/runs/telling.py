"""What a person in the browser is told: files as the file browser names them, not this machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from cjm_notebooks.audits.parameters import parameters_of
from cjm_notebooks.audits.running.record import Record
from cjm_notebooks.audits.templates import template_named
from cjm_notebooks.errors import AuditError


def told(record: Record, root: Path, folders: Iterable[Path]) -> dict[str, Any]:
    """The record; its folder and the files of its parameters are named from `root`.

    A file that is not below `root` keeps its full name.
    """
    parameters = {
        name: _from(root, str(value)) if name in _places(record.template, folders) else value
        for name, value in record.parameters.items()
    }
    folder = record.folder.resolve().relative_to(root).as_posix()
    fields = record.model_dump(mode="json", exclude={"runner"})
    return {**fields, "parameters": parameters, "folder": folder}


def beside(template: Path, given: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The parameters with files as a kernel in `folder` finds them."""
    places = _declared_places(template, template.stat().st_mtime_ns)
    return {
        name: Path(os.path.relpath(value, folder)).as_posix() if name in places else value
        for name, value in given.items()
    }


def _from(root: Path, file: str) -> str:
    found = Path(file)
    return found.relative_to(root).as_posix() if found.is_relative_to(root) else file


def _places(template: str, folders: Iterable[Path]) -> frozenset[str]:
    """Which parameters are files and folders; none are known of a template that has gone."""
    try:
        file = template_named(template, folders)
        return _declared_places(file, file.stat().st_mtime_ns)
    except (AuditError, OSError):
        return frozenset()


@lru_cache(maxsize=256)
def _declared_places(template: Path, changed: int) -> frozenset[str]:
    """`changed` says when the template was, so that it is read anew after that."""
    return frozenset(one.name for one in parameters_of(template) if one.kind in ("file", "folder"))
