"""A table as a person gave it: what is read, and how the notebook writes it."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import pandas as pd

from cjm_notebooks.builders.notebook import in_python, name_of
from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Table

WORKBOOKS = (".xlsx", ".xlsm")
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
        """The first sheet of a workbook becomes a table of texts, as pandas reads it.

        Raises  SourceError when a workbook cannot be read
        """
        if not isinstance(table, (str, PathLike)):
            called = name_of(table, "")
            return cls(table, called or None, called or "table")
        path, written = Path(table), in_python(fspath(table))
        if path.suffix.lower() not in WORKBOOKS or not path.exists():
            return cls(table, path.name, written)
        code = f"pd.read_excel({written}, dtype=str)"
        return cls(_sheet(path), path.name, code, PANDAS)


def _sheet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_excel(path, dtype=str)
    except (BadZipFile, KeyError, OSError, ValueError) as cause:
        msg = f"`{path.name}` is not an Excel workbook. Save it again as `.xlsx`."
        raise SourceError(msg) from cause
