"""Finds every metric, check, source and view by walking their folders; nothing is listed by hand.

A folder's `__init__.py` holds the contract; every other file is one entry, a single public class
that meets it. The id of an entry is its file name: `metrics/drop_off.py` is `drop-off`. A project's
own folder of the same name is read the same way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from inspect import getmembers, isabstract, isclass
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

from cjm_notebooks.errors import ParameterError, did_you_mean

T = TypeVar("T")


def entries(package: str, kind: type[T], project: Path | None = None) -> dict[str, type[T]]:
    """Each entry id and its class, in alphabetical order: ours, then those of `project`.

    Raises  ParameterError when a file does not hold exactly one public class of `kind`, or a
            project's entry takes the id of one of ours
    """
    found: dict[str, type[T]] = {}
    for module in [*_ours(package), *_of_project(package, project)]:
        id_ = _id(module)
        if id_ in found:
            msg = f"`{module.__file__}` takes the id `{id_}`, which exists. Rename the file."
            raise ParameterError(msg)
        found[id_] = _only_class(module, kind)
    return dict(sorted(found.items()))


def entry(package: str, kind: type[T], id_: str, project: Path | None = None) -> type[T]:
    """The class of one entry.

    Raises  ParameterError when there is no entry of that id
    """
    found = entries(package, kind, project)
    if id_ not in found:
        msg = f"There is no `{id_}` among the {package}. {did_you_mean(id_, found)}"
        raise ParameterError(msg)
    return found[id_]


def id_of(kind: type[object]) -> str:
    return kind.__module__.rpartition(".")[2].replace("_", "-")


def _id(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].replace("_", "-")


def _ours(package: str) -> Iterator[ModuleType]:
    home = import_module(f"cjm_notebooks.{package}")
    for info in iter_modules(home.__path__):
        yield import_module(f"{home.__name__}.{info.name}")


def _of_project(package: str, project: Path | None) -> Iterator[ModuleType]:
    if project is None:
        return
    for file in sorted((project / package).glob("[!_]*.py")):
        name = f"cjm_project.{package}.{file.stem}"
        spec = spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            msg = f"`{file}` cannot be imported as one of the {package}."
            raise ParameterError(msg)
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        yield module


def _only_class(module: ModuleType, kind: type[T]) -> type[T]:
    found = [
        member
        for name, member in getmembers(module, isclass)
        if member.__module__ == module.__name__
        and issubclass(member, kind)
        and not name.startswith("_")
        and not isabstract(member)
    ]
    if len(found) != 1:
        msg = (
            f"`{module.__name__}` defines {len(found)} public {kind.__name__} classes. "
            "Keep exactly one per file."
        )
        raise ParameterError(msg)
    return found[0]
