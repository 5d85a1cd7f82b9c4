"""Pseudonyms: the same id gets the same one, and only who holds the key can tell whose it is.

A pseudonym is the first 128 bits of HMAC-SHA-256 over the kind of the id and its text, in hex.
Without the key nobody can try out ids to see which of them leads to it, as one can with a plain
hash. Data with pseudonyms are still personal data: who has the key can tell whose they are.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Self

from cjm_notebooks.errors import ParameterError

VARIABLE = "CJM_PSEUDONYM_KEY"
FEWEST_BYTES = 32
CUSTOMER, EMAIL = "customer", "email"
PSEUDONYM = re.compile(r"[a-z][a-z_]*-[0-9a-f]{32}")
KIND = re.compile(r"[a-z][a-z_]*")
BYTES = 16


@dataclass(frozen=True)
class Key:
    """The secret that pseudonyms are made with; it never shows itself.

    Keep it as you keep a password, and as long as the data: without it new data cannot be joined to
    old, and nobody can be found to be erased.

    Raises  ParameterError when it is too short to be one
    Source  RFC 2104; EDPB, Guidelines 01/2025 on pseudonymisation
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < FEWEST_BYTES:
            msg = (
                f"The key of pseudonyms has {len(self.secret)} bytes, and whoever tries all short "
                f"ones finds it. Give it at least {FEWEST_BYTES}, such as `Key.make` writes."
            )
            raise ParameterError(msg)

    @classmethod
    def read(cls, file: str | os.PathLike[str], *, project: Path | None = None) -> Self:
        """The key in that file, which lies neither in the project nor in what git keeps.

        Without `project` that is the current folder, unless it is home.

        Raises  ParameterError when it lies there, cannot be read or is too short
        """
        path = Path(file).expanduser()
        _require_outside(path, project)
        try:
            return cls(path.read_bytes().strip())
        except OSError as cause:
            msg = (
                f"The key of pseudonyms `{path}` cannot be read: {cause.strerror}. "
                "Name its file, or make one with `Key.make`."
            )
            raise ParameterError(msg) from cause

    @classmethod
    def of_environment(cls, variable: str = VARIABLE) -> Self:
        """The key in a variable of the environment.

        Raises  ParameterError when there is none, or it is too short
        """
        text = os.environ.get(variable, "").strip()
        if not text:
            msg = f"There is no key of pseudonyms in the environment. Set `{variable}` to one."
            raise ParameterError(msg)
        return cls(text.encode())

    @classmethod
    def make(cls, file: str | os.PathLike[str], *, project: Path | None = None) -> Self:
        """A new key, drawn at random, in a new file that only its owner can read.

        Raises  ParameterError when it would lie in the project or in what git keeps, there is such
                a file, or it cannot be written
        """
        path = Path(file).expanduser()
        _require_outside(path, project)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError as cause:
            msg = (
                f"There is a file `{path}` already. Read it with `Key.read`: under another key "
                "nobody would be found again."
            )
            raise ParameterError(msg) from cause
        except OSError as cause:
            msg = f"The key of pseudonyms `{path}` cannot be written: {cause.strerror}."
            raise ParameterError(msg) from cause
        with os.fdopen(descriptor, "w") as written:
            written.write(token_hex(FEWEST_BYTES) + "\n")
        return cls.read(path, project=project)

    @property
    def fingerprint(self) -> str:
        """What tells two keys apart and gives neither away."""
        return sha256(b"fingerprint of a key of pseudonyms:" + self.secret).hexdigest()[:16]

    def pseudonym(self, id_: str, kind: str = CUSTOMER) -> str:
        """The pseudonym of one id, such as `customer-9f86d081...`; see `pseudonyms`."""
        (made,) = self.pseudonyms([id_], kind)
        return made

    def pseudonyms(self, ids: Iterable[str], kind: str = CUSTOMER) -> list[str]:
        """The pseudonym of each id; what is one already stays.

        Ids of another kind have other pseudonyms. E-mail addresses, the kind `email`, are told
        apart without regard to capitals.

        Raises  ParameterError when the kind is no word of small letters and `_`
        """
        if not KIND.fullmatch(kind):
            msg = f"The kind of id `{kind}` is no word. Write it in small letters, as `{CUSTOMER}`."
            raise ParameterError(msg)
        of_kind, is_one = f"{kind}\0".encode(), PSEUDONYM.fullmatch
        texts = (id_.casefold() if kind == EMAIL else id_ for id_ in ids)
        return [
            text if is_one(text) else f"{kind}-{self._digest(of_kind + text.encode())}"
            for text in texts
        ]

    def _digest(self, said: bytes) -> str:
        return hmac.digest(self.secret, said, "sha256")[:BYTES].hex()


def _require_outside(file: Path, project: Path | None) -> None:
    path = file.resolve()
    home = Path.cwd() if project is None else project.resolve()
    is_project = project is not None or home not in (Path.home(), Path(home.anchor))
    within = [home] if is_project else []
    within += [folder for folder in path.parents if _is_kept_by_git(folder)]
    for folder in within:
        if path.is_relative_to(folder):
            msg = (
                f"The key of pseudonyms `{file}` lies in `{folder}`, where it would be passed on "
                "with the work. Keep it elsewhere, such as in `~/.config/cjm`."
            )
            raise ParameterError(msg)


def _is_kept_by_git(folder: Path) -> bool:
    with suppress(OSError):
        return (folder / ".git").exists()
    return False
