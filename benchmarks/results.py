"""`RESULTS.md`: one section a benchmark, each with the machine and the command it came from."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.machine import described, today

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = """# Results

Written by the benchmarks in this folder; nothing here is typed by hand. CPU seconds add up all
threads and are what to compare: wall times hang on what else the machine was doing.
"""
ORDER = [
    "Side by side with others",
    "From 1 to 50 million events",
    "A gigabyte of an export",
    "One customer from many ids",
    "Audit",
    "Batches",
    "A class collected",
    "Interactive",
    "The map on the screen",
    "Rule builder",
    "Explorer",
    "Coverage of the jackknife",
    "Survival beside lifelines",
    "Planted truth",
]


def write_section(heading: str, body: str) -> None:
    """Put a section in its place, instead of the one of that heading if there is one."""
    sections = _sections()
    command = shlex.join(["python", "-m", f"benchmarks.{Path(sys.argv[0]).stem}", *sys.argv[1:]])
    made = f"Measured on {today()} by `{command}` on {described()}."
    sections[heading] = f"{made}\n\n{body.strip()}\n"
    parts = [f"## {heading}\n\n{sections[heading]}" for heading in ORDER if heading in sections]
    RESULTS.write_text("\n".join([HEAD, *parts]))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    below = zip(*cells, strict=True) if cells else [()] * len(columns)
    rule = ["---:" if all(map(_is_number, column)) else "---" for column in below]
    return "\n".join(f"| {' | '.join(line)} |" for line in [list(columns), rule, *cells])


def _is_number(cell: str) -> bool:
    return not cell.strip(" .,0123456789%×-")


def _sections() -> dict[str, str]:
    if not RESULTS.exists():
        return {}
    _, *parts = RESULTS.read_text().split("\n## ")
    return {heading: text.strip() + "\n" for heading, _, text in (p.partition("\n") for p in parts)}
