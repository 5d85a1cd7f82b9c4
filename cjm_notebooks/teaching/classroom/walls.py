"""Walls around a program, where Linux can build them: it writes in one folder and reaches nobody.

Landlock lets a program give up rights for itself and all it starts, without being asked who it is.
Inside the walls it reads Python and the system, writes in its own folder, sees no other program's
memory, opens no TCP connection and cannot signal a program outside. Elsewhere there are no walls,
only limits.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from ctypes import byref, c_int32, c_uint64, sizeof
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION, BENEATH = 1, 1
NO_NEW_PRIVILEGES = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = (1 << bit for bit in range(4))
READ = EXECUTE | READ_FILE | READ_FOLDER
FIRST_RIGHTS, REFER, TRUNCATE = (1 << 13) - 1, 1 << 13, 1 << 14
ALL_TCP, OTHERS_SOCKETS, SIGNALS = 0b11, 0b01, 0b10
KNOWS_TRUNCATE, KNOWS_TCP, KNOWS_SCOPES = 3, 4, 6

SYSTEM = ("/bin", "/etc", "/lib", "/lib32", "/lib64", "/opt", "/proc", "/sbin", "/sys", "/usr")
DEVICES = "/dev"
PACKAGES = ("site-packages", "dist-packages")


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", c_uint64), ("net", c_uint64), ("scoped", c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", c_uint64), ("folder", c_int32))


def can_be_built() -> bool:
    return _version() >= KNOWS_TRUNCATE


def build(own: Path) -> bool:
    """Shut this program in, with `own` as the only place to write; False where it cannot be."""
    version = _version()
    if version < KNOWS_TRUNCATE:
        return False
    every = FIRST_RIGHTS | REFER | TRUNCATE
    wanted = _Ruleset(
        every,
        ALL_TCP if version >= KNOWS_TCP else 0,
        OTHERS_SOCKETS | SIGNALS if version >= KNOWS_SCOPES else 0,
    )
    libc = _libc()
    ruleset = libc.syscall(CREATE_RULESET, byref(wanted), sizeof(wanted), 0)
    try:
        for folder in _readable():
            _allow(ruleset, folder, READ)
        for folder in _listed():
            _allow(ruleset, folder, READ_FOLDER)
        _allow(ruleset, Path(DEVICES), READ | WRITE_FILE)
        _allow(ruleset, own, every)
        libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(libc.syscall(RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _readable() -> Iterable[Path]:
    """The system, Python with its packages, and this package."""
    packages = [name for name in sys.path if Path(name).name in PACKAGES]
    python = (sys.prefix, sys.base_prefix, *packages, str(Path(__file__).parents[2]))
    return _folders((*SYSTEM, *python))


def _listed() -> Iterable[Path]:
    """Where else Python looks for packages: it may see what is called how, and read none of it."""
    return _folders(name for name in sys.path if Path(name).name not in PACKAGES)


def _folders(names: Iterable[str]) -> Iterable[Path]:
    resolved = dict.fromkeys(Path(name).resolve() for name in names if name)
    return [folder for folder in resolved if folder.is_dir()]


def _allow(ruleset: int, folder: Path, rights: int) -> None:
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        beneath = _Beneath(rights, descriptor)
        _libc().syscall(ADD_RULE, ruleset, BENEATH, byref(beneath), 0)
    finally:
        os.close(descriptor)


def _version() -> int:
    if not sys.platform.startswith("linux"):
        return 0
    return int(_libc().syscall(CREATE_RULESET, None, 0, VERSION))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
