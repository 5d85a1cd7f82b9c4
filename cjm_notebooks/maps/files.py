"""Files that are read whole and written whole, or not at all."""

from __future__ import annotations

import shutil
from os import PathLike
from pathlib import Path
from uuid import uuid4

from cjm_notebooks.errors import MapError, did_you_mean


def read_text(path: str | PathLike[str]) -> str:
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        file = Path(path).name
        msg = f"`{file}` is not UTF-8 text at byte {cause.start}. Save it again as UTF-8."
        raise MapError(msg) from cause


def read_bytes(path: str | PathLike[str]) -> bytes:
    file = Path(path)
    try:
        return file.read_bytes()
    except FileNotFoundError as cause:
        beside = file.parent.glob(f"*{file.suffix}") if file.parent.is_dir() else ()
        hint = did_you_mean(file.name, sorted(other.name for other in beside))
        msg = f"There is no file `{file.name}` in `{file.parent}`. {hint}"
        raise MapError(msg) from cause
    except OSError as cause:
        msg = f"`{file}` cannot be read: {cause.strerror}. Check the path and its permissions."
        raise MapError(msg) from cause


def write_text(path: str | PathLike[str], text: str) -> None:
    write_bytes(path, text.encode())


def write_bytes(path: str | PathLike[str], content: bytes) -> None:
    """Put `content` at `path` in one step; whoever reads sees the old file or the new one."""
    file = Path(path).resolve()
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        draft.write_bytes(content)
        if file.exists():
            shutil.copymode(file, draft)
        draft.replace(file)
    except OSError as cause:
        msg = f"`{file}` cannot be written: {cause.strerror}. Check the folder and its permissions."
        raise MapError(msg) from cause
    finally:
        draft.unlink(missing_ok=True)
