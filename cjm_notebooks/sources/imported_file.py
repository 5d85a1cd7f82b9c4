"""What `cjm import` kept."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.kept import PartName, kept
from cjm_notebooks.sources import Import, Recognised, Source

BESIDE: tuple[PartName, ...] = ("feedback", "customers", "invitations")


@dataclass(frozen=True)
class ImportedFile(Source):
    """Tables that `cjm import` wrote: Parquet files that say themselves how they are read.

    Yields what the import yielded: the table in `file`, and those beside it that came of the same
    import, `shop.customers.parquet` beside `shop.parquet`. What was set aside on the way in stands
    in the files and is told with every audit; nothing is set aside here.

    Personal data: what the import let through.

    Memory  none: the files are read when they are joined
    Raises  SourceError when there is no such file, or it does not say how it is read
    """

    file: str | PathLike[str]

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        if "part" not in glimpse.opened_with:
            return None
        return Recognised(1.0, f"`cjm import` wrote it: {glimpse.opened_with['part']}.")

    def read(self) -> Import:
        path = Path(self.file)
        first, tables = kept(path)
        found: dict[str, Any] = {first: tables}
        for part in BESIDE:
            beside = path.with_suffix(f".{part}.parquet")
            if part not in found and beside.exists():
                found[part] = kept(beside)[1]
        return Import(**found)
