"""What a view says: names cut to fit, numbers as people read them, entries of the legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from cjm_notebooks.language import N_, Language, Sentence, Value, say

LONGEST_NAME = 32
INTERVALS = {
    "percent": N_("{low:percent} to {high:percent}"),
    "decimal": N_("{low:decimal} to {high:decimal}"),
    "signed": N_("{low:signed} to {high:signed}"),
    "duration": N_("{low:duration} to {high:duration}"),
}


class Part(Protocol):
    """A stage, touchpoint, outcome or department of the map."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


Mark = Literal[
    "bar", "hatched", "dotted", "crossed", "line", "dashed", "interval",
    "diamond", "circle", "star", "triangle", "cross",
]  # fmt: skip


Cell = Sentence | Value


@dataclass(frozen=True)
class Series:
    """What a reader may want to hide: its name, marked with `N_`, and how it is drawn."""

    label: str
    color: str
    mark: Mark


@dataclass(frozen=True)
class Column:
    """The heading of a column, marked with `N_`, and the form of its numbers."""

    heading: str
    form: str = ""


def names_of(parts: Iterable[Part]) -> dict[str, str]:
    return {part.id: part.name for part in parts}


def short(name: str, longest: int = LONGEST_NAME) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def short_labels(names: Iterable[str]) -> dict[int, str]:
    return {row: short(name) for row, name in enumerate(names)}


def wrapped(name: str, letters: int, most_lines: int) -> str:
    """The name in lines of so many letters; what does not fit is cut off."""
    lines = wrap(name, letters, break_long_words=False)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
    return "\n".join(short(line, letters) for line in lines)


def numbers(column: pd.Series) -> list[float]:
    """The column with NaN for what is missing or hidden."""
    return [float(number) for number in column.to_numpy(dtype=float, na_value=float("nan"))]


def any_of(column: pd.Series) -> bool:
    """Whether anything but 0 is known of it."""
    return bool(column.fillna(0).ne(0).any())


def facts(row: pd.Series) -> dict[str, Value]:
    """The row as plain Python values, None for what is missing or hidden."""
    return {str(name): None if pd.isna(cell) else cell for name, cell in row.to_dict().items()}


def facts_of_largest(table: pd.DataFrame, by: pd.Series) -> dict[str, Value]:
    """The facts of the row where `by` is largest."""
    return facts(table.iloc[int(np.nanargmax(numbers(by)))])


def column(cells: Iterable[object], table: pd.DataFrame) -> pd.Series:
    """A column of any cells for this table."""
    return pd.Series(list(cells), index=table.index, dtype=object)


def interval(low: float, high: float, form: str) -> Sentence | None:
    return None if pd.isna(low) else Sentence(INTERVALS[form], {"low": low, "high": high})


def scale(low: float, high: float) -> Sentence | None:
    return None if pd.isna(low) else say("{low:days} to {high:days}", low=low, high=high)


def written(cell: Cell, form: str, language: Language) -> str:
    """The cell of a table as people read it."""
    if isinstance(cell, Sentence):
        return language.render(cell)
    if isinstance(cell, str):
        return cell
    return language.number(None if pd.isna(cell) else cell, form)
