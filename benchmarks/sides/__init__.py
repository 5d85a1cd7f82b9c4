"""The contract of a side: it reads the log once and answers the questions that it offers.

A side answers a question by a method of that name, which gives named counts or estimates as arrays
or nested lists in the order of `questions.NAMES`. A side that does not offer a question has no such
method. One file, one side: `side("polars")` finds it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

Answer = dict[str, Any]


class Side(ABC):
    """A library, or our own code, that answers questions about a log.

    Attributes
    ----------
    title
        its name in the tables.
    keeps
        what it holds in memory between two questions when it is warm.
    another
        questions that it can answer only nearly, each with what it answers instead.
    loads_later
        modules that only its answers import, not its build. Imports do not count.
    """

    title: ClassVar[str]
    keeps: ClassVar[str] = "nothing: it is only measured cold"
    another: ClassVar[Mapping[str, str]] = {}
    loads_later: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def __init__(self, log: Path, *, warm: bool) -> None:
        """Read the log; a cold side will be asked one question, a warm one many."""


def side(name: str) -> type[Side]:
    module = import_module(f"benchmarks.sides.{name}")
    found = [
        entry
        for entry in vars(module).values()
        if isinstance(entry, type)
        and issubclass(entry, Side)
        and entry.__module__ == module.__name__
    ]
    (only,) = found
    return only
