"""A run for each value of a column of the tables that a template would read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cjm_notebooks.audits.batches.rows import Row, rows_for
from cjm_notebooks.audits.parameters import parameters_of
from cjm_notebooks.audits.running.texts import read_texts
from cjm_notebooks.audits.tables import Tables
from cjm_notebooks.audits.templates import template_path
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events.restricting import Given, values_in
from cjm_notebooks.maps import JourneyMap

RESTRICTS = "only"


@dataclass(frozen=True)
class Each:
    """`column` is one of the customers or events; `rows` are its values with customers enough.

    `left_out` counts the values that have fewer customers than `at_least`, which are not named.
    """

    column: str
    rows: tuple[Row, ...]
    at_least: int
    left_out: int


def each_value(
    template: str | Path,
    column: str,
    shared: Iterable[tuple[str, str]] = (),
    given: Mapping[str, object] | None = None,
    *,
    at_least: int = 1,
    most: int | None = None,
) -> Each:
    """The `most` values with the most customers, each with `at_least` so many.

    Groups smaller than the map's `k_min` are left out, whatever was asked for.

    Raises  ParameterError when the template cannot be restricted or no table has the column; what
            reading the tables raises
    """
    source = template_path(template)
    declared = parameters_of(source)
    if RESTRICTS not in {parameter.name for parameter in declared}:
        msg = (
            f"The template `{source.stem}` has no parameter `{RESTRICTS}`, by which a run keeps to "
            "one value of a column. Give a table of runs instead."
        )
        raise ParameterError(msg)
    values: dict[str, Any] = {**(given or {}), **read_texts(source, declared, shared)}
    named = {one.name: values[one.name] for one in fields(Tables) if one.name in values}
    tables = Tables(**named).read()
    counts = values_in(Given(tables.events, tables.feedback, tables.customers), column)
    least = max(at_least, _k_min(values))
    enough = {value: number for value, number in counts.items() if number >= least}
    chosen = dict(list(enough.items())[:most])
    return Each(column, rows_for(column, chosen), least, len(counts) - len(enough))


def _k_min(values: Mapping[str, Any]) -> int:
    of_map = JourneyMap.load(values["map_file"]).privacy.k_min if values.get("map_file") else 1
    return max(of_map, int(values.get("k_min", 0)))
