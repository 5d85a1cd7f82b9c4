"""The teacher's secret: a file that only its owner can read, outside of what is handed out."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from cjm_notebooks.errors import AuditError, ParameterError

FEWEST_BYTES = 16
BYTES = 32
SHOWN = 16


def secret_at(file: Path, course: Path) -> bytes:
    """The secret in that file, which is made if there is none.

    Raises  ParameterError when it lies among what is handed out, or is too short to be one
            AuditError when it cannot be read or written
    """
    if file.resolve().is_relative_to((course / "students").resolve()):
        msg = f"`{file}` would be handed out with the exercise. Keep the secret elsewhere."
        raise ParameterError(msg)
    with suppress(FileExistsError):
        _make(file)
    return read_secret(file)


def read_secret(file: Path) -> bytes:
    """Raises  ParameterError when it is too short to be one, AuditError when it cannot be read"""
    try:
        secret = file.read_bytes().strip()
    except OSError as cause:
        msg = f"The secret `{file}` cannot be read: {cause.strerror}. Name it with `--secret`."
        raise AuditError(msg) from cause
    if len(secret) < FEWEST_BYTES:
        msg = f"The secret in `{file}` has {len(secret)} bytes. Give it at least {FEWEST_BYTES}."
        raise ParameterError(msg)
    return secret


def fingerprint(secret: bytes) -> str:
    """What tells two secrets apart and gives neither away."""
    return sha256(b"fingerprint:" + secret).hexdigest()[:SHOWN]


def _make(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise
    except OSError as cause:
        msg = f"The secret `{file}` cannot be written: {cause.strerror}."
        raise AuditError(msg) from cause
    with os.fdopen(descriptor, "w") as written:
        written.write(token_hex(BYTES) + "\n")
