"""A small template that does as its row says, and batches of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cjm_notebooks.audits.batches.plan import Plan, planned
from cjm_notebooks.audits.batches.rows import Row
from tests.audits import short_template

DECLARES = 'does: str = ""\nhome: str = ""'
BEGINS = """# Begin
from pathlib import Path
with open(Path(home) / "begun.txt", "a") as begun: print(name, file=begun)"""
DOES = """# Do
import os, signal, time
match does:
    case "fail": raise ValueError("mail ann@example.org")
    case "die": os.kill(os.getpid(), signal.SIGKILL)
    case "die once":
        first = not (Path(home) / "died").exists()
        (Path(home) / "died").touch()
        if first: os.kill(os.getpid(), signal.SIGKILL)
    case "wait": time.sleep(600)
    case "take a while": time.sleep(5)"""


def plan_of(home: Path, rows: Mapping[str, str], out: Path | None = None) -> Plan:
    """A run for each name, which does what is said there."""
    template = short_template(home, BEGINS, DOES, declares=DECLARES)
    asked = [Row(name, f"Row `{name}`", {"does": does}) for name, does in rows.items()]
    return planned(template, asked, out or home / "out", [("home", str(home))])


def begun(home: Path) -> list[str]:
    """The runs that have begun, in their order; again for each attempt."""
    file = home / "begun.txt"
    return file.read_text().split() if file.exists() else []
