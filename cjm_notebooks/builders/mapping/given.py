"""A table as a person gave it: what is read, and how the notebook writes it."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Self

import pandas as pd

from cjm_notebooks.builders.notebook import in_python, name_of
from cjm_notebooks.events import Table
from cjm_notebooks.intake.sheets import first_lines

WORKBOOKS = (".xlsx", ".xlsm")
LOOKED_AT = 10_000
PANDAS = ("import pandas as pd",)


@dataclass(frozen=True, eq=False)
class Given:
    """A table, what it is called on the screen, and the Python that stands for it.

    `called` is None for a table in memory that the notebook has no name for.
    """

    table: Table
    called: str | None
    code: str
    imports: tuple[str, ...] = ()

    @property
    def is_file(self) -> bool:
        return isinstance(self.table, (str, PathLike))

    @classmethod
    def of(cls, table: Table) -> Self:
        """The fullest sheet of a workbook becomes a table of texts, as pandas reads it.

        Raises  SourceError when a workbook cannot be read
        """
        if not isinstance(table, (str, PathLike)):
            called = name_of(table, "")
            return cls(table, called or None, called or "table")
        path, written = Path(table), in_python(fspath(table))
        if path.suffix.lower() not in WORKBOOKS or not path.exists():
            return cls(table, path.name, written)
        where = _where(path)
        said = "".join(f", {name}={in_python(value)}" for name, value in where.items())
        code = f"pd.read_excel({written}{said}, dtype=str)"
        return cls(pd.read_excel(path, **where, dtype=str), path.name, code, PANDAS)


def _where(path: Path) -> dict[str, Any]:
    """The sheet that holds most, and the line of its header, as pandas counts it."""
    found = first_lines(path, LOOKED_AT).settings
    where: dict[str, Any] = {"sheet_name": found["sheet"]} if "sheet" in found else {}
    if "header" in found:
        where["header"] = int(str(found["header"])) - 1
    return where
