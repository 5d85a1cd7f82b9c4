"""A part that is a file of its own: JSON in its canonical text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from math import isfinite, nan
from os import PathLike
from pathlib import Path
from typing import ClassVar, Self

from pydantic import JsonValue, ValidationError

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.canonical import text_of
from cjm_notebooks.maps.files import read_text, write_text
from cjm_notebooks.maps.migration import SCHEMA_VERSION, Migrations, migrated
from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.reading_errors import explained, shortened, shown

LONGEST_NUMBER = 300
EXACT_BELOW = 2**53  # beyond it JavaScript, and so the editor, knows no single whole numbers


class Document(Part):
    """What can be loaded and saved.

    Raises  MapError when the text is not JSON, or not what the model knows
    """

    called: ClassVar[str]
    migrations: ClassVar[Migrations] = {}

    schema_version: str = SCHEMA_VERSION
    """The version of this format that the file is written in. [CJML]"""

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        return cls.from_text(read_text(path), name=Path(path).name)

    @classmethod
    def from_text(cls, text: str, name: str = "the text") -> Self:
        """What `text` says; messages call it `name`."""
        return cls.from_fields(_fields_in(text, name), name)

    @classmethod
    def from_fields(cls, fields: Mapping[str, JsonValue], name: str = "the fields") -> Self:
        """What the JSON of a file says once it is read; messages call it `name`."""
        fields = migrated(fields, cls.migrations, name)
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            msg = explained(error, f"`{name}` cannot be read as a {cls.called}")
            raise MapError(msg) from None

    def save(self, path: str | PathLike[str]) -> None:
        """Write the canonical text; nobody ever finds half a file."""
        write_text(path, self.canonical_text())

    def fields(self) -> dict[str, JsonValue]:
        """The JSON of the file, in its order and without defaults."""
        fields = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return {"schema_version": SCHEMA_VERSION, **fields}

    def canonical_text(self) -> str:
        return text_of(self.fields())

    def content_hash(self) -> str:
        """SHA-256 of the canonical text, in hexadecimal digits."""
        return sha256(self.canonical_text().encode()).hexdigest()


def _fields_in(text: str, name: str) -> Mapping[str, JsonValue]:
    def number(written: str) -> int | float:
        value = float(written) if len(written) <= LONGEST_NUMBER else nan
        if isfinite(value):
            is_whole = written.removeprefix("-").isdigit() and abs(value) < EXACT_BELOW
            return int(written) if is_whole else value
        msg = f"`{name}` holds {shown(written)}, which is no number of JSON. Write a shorter one."
        raise MapError(msg)

    def each_once(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = [key for key, _ in pairs]
            twice = next(key for key in fields if names.count(key) > 1)
            msg = f"`{name}` says `{shortened(twice)}` twice in one object. Keep one of them."
            raise MapError(msg)
        return fields

    try:
        fields = json.loads(
            text,
            parse_int=number,
            parse_float=number,
            parse_constant=number,
            object_pairs_hook=each_once,
        )
    except json.JSONDecodeError as cause:
        msg = (
            f"`{name}` is not JSON from line {cause.lineno}, column {cause.colno}: {cause.msg}. "
            "Is it cut off, or is a comma or quotation mark missing?"
        )
        raise MapError(msg) from cause
    except RecursionError as cause:
        msg = f"`{name}` nests lists or objects too deeply to be read. Flatten it."
        raise MapError(msg) from cause
    if not isinstance(fields, dict):
        msg = f"`{name}` holds {shown(fields)}. The file is one object in {{ }}."
        raise MapError(msg)
    return fields
