"""What a measurement was made on."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numpy", "duckdb", "pandas", "pyarrow")


def described() -> str:
    """Processor, cores, memory and versions, in one line."""
    cores, memory = len(os.sched_getaffinity(0)), os.sysconf("SC_PHYS_PAGES")
    gigabytes = memory * os.sysconf("SC_PAGE_SIZE") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{_processor()}, {cores} cores, {gigabytes:.0f} GiB; {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}"
    )


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except FileNotFoundError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
