"""What a table carries along: the account of how it was made, which a Parquet file keeps.

So an audit of a file that was imported and protected last month still tells what was left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cjm_notebooks.events.content import Recorded
from cjm_notebooks.events.quality import Counted, Quality
from cjm_notebooks.events.tables import Table

NAME = b"cjm_made"


@dataclass(frozen=True)
class Made:
    """How a table came to be: its accounts, and the fingerprint of the key of its pseudonyms."""

    quality: tuple[Quality, ...] = ()
    key: str | None = None

    def carried_by(self, table: pa.Table) -> pa.Table:
        """The table with this in its metadata, which `pyarrow.parquet` writes and reads again."""
        metadata = table.schema.metadata or {}
        return table.replace_schema_metadata({**metadata, NAME: self.text()})

    def text(self) -> str:
        """What stands in the metadata."""
        said = {"quality": [asdict(account) for account in self.quality], "key": self.key}
        return json.dumps(said)


def made(table: Table) -> Made:
    """What the table carries; nothing where it carries none, or cannot be read."""
    try:
        said = json.loads(_metadata(table)[NAME])
        return Made(tuple(account_of(one) for one in said["quality"]), said["key"])
    except (KeyError, TypeError, ValueError, OSError, pa.ArrowException):
        return Made()


def account_of(said: Mapping[str, Any]) -> Quality:
    """The account that `asdict` made a mapping of."""
    rules = {
        name: {
            rule: Counted(counted["rows"], tuple(counted["places"]))
            for rule, counted in said[name].items()
        }
        for name in ("set_aside", "noticed")
    }
    return Quality(**{**said, **rules})


def _metadata(table: Table) -> Mapping[bytes, bytes]:
    if isinstance(table, (str, PathLike)):
        if Path(table).suffix.lower() != ".parquet":
            return {}
        return pq.read_metadata(Path(table)).metadata or {}
    schema = getattr(table, "schema", None)
    return (schema.metadata or {}) if isinstance(schema, pa.Schema) else {}


def carried(inputs: Iterable[Recorded]) -> tuple[Quality, ...]:
    """The accounts that the tables carry, each once."""
    every = [account for tables in inputs for account in made(tables.table).quality]
    return tuple(one for place, one in enumerate(every) if one not in every[:place])
