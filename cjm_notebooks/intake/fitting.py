"""Which sources could read a table, and the Python that makes each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path

from cjm_notebooks.catalogue import entries
from cjm_notebooks.events import Question, Table
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.sources import Recognised, Source

CERTAIN = 0.5  # above it a source knows the export by what only such exports have
FIRST_FIELDS = ("file", "table")  # need no name in a call


@dataclass(frozen=True)
class Fit:
    """A source that could read the table.

    Attributes
    ----------
    score
        0 to 1: above a half the table looks like that very export, below it like any table with
        such columns.
    why
        a sentence.
    call
        Python that makes the source, such as `Ga4Export("events_20260101.json")`.
    settings, table
        the fields it is given, and the one that takes the table.
    """

    source: type[Source]
    score: float
    why: str
    call: str
    settings: Mapping[str, object] = field(default_factory=dict)
    table: str = "table"

    @property
    def is_certain(self) -> bool:
        return self.score > CERTAIN

    def made(self, table: Table) -> Source:
        """The source, about to read `table`."""
        return self.source(**{self.table: table, **self.settings})


def fits(glimpse: Glimpse, table: Table, project: Path | None = None) -> tuple[Fit, ...]:
    """Every source that recognises the table, ours and those of `project`, the best first."""
    found = []
    for kind in entries("sources", Source, project).values():
        recognised = kind.recognises(glimpse)
        if recognised is not None:
            found.append(_fit(kind, recognised, table))
    return tuple(sorted(found, key=lambda fit: -fit.score))


def _fit(kind: type[Source], recognised: Recognised, table: Table) -> Fit:
    takes = recognised.table or fields(kind)[0].name  # type: ignore[arg-type]
    place = written(str(table)) if isinstance(table, (str, PathLike)) else "table"
    first = place if takes in FIRST_FIELDS else f"{takes}={place}"
    rest = (f"{name}={written(value)}" for name, value in recognised.settings.items())
    return Fit(
        source=kind,
        score=recognised.score,
        why=recognised.why,
        call=f"{kind.__name__}({', '.join([first, *rest])})",
        settings=recognised.settings,
        table=takes,
    )


def written(value: object) -> str:
    """A setting as Python, texts in double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, tuple):
        inside = ", ".join(map(written, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, Question):
        named = (value.id, value.kind, value.scale)
        return f"Question({', '.join(map(written, named))})"
    return repr(value)
