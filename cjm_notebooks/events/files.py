"""The files that tables lie in: which there are, how each is written, and which are no text."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from glob import has_magic
from pathlib import Path
from typing import Literal

import pyarrow as pa

from cjm_notebooks.errors import SourceError, did_you_mean

Format = Literal["csv", "json", "parquet"]

FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".ndjson": "json",
    ".jsonl": "json",
    ".json": "json",
}
COMPRESSED = (".gz", ".zst")
TEXTS = tuple(ending for ending, kind in FORMATS.items() if kind != "parquet")
ENDINGS = (*FORMATS, *(f"{ending}{packed}" for ending in TEXTS for packed in COMPRESSED))
PACKED = "Unpack it and give the file that is in it."


def files_of(path: Path) -> list[Path]:
    """The files that a path names, which may hold `*`; empty ones among several are left out.

    Raises  SourceError when there is none, or nothing in it
    """
    if has_magic(path.name) and not path.exists():
        found = sorted(path.parent.glob(path.name))
        if not found:
            msg = f"No file in `{path.parent.name or '.'}` is named like `{path.name}`."
            raise SourceError(msg)
    else:
        found = [path]
    if not found[0].exists():
        near = did_you_mean(path.name, sorted(one.name for one in path.parent.glob("*.*")))
        msg = f"There is no file `{path.name}` in `{path.parent.name or '.'}`. {near}"
        raise SourceError(msg)
    filled = [file for file in found if file.stat().st_size]
    if not filled:
        msg = f"`{path.name}` is empty: it has not even a header. Export it again."
        raise SourceError(msg)
    return filled


def format_of(file: Path) -> Format:
    """How a file is written, by its ending.

    Raises  SourceError when it is of another kind
    """
    endings = [ending.lower() for ending in file.suffixes if ending.lower() not in COMPRESSED]
    ending = endings[-1] if endings else ""
    if ending not in FORMATS:
        kinds = ", ".join(f"`{known}`" for known in FORMATS)
        cure = PACKED if ending == ".zip" else f"Give {kinds} or a table."
        msg = f"`{file.name}` is of a kind that cannot be read here. {cure}"
        raise SourceError(msg)
    return FORMATS[ending]


def is_list(file: Path) -> bool:
    """Whether a file of JSON is one list of objects, and not an object a line."""
    with pa.input_stream(str(file)) as opened:  # unpacks .gz and .zst
        return bool(opened.read(100).lstrip().startswith(b"["))


def refuse_what_is_no_text(files: Iterable[Path]) -> None:
    """Let pass what is neither a folder nor written in UTF-16, of which readers make nonsense.

    Raises  SourceError at the first file that is
    """
    for file in files:
        if file.is_dir():
            msg = f"`{file.name}` is a folder. Give a file in it, or several by a `*` in the name."
            raise SourceError(msg)
        with file.open("rb") as opened:
            if opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                msg = f"`{file.name}` is text in UTF-16. Save it as text in UTF-8."
                raise SourceError(msg)
